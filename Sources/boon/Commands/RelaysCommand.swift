import ArgumentParser
import Campaigns

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
                    "\(failed.joined(separator: ", ")) did not pass the test; see above what to do")
            }
        }
    }
}
