import Foundation
import Testing

/// The commands as the binary itself describes them.
struct Manual: Sendable {
    /// A command that does something, or a group of such commands.
    struct Command: Sendable, CustomTestStringConvertible {
        /// The words behind `boon`.
        let path: [String]
        /// The long names of its options and flags, `--json`.
        let options: Set<String>
        let isGroup: Bool

        var testDescription: String { path.joined(separator: " ") }
    }

    let commands: [Command]

    static func read() async throws -> Manual {
        let dump = try await Boon.run(["--experimental-dump-help"]).json() as? [String: Any]
        let root = try #require(dump?["command"] as? [String: Any])
        return Manual(commands: commands(in: root, below: []))
    }

    private static func commands(in description: [String: Any], below path: [String]) -> [Command] {
        let arguments = description["arguments"] as? [[String: Any]] ?? []
        let names = arguments.flatMap { $0["names"] as? [[String: Any]] ?? [] }
            .filter { $0["kind"] as? String == "long" }.compactMap { $0["name"] as? String }
        let below = (description["subcommands"] as? [[String: Any]] ?? []).filter {
            $0["commandName"] as? String != "help"
        }
        let own = Command(path: path, options: Set(names.map { "--" + $0 }), isGroup: !below.isEmpty)
        return [own]
            + below.flatMap { command in
                commands(in: command, below: path + [command["commandName"] as? String ?? ""])
            }
    }
}
