import Delivering
import Foundation

/// What `boon relays test` does with one relay.
struct RelayCheck: Sendable {
    let relay: Relay
    let mail: TestMail?

    /// Prints what was found.
    /// - Returns: whether the relay can be used.
    func report() -> Bool {
        let probe = RelayProbe(relay)
        let found = probe.connect()
        Console.heading("\(relay.name)  \(relay.address)")
        line("greeting", found.greeting)
        if found.greeting != nil {
            line("encryption", found.tls.map { "\($0.version), \($0.cipher)" } ?? "none")
        }
        line("offers", found.capabilities.joined(separator: ", "))
        line("largest mail", found.sizeLimit.map { counted($0, "byte") })
        if let login = relay.login, found.loggedIn == true { line("log-in", "as \(login.username)") }
        if let trouble = found.trouble {
            line("trouble", trouble)
            return false
        }
        guard let mail else { return true }
        let outcome = probe.send(mail.envelope, mail.bytes)
        line("test mail", words(for: outcome))
        return outcome.verdict == .accepted
    }

    /// What became of the test mail, and what to do about it.
    private func words(for outcome: Outcome) -> String {
        switch outcome.verdict {
        case .accepted: outcome.reply
        case .refused: "\(outcome.reply): refused for the address that it goes to; try another one"
        case .deferred: "\(outcome.reply): not now; try again in some minutes"
        case .pause(let reason): reason.withoutLoneFullStop
        case .unreachable, .inDoubt, .withdrawn: outcome.reply
        }
    }

    private func line(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { Console.print("  \(name.column(14))\(value)") }
    }
}
