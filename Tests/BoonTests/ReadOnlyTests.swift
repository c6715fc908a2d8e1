import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Support staff who may look and not write: another user, in the group that may read the store.
    @Suite("A store that can only be read")
    struct ReadOnlyTests {
        /// Nobody, on every Linux.
        private static let user = "65534"

        static let isPossible = geteuid() == 0 && Executable("setpriv") != nil

        /// Runs a command as somebody who may read the store.
        static func look(_ words: [String], in shop: Shop) async throws -> Boon.Ended {
            let setpriv = try #require(Executable("setpriv"))
            return try await Boon.run(
                setpriv.url.path,
                ["--reuid", user, "--regid", user, "--clear-groups", "--", Boon.path] + words
                    + ["--workspace", shop.path])
        }

        static func shop() async throws -> Shop {
            let shop = try Shop()
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let opened = try await Boon.run(
                "/bin/sh", ["-c", "chgrp -R \(user) store && chmod -R g+rX store && chmod g+s store"],
                in: shop.path)
            try #require(opened.code == 0, "\(opened.errors)")
            return shop
        }

        private static func contents(of shop: Shop) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: shop.file("store")).sorted()
        }

        private static let questions = [
            ["customers", "show", "c-1"], ["points", "balance", "c-1"], ["runs", "list"],
            ["store", "verify"],
        ]

        @Test(
            "Whoever may read and not write asks what changes nothing, and is told who can do the rest",
            .enabled(if: isPossible, "needs root and setpriv, to become another user"))
        func reading() async throws {
            let shop = try await Self.shop()
            let before = try Self.contents(of: shop)
            for words in Self.questions {
                let ended = try await Self.look(words, in: shop)
                #expect(ended.code == 0 && !ended.output.isEmpty, "\(words): \(ended.errors)")
            }
            let refused = try await Self.look(
                ["customers", "suppress", "c-1", "--reason", "asked"], in: shop)
            #expect(
                refused.code == 3, "\(refused.errors)")
            #expect(refused.errors.contains("have somebody run this who may"), "\(refused.errors)")
            #expect(try Self.contents(of: shop) == before)
            // What is made later can be read too.
            try await shop.succeed("customers", "suppress", "c-1", "--reason", "asked by phone")
            let shown = try await Self.look(["customers", "show", "c-1"], in: shop)
            #expect(shown.code == 0 && shown.output.contains("asked by phone"), "\(shown.errors)")
        }

        @Test(
            "What was sent, and whether it is being sent, can be seen by who may not send",
            .enabled(if: isPossible, "needs root and setpriv, to become another user"))
        func sending() async throws {
            let relay = try FaultyServer()
            defer { relay.stop() }
            let shop = try await Self.shop()
            try shop.setRelay(port: Int(relay.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try await shop.succeed("send", "letter")
            let runs = try #require(try await shop.json("runs", "list") as? [[String: Any]])
            let id = try #require(runs.first?["run"] as? String)
            let shown = try await Self.look(["runs", "show", id], in: shop)
            #expect(shown.code == 0 && shown.output.contains("accepted"), "\(shown.errors)")
            for words in [["send", "letter", "--again"], ["preview", "letter", "--customer", "c-1"]] {
                let refused = try await Self.look(words, in: shop)
                #expect(
                    refused.code == 3 && refused.errors.contains("have somebody run this who may"),
                    "\(refused.errors)")
            }
        }

        @Test(
            "An index that is behind, or gone, is no reason to guess: one sentence says who has to do what",
            .enabled(if: isPossible, "needs root and setpriv, to become another user"))
        func behind() async throws {
            let shop = try await Self.shop()
            try shop.remove("store/index.sqlite")
            for words in Self.questions.dropLast() {
                let ended = try await Self.look(words, in: shop)
                #expect(
                    ended.code == 3 && ended.errors.contains("has to run a command once"), "\(ended.errors)")
            }
            try await shop.succeed("runs", "list")
            #expect(try await Self.look(["customers", "show", "c-1"], in: shop).code == 0)
        }

        @Test(
            "While a daemon works, whoever may only read sees what it has recorded",
            .enabled(if: isPossible, "needs root and setpriv, to become another user"))
        func beside() async throws {
            let shop = try await Self.shop()
            let ended = try await DaemonTests.daemon(shop) { _, _ in
                try await waitUntil {
                    FileManager.default.fileExists(atPath: shop.file("store/index.sqlite-shm"))
                }
                try await shop.succeed("customers", "suppress", "c-2", "--reason", "asked by phone")
                let seen = try await Self.look(["customers", "show", "c-2"], in: shop)
                #expect(
                    seen.code == 0 && seen.output.contains("asked by phone"), "\(seen.output)\(seen.errors)")
            }
            #expect(ended.code == 0, "\(ended.errors)")
        }
    }
}
