import Foundation
import Inbox
import Model
import Recording
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The index is disposable")
    struct IndexTests {
        /// A shop with customers, orders, points and a finished run.
        private static func shop() async throws -> Shop {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(PlainProgramme.yaml, to: "campaigns/programme.yaml")
            try shop.write(OrderTable.csv(orders: 200, customers: 40), to: "orders.csv")
            try await shop.succeed(
                "orders", "import", shop.file("orders.csv"), "--create-customers", "--consent", "subscribed",
                "--source", "till")
            try await shop.succeed("points", "spend", "c-3", "20", "--reason", "a cup")
            try await shop.succeed("send", "letter")
            let now = Date.now.ISO8601Format()
            let clicks = (1...9).map { "c-\($0),letter,\(now),https://shop.example/\($0 % 2)\n" }
            try shop.write("customer,campaign,at,url\n" + clicks.joined(), to: "clicks.csv")
            try await shop.succeed("clicks", "import", shop.file("clicks.csv"))
            try await inbox.stop()
            return shop
        }

        /// What people ask, word for word.
        private static func answers(of shop: Shop) async throws -> [String] {
            let runs = try await shop.succeed("runs", "list", "--json")
            let id = try #require((runs.json() as? [[String: Any]])?.first?["run"] as? String)
            let questions =
                [["runs", "show", id]]
                + ["c-1", "c-3", "c40@shop.example"].flatMap { customer in
                    [
                        ["customers", "show", customer],
                        ["points", "balance", customer, "--as-of", "2026-12-31"],
                        ["points", "statement", customer, "--as-of", "2026-12-31"],
                    ]
                }
            var answers = [runs.output]
            for question in questions {
                let ended = try await Boon.run(question + ["--json", "--workspace", shop.path])
                #expect(ended.code == 0, "\(question): \(ended.errors)")
                answers.append(ended.output)
            }
            return answers
        }

        @Test(
            "Without the index, or with parts of it, every answer is the same",
            arguments: [
                ["index.sqlite"], ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"],
                ["index.sqlite-wal", "index.sqlite-shm"], ["index.sqlite-shm"],
            ])
        func deleted(files: [String]) async throws {
            let shop = try await Self.shop()
            // An open store keeps what was written last beside the database, as a crash would.
            let held = try Store(folder: shop.file("store")) { Timestamp(milliseconds: 0) }
            try await shop.succeed("points", "adjust", "c-1", "7", "--reason", "a late bus")
            let expected = try await Self.answers(of: shop)
            let copy = try Shop(copying: shop)
            #expect(try copy.contents("store/index.sqlite-wal").count > 0)
            withExtendedLifetime(held) {}
            for file in files { try copy.remove("store/\(file)") }
            #expect(try await Self.answers(of: copy) == expected)
            try await copy.verify()
            try await copy.succeed("points", "adjust", "c-1", "1", "--reason", "it goes on")
        }

        @Test("An index that belongs to an older state catches up")
        func older() async throws {
            let shop = try await Self.shop()
            let old = try Shop(copying: shop)
            try await shop.succeed("points", "adjust", "c-1", "7", "--reason", "a late bus")
            let expected = try await Self.answers(of: shop)
            for name in try FileManager.default.contentsOfDirectory(atPath: shop.file("store"))
            where name.hasPrefix("index.sqlite") {
                try shop.remove("store/\(name)")
            }
            try FileManager.default.copyItem(
                atPath: old.file("store/index.sqlite"), toPath: shop.file("store/index.sqlite"))
            #expect(try await Self.answers(of: shop) == expected)
        }

        @Test("An index made anew gives the same answers, and nobody else may read what names customers")
        func rebuilt() async throws {
            let shop = try await Self.shop()
            let expected = try await Self.answers(of: shop)
            try await shop.succeed("store", "rebuild")
            #expect(try await Self.answers(of: shop) == expected)
            for name in ["customers.jsonl", "index.sqlite", "secret"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: shop.file("store/\(name)"))
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
        }
    }
}
