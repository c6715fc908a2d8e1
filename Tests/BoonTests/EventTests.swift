import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What happens beside orders and answers, from the shop's file to the mail that follows it.
    @Suite("boon events import")
    struct EventTests {
        private static let campaign = """
            campaign: trial-over
            audience: subscribed
            subject: Your trial is over
            schedule: { after: trial_ended }
            modules:
              - proposition: { headline: Coffee, paragraph: Roasted on Tuesday. }

            """

        private static func shop(relay: Int = 1) async throws -> Shop {
            let shop = try Shop(relay: relay)
            try shop.write(campaign, to: "campaigns/trial-over.yaml")
            try shop.write(
                "id,email\n" + (1...5).map { "c-\($0),c\($0)@shop.example\n" }.joined(), to: "customers.csv")
            try await shop.succeed(
                "customers", "import", shop.file("customers.csv"), "--consent", "subscribed", "--source",
                "test")
            return shop
        }

        /// Imports events, told as rows without a header.
        private static func tell(_ shop: Shop, _ rows: [String]) async throws {
            try shop.write("id,customer,name,at\n" + rows.map { $0 + "\n" }.joined(), to: "events.csv")
            try await shop.succeed("events", "import", shop.file("events.csv"))
        }

        @Test("What is imported twice is recorded once, and what is refused can be mended and imported")
        func twice() async throws {
            let shop = try await Self.shop()
            try shop.write(
                """
                who,name,at,properties.plan,agent
                c-1,trial_ended,2026-11-21,pro,curl
                c-9,trial_ended,2026-11-21,pro,curl
                c-1,trial_ended,2026-11-21T10:00:00Z,pro,wget

                """, to: "events.csv")
            let words = ["events", "import", shop.file("events.csv"), "--map", "who=customer"]
            let file = words + ["--ignore", "agent", "--workspace", shop.path]
            let first = try await Boon.run(file)
            #expect(first.code == 1)
            #expect(
                first.output == "3 rows: 1 event added, 0 updated, 1 unchanged, 1 row refused\n",
                "\(first.output)")
            #expect(first.errors.contains("events.csv:3:1: error: Customer 'c-9' is not known"))
            let records = try shop.records(of: "responses")
            #expect(records.count == 1 && records[0].contains(#""properties":{"plan":"pro"}"#), "\(records)")
            #expect(try await Boon.run(file).output.contains("0 events added, 0 updated, 2 unchanged"))
            let rejected = try String(
                decoding: shop.contents("events.csv.rejected.csv"), as: UTF8.self)
            try shop.write(rejected.replacing("c-9", with: "c-2"), to: "mended.csv")
            try await shop.succeed(
                "events", "import", shop.file("mended.csv"), "--map", "who=customer", "--ignore", "agent")
            #expect(try await shop.verify()["responses"] == 2)
            try await shop.succeed("store", "rebuild")
            #expect(try await Boon.run(file).output.contains("0 events added, 0 updated, 2 unchanged"))
        }

        @Test("The daemon follows each event once, told late, twice, out of order and over a restart")
        func followed() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            var told: [String] = []
            for round in 0..<2 {
                let ended = try await DaemonTests.daemon(shop) { _, status in
                    try await waitUntil {
                        try await status.text("metrics").contains("boon_last_tick_timestamp_seconds ")
                    }
                    // The schedule holds from the first look on, and is told in whole seconds.
                    let at = { (second: Double) in Date.now.addingTimeInterval(second).ISO8601Format() }
                    let (early, now) = (at(1), at(2))
                    let rows = [
                        "\(round)-1,c-1,trial_ended,\(now)", "\(round)-2,c-2,trial_ended,\(now)",
                        "\(round)-3,c-1,trial_ended,\(now)", "\(round)-4,c-3,visited,\(now)",
                    ]
                    try await Self.tell(shop, told + rows + [rows[0]])
                    try await waitUntil { inbox.mailbag.received == round * 4 + 3 }
                    // What happened before that and is told only now, with all that is known, the other way round.
                    told += rows + ["\(round)-5,c-4,trial_ended,\(early)"]
                    try await Self.tell(shop, told.reversed())
                    try await waitUntil { inbox.mailbag.received == round * 4 + 4 }
                }
                #expect(ended.code == 0, "\(ended.errors)")
            }
            let all = inbox.mailbag.messages.flatMap(\.recipients).map { String($0.prefix(2)) }
            #expect(all.sorted() == ["c1", "c1", "c1", "c1", "c2", "c2", "c4", "c4"])
            let followed = try shop.records(of: "mail").filter { $0.contains("run.triggered") }
            for key in told.filter({ $0.contains("trial_ended") }).map({ $0.prefix(3) }) {
                #expect(followed.filter { $0.contains("\"event:\(key)\"") }.count == 1, "\(key)")
            }
            #expect(try await shop.verify()["responses"] == 10)
            try await inbox.stop()
        }
    }
}
