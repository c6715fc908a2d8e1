import ArgumentParser
import Campaigns
import Delivering
import Foundation
import MIME
import Model

/// `boon relays`: the mail servers of boon.yaml.
struct RelaysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relays", abstract: "See whether the relays of boon.yaml take mail.",
        subcommands: [Test.self])

    /// `boon relays test`
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Connect to a relay, log in, tell what was found, and send a test mail.")

        @OptionGroup var place: WorkspaceOptions
        @Argument(help: "The relay's name in boon.yaml; all of them when left out.")
        var relay: String?
        @Option(help: ArgumentHelp("Send a test mail to this address.", valueName: "address"))
        var to: String?

        func run() async throws {
            let workspace = try place.open()
            let known = workspace.settings.relays
            let relays = try relay.map { name in
                guard let found = known.first(where: { $0.name == name }) else {
                    throw Failure.input(.unknown(name, among: known.map(\.name), called: "relay"))
                }
                return [found]
            }
            let mail = try to.map { try TestMail(to: $0, from: workspace.settings) }
            var failed: [String] = []
            for file in relays ?? known {
                let check = RelayCheck(relay: try workspace.relay(file), mail: mail)
                if try await Blocking.run({ check.report() }) == false { failed.append(file.name) }
            }
            if !failed.isEmpty {
                throw Failure.outside(
                    "\(failed.joined(separator: ", ")) cannot be used as boon.yaml describes it; see above")
            }
        }
    }
}

/// What `boon relays test` does with one relay.
private struct RelayCheck: Sendable {
    let relay: Delivering.Relay
    let mail: TestMail?

    /// Prints what was found.
    /// - Returns: whether the relay can be used.
    func report() -> Bool {
        let probe = RelayProbe(relay)
        let found = probe.connect()
        Console.heading("\(relay.name)  \(relay.address)")
        line("greeting", found.greeting)
        line("encryption", found.tls.map { "\($0.version), \($0.cipher)" } ?? "none")
        line("offers", found.capabilities.joined(separator: ", "))
        line("largest mail", found.sizeLimit.map { "\(grouped($0)) bytes" })
        if let login = relay.login {
            line("log-in", found.loggedIn == true ? "as \(login.username)" : "refused")
        }
        if let trouble = found.trouble {
            line("trouble", trouble)
            return false
        }
        guard let mail else { return true }
        let outcome = probe.send(mail.envelope, mail.bytes)
        line("test mail", outcome.reply)
        return outcome.verdict == .accepted
    }

    private func line(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { Console.print("  \(name.column(14))\(value)") }
    }
}

/// A mail that says what it is.
private struct TestMail: Sendable {
    let envelope: Envelope
    let bytes: FinalBytes

    /// - Throws: `Failure` when an address cannot be used.
    init(to address: String, from settings: Settings) throws {
        do {
            let sender = try Mailbox(parsing: settings.from)
            let recipient = try EmailAddress(address)
            var headers = Headers()
            try headers.add("From", mailboxes: [sender])
            try headers.add("To", mailboxes: [Mailbox(name: nil, address: recipient)])
            try headers.add("Subject", text: "A test mail of \(settings.brand.name)")
            try headers.add("Date", date: MessageDate(seconds: Timestamp.now.seconds, offsetMinutes: 0))
            try headers.add(
                "Message-ID",
                ids: MessageID("test.\(UUID().uuidString.lowercased())", at: sender.address.domain))
            let text = "This mail shows that the relay takes mail from \(settings.from).\r\n"
            bytes = try Message(headers: headers, body: .text(text)).serialized()
            envelope = try Envelope(sender: sender.address.text, recipient: recipient.text)
        } catch {
            throw Failure.input("no test mail can be written to '\(address)': \(error)")
        }
    }
}
