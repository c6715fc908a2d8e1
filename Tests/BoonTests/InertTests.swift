import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What others say is shown and never obeyed: by a terminal, or by whoever reads a log line by line.
    @Suite("What terminals and logs get")
    struct InertTests {
        /// Clears a screen, colours, sets a title; turns the text around; begins a line of its own.
        private static let hostile =
            "a\u{1B}[2J\u{9B}31m\u{1B}]0;b\u{7}\u{202E}c\u{2066}d\u{200F}\ne\rf\u{2028}g\u{85}\u{7F}h"

        /// Everything of it that is not to come through, but for the line feeds of the text itself.
        private static func obeyed(in text: String) -> [Unicode.Scalar] {
            text.unicodeScalars.filter { scalar in
                scalar != "\n"
                    && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
                        || scalar.value == 0x2028)
            }
        }

        private static func shop(relay: Int = 1) async throws -> Shop {
            let shop = try Shop(relay: relay)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(2), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        private static func run(_ shop: Shop) async throws -> String {
            let runs = try #require(try await shop.json("runs", "list") as? [[String: Any]])
            return try #require(runs.first?["run"] as? String)
        }

        @Test("A reason that somebody gave stays on its line, and is exact as JSON")
        func reason() async throws {
            let relay = try FaultyServer(.rcpt, .reply("450 later"))
            defer { relay.stop() }
            let shop = try await Self.shop(relay: Int(relay.port))
            _ = try await shop.boon("send", "letter")
            let id = try await Self.run(shop)
            try await shop.succeed("runs", "pause", id, "--reason", Self.hostile)
            for words in [["runs", "show", id], ["runs", "list"], ["send", "letter"]] {
                let ended = try await Boon.run(words + ["--workspace", shop.path])
                let text = ended.output + ended.errors
                #expect(Self.obeyed(in: text).isEmpty, "\(words): \(text.debugDescription)")
                #expect(text.contains(#"a\u001b[2J\u009b31m"#) && text.contains(#"\ne\rf\u2028g"#), "\(text)")
            }
            let shown = try #require(try await shop.json("runs", "show", id) as? [String: Any])
            let run = try #require(shown["run"] as? [String: Any])
            #expect(
                (run["reason"] as? String)?.unicodeScalars.elementsEqual(Self.hostile.unicodeScalars) == true)
        }

        @Test("Names of customers and of files, and words of the command line, are shown and not obeyed")
        func names() async throws {
            let shop = try await Self.shop()
            let name = "Eve\u{202E}m\u{2069}"
            let file = "evil\u{1B}[2J\n.csv"
            try shop.write("id,email,first_name\nc-9,eve@example.com,\(name)\nc-8,nobody,Bob\n", to: file)
            let calls = [
                ["customers", "import", shop.file(file), "--consent", "subscribed", "--source", name],
                ["customers", "show", "c-9"],
                ["customers", "show", Self.hostile], ["send", Self.hostile], ["runs", "show", Self.hostile],
                ["runs", "--\(Self.hostile)"], ["render", shop.file(file), "--data", Self.hostile],
            ]
            for words in calls {
                let ended = try await Boon.run(words + ["--workspace", shop.path])
                let text = ended.output + ended.errors
                #expect(!text.isEmpty && Self.obeyed(in: text).isEmpty, "\(words): \(text.debugDescription)")
            }
            let known = try #require(try await shop.json("customers", "show", "c-9") as? [String: Any])
            #expect(
                (known["first_name"] as? String)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
        }

        @Test("A relay's reply makes one line of the daemon's log, and is shown and not obeyed")
        func log() async throws {
            let reply = "550 5.7.1 no\u{1B}[2J \u{9B}31m\u{202E} \u{B}\u{2028}2026-01-01 forged"
            let relay = try FaultyServer(.mail, .reply(reply))
            defer { relay.stop() }
            let shop = try await Self.shop(relay: Int(relay.port))
            _ = try await shop.boon("send", "letter")
            let id = try await Self.run(shop)
            try await shop.succeed("runs", "resume", id)
            let ended = try await DaemonTests.daemon(shop) { _, _ in
                try await waitUntil { try shop.records(of: "mail").count { $0.contains("run.paused") } == 2 }
            }
            #expect(ended.errors.contains("paused") && ended.errors.contains("forged"), "\(ended.errors)")
            #expect(Self.obeyed(in: ended.errors).isEmpty, "\(ended.errors.debugDescription)")
            for line in ended.errors.split(separator: "\n") {
                let form =
                    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|notice|error) [a-z][^=]*( [a-z]+=([^ "]+|".+"))*/
                #expect(line.wholeMatch(of: form) != nil, "\(line)")
            }
        }
    }
}
