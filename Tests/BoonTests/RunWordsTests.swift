import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// How people name runs, and what they are told of them.
    @Suite("What is said of runs")
    struct RunWordsTests {
        private static func shop(relay port: Int) async throws -> Shop {
            let shop = try Shop(relay: port)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        private static func runs(_ shop: Shop) async throws -> [[String: Any]] {
            try #require(try await shop.json("runs", "list") as? [[String: Any]])
        }

        @Test("A run is known by its campaign, the latest one, or by how it begins, and never guessed at")
        func names() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            try await shop.succeed("send", "letter")
            try await shop.succeed("send", "letter", "--again", "--limit", "1")
            let ids = try await Self.runs(shop).compactMap { $0["run"] as? String }
            try #require(ids.count == 2)
            for (name, id) in [("letter", ids[0]), (ids[1], ids[1]), (String(ids[1].dropLast()), ids[1])] {
                let shown = try #require(try await shop.json("runs", "show", name) as? [String: Any])
                #expect((shown["run"] as? [String: Any])?["run"] as? String == id)
            }
            let several = try await shop.boon("runs", "cancel", "lett")
            #expect(several.code == 1 && ids.allSatisfy(several.errors.contains), "\(several.errors)")
            let unknown = try await shop.boon("runs", "cancel", "")
            #expect(unknown.code == 1 && unknown.errors.contains("there is no run ''"), "\(unknown.errors)")
            #expect(try await Self.runs(shop).allSatisfy { $0["state"] as? String != "cancelled" })
            let cancelled = try await shop.succeed("runs", "cancel", "letter")
            #expect(cancelled.output == "\(ids[0]) is cancelled\n")
            try await inbox.stop()
        }

        @Test("The list says until when a run waits that has nothing to send")
        func waits() async throws {
            let relay = try FaultyServer(.rcpt, .reply("450 later"))
            defer { relay.stop() }
            let shop = try await Self.shop(relay: Int(relay.port))
            _ = try await shop.boon("send", "letter")
            let waits = try #require(try await Self.runs(shop).first?["waits"] as? [String: Any])
            #expect(waits["cause"] as? String == "turn" && waits["until"] is String)
            let list = try await shop.succeed("runs", "list").output
            #expect(list.contains("open  the next recipients are due at 2"), "\(list)")
            #expect(list.contains("(Europe/Tallinn)"))
        }

        @Test("Who sends again what was in doubt is told by how the run stands")
        func resolved() async throws {
            let relay = try FaultyServer(.data, .closeInText)
            defer { relay.stop() }
            let shop = try await Self.shop(relay: Int(relay.port))
            try await shop.succeed("send", "letter", "--limit", "2")
            let held = try await shop.succeed("runs", "resolve", "letter", "--resend", "--only", "c-1").output
            #expect(held.contains("'boon send letter' does, and after 'boon runs resume letter@"), "\(held)")
            try await shop.succeed("runs", "pause", "letter")
            let paused = try await shop.succeed("runs", "resolve", "letter", "--resend").output
            #expect(paused.contains("the run is paused, and goes on after 'boon runs resume"), "\(paused)")
        }

        @Test("A run as JSON is laid out as any other JSON, also with nobody in its list")
        func layout() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            try await shop.succeed("send", "letter", "--limit", "1")
            try await shop.succeed("runs", "cancel", "letter")
            let some = try await shop.succeed("runs", "show", "letter", "--json").output
            try await shop.succeed("send", "letter", "--again")
            let none = try await shop.succeed("runs", "show", "letter", "--json").output
            for text in [some, none] {
                let lines = text.split(separator: "\n")
                #expect(lines.filter { !$0.hasPrefix("  ") } == ["{", "}"], "\(text)")
            }
            #expect(none.contains("\n  \"recipients\" : []\n"), "\(none)")
            try await inbox.stop()
        }

        @Test("Columns stand below each other whatever is written in them, and nothing is cut off")
        func columns() async throws {
            let shop = try Shop()
            try shop.write("segments:\n  all: subscribed\n", to: "campaigns/segments.yaml")
            try shop.write(
                """
                id,email,first_name,consent,attributes.favourite_roast_of_the_year
                c-1,a@shop.example,Mari,subscribed,dark
                c-2,b@shop.example,山田,subscribed,
                c-3,c@shop.example,กำธร,subscribed,
                c-4,d@shop.example,กิ๊กก,subscribed,

                """, to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let table = try await shop.succeed("segments", "show", "all").output
            for row in ["Mari subscribed", "山田 subscribed", "กำธร subscribed", "กิ๊กก  subscribed"] {
                #expect(table.contains(row), "\(table)")
            }
            let shown = try await shop.succeed("customers", "show", "c-1").output
            let values = ["c-1", "a@shop.example", "Mari", "dark"]
            let starts = shown.split(separator: "\n").compactMap { line in
                values.contains { line.hasSuffix(" \($0)") }
                    ? line.lastIndex(of: " ").map { line.distance(from: line.startIndex, to: $0) } : nil
            }
            #expect(starts.count == 4 && Set(starts).count == 1, "\(shown)")
        }
    }
}
