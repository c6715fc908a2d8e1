import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What customers did with mails, from a tracker's file to the audience of the next campaign.
    @Suite("boon clicks import")
    struct ClickTests {
        private static let segments = """
            segments:
              clickers: clicked any within 30 days and not opened is empty
              silent: not clicked letter

            """

        private static let campaign = """
            campaign: thanks
            audience: clicked letter within 1 day
            subject: Thanks
            modules:
              - proposition: { headline: Coffee, paragraph: Roasted on Tuesday. }
              - proposition: { headline: Opened, paragraph: And read., when: opened letter }

            """

        /// A shop that has sent a letter to five customers.
        private static func shop(relay: Int) async throws -> Shop {
            let shop = try Shop(relay: relay)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(segments, to: "campaigns/segments.yaml")
            try shop.write(campaign, to: "campaigns/thanks.yaml")
            try shop.write(Letter.customers(5), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("send", "letter")
            return shop
        }

        @Test("What is imported twice is recorded once, and what is refused can be mended and imported")
        func twice() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            try await inbox.stop()
            let now = Date.now.ISO8601Format()
            try shop.write(
                """
                who,campaign,at,url,agent
                c-1,letter,\(now),https://shop.example/sale,Firefox
                c-2,leter,\(now),https://shop.example/sale,Firefox
                c-1,letter,\(now),https://shop.example/sale,curl

                """, to: "clicks.csv")
            let words = ["clicks", "import", shop.file("clicks.csv"), "--map", "who=customer"]
            let file = words + ["--ignore", "agent", "--workspace", shop.path]
            let first = try await Boon.run(file)
            #expect(first.code == 1)
            #expect(
                first.output == "3 rows: 1 response added, 0 updated, 1 unchanged, 1 row refused\n",
                "\(first.output)")
            #expect(
                first.errors.contains("clicks.csv:3:1: error: No mail of the campaign 'leter' was sent to"),
                "\(first.errors)")
            #expect(try await Boon.run(file).output.contains("0 responses added, 0 updated, 2 unchanged"))
            let rejected = try String(decoding: shop.contents("clicks.csv.rejected.csv"), as: UTF8.self)
            try shop.write(rejected.replacing("leter", with: "letter"), to: "mended.csv")
            try await shop.succeed(
                "clicks", "import", shop.file("mended.csv"), "--map", "who=customer", "--ignore", "agent")
            let records = try shop.records(of: "responses")
            #expect(records.count == 2 && records.allSatisfy { $0.hasPrefix(#""type":"mail.clicked""#) })
            #expect(try await shop.verify()["responses"] == 2)
            try await shop.succeed("store", "rebuild")
            #expect(try await Boon.run(file).output.contains("0 responses added, 0 updated, 2 unchanged"))
        }

        @Test("Who clicked is in the segments and audiences that ask for it, and a run tells of its clicks")
        func asked() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            let run = try #require(
                (await shop.json("runs", "list") as? [[String: Any]])?.first?["run"] as? String)
            let before = try #require(try await shop.json("runs", "show", run) as? [String: Any])
            #expect(before["engagement"] is NSNull)
            #expect(try await !shop.succeed("runs", "show", run).output.contains("clicked"))
            let now = Date.now.ISO8601Format()
            let rows = [
                "c-1,clicked,https://shop.example/a", "c-1,clicked,https://shop.example/b",
                "c-2,clicked,https://shop.example/b", "c-1,opened,", "c-3,opened,",
            ]
            try shop.write(
                "customer,kind,url,run,at\n" + rows.map { "\($0),\(run),\(now)\n" }.joined(), to: "clicks.csv"
            )
            try await shop.succeed("clicks", "import", shop.file("clicks.csv"))

            let detail = try #require(try await shop.json("runs", "show", run) as? [String: Any])
            let engagement = try #require(detail["engagement"] as? [String: Any])
            #expect(engagement["clicked"] as? [String: Int] == ["customers": 2, "times": 3])
            #expect(engagement["opened"] as? [String: Int] == ["customers": 2, "times": 2])
            let links = try #require(engagement["links"] as? [[String: Any]])
            #expect(
                links.map { $0["url"] as? String } == ["https://shop.example/b", "https://shop.example/a"])
            let text = try await shop.succeed("runs", "show", run).output
            #expect(text.contains("  clicked    by 2 customers, 3 times\n"), "\(text)")
            #expect(text.contains("  2          https://shop.example/b\n"), "\(text)")

            for (segment, members) in [("clickers", ["c-1"]), ("silent", ["c-3", "c-4", "c-5"])] {
                let found = try #require(await shop.json("segments", "show", segment) as? [[String: Any]])
                #expect(found.map { $0["id"] as? String } == members, "\(segment)")
            }
            let why = try await shop.succeed("segments", "explain", "silent", "c-1").output
            #expect(why.contains("clicked letter   2 times, last "), "\(why)")

            try await shop.succeed("send", "thanks")
            let thanks = inbox.mailbag.messages.filter { $0.parsed.subject == "Thanks" }
            let texts = Dictionary(
                uniqueKeysWithValues: thanks.map { ($0.recipients.joined(), $0.parsed.text ?? "") })
            #expect(Set(texts.keys) == ["c1@shop.example", "c2@shop.example"])
            #expect(texts["c1@shop.example"]?.contains("And read.") == true)
            #expect(texts["c2@shop.example"]?.contains("And read.") == false)
            try await inbox.stop()
        }

        @Test("Killed at random moments, an import that is repeated ends as if undisturbed")
        func killed() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let sent = try await Self.shop(relay: inbox.smtpPort)
            try await inbox.stop()
            let now = Date.now
            let rows = (0..<12_000).map { number in
                let at = now.addingTimeInterval(Double(number)).ISO8601Format()
                return "c-\(number % 5 + 1),letter,\(at),https://shop.example/\(number % 7)\n"
            }
            try sent.write("customer,campaign,at,url\n" + rows.joined(), to: "clicks.csv")
            let undisturbed = try Shop(copying: sent)
            let span = try await Crash.time {
                try await undisturbed.succeed("clicks", "import", undisturbed.file("clicks.csv"))
            }
            let records = try undisturbed.records(of: "responses")
            #expect(records.count == rows.count)
            var crash = Crash(seed: 8, span: span)
            for _ in 0..<(LongRun.isWanted ? 100 : 6) {
                let shop = try Shop(copying: sent)
                let words = ["clicks", "import", shop.file("clicks.csv"), "--workspace", shop.path]
                _ = try await crash.run(words)
                try await shop.succeed("clicks", "import", shop.file("clicks.csv"))
                #expect(try shop.records(of: "responses") == records)
                try await shop.verify()
            }
            #expect(crash.kills > 0)
        }
    }
}
