import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What is sent by hand while a daemon runs stays with whoever sends it.
    @Suite("Runs by hand beside a daemon")
    struct HeldRunTests {
        private static let welcome = """
            campaign: welcome
            audience: subscribed
            subject: "Welcome"
            schedule: { after: joined }
            modules:
              - proposition: { headline: Coffee, paragraph: Roasted on Tuesday. }

            """

        private static func shop(relay port: Int, _ keys: String...) async throws -> Shop {
            let shop = try Shop()
            try shop.setRelay(port: port, connections: 1, batch: 4, keys.joined(separator: ", "))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(welcome, to: "campaigns/welcome.yaml")
            try shop.write(Letter.customers(40), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        /// The daemon has looked for open runs since: it welcomes somebody who joins now.
        private static func daemonGoesOn(_ shop: Shop, _ inbox: Inbox, newcomer: Int) async throws {
            try await DaemonTests.join(shop, newcomer...newcomer, at: "new.example")
            try await waitUntil {
                inbox.mailbag.messages.contains { $0.recipients == ["c\(newcomer)@new.example"] }
            }
        }

        private static func letters(_ inbox: Inbox) -> Int {
            inbox.mailbag.messages.count { !$0.recipients[0].hasSuffix("@new.example") }
        }

        @Test("--limit holds for a daemon too, until 'boon send' goes on")
        func limit() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            let ended = try await DaemonTests.daemon(shop) { _, status in
                try await waitUntil {
                    try await status.text("metrics").contains("boon_last_tick_timestamp_seconds ")
                }
                for (round, sum) in [5, 10].enumerated() {
                    let sent = try await shop.succeed("send", "letter", "--limit", "5")
                    #expect(sent.output.contains("'boon send letter' goes on with them"), "\(sent.output)")
                    try await Self.daemonGoesOn(shop, inbox, newcomer: 901 + round)
                    #expect(Self.letters(inbox) == sum)
                }
                let runs = try #require(await shop.json("runs", "list") as? [[String: Any]])
                #expect(runs.contains { $0["state"] as? String == "held" })
                try await shop.succeed("send", "letter")
                #expect(Self.letters(inbox) == 40)
            }
            #expect(ended.code == 0, "\(ended.errors)")
            try await inbox.stop()
        }

        @Test("Ctrl-C stops a run by hand for a daemon too, and 'boon runs resume' hands it over")
        func interrupted() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort, "rate: 20/s")
            let ended = try await DaemonTests.daemon(shop) { _, status in
                try await waitUntil {
                    try await status.text("metrics").contains("boon_last_tick_timestamp_seconds ")
                }
                let sent = try await Boon.start(["send", "letter", "--workspace", shop.path]) { sending in
                    try await waitUntil { Self.letters(inbox) > 0 }
                    sending.signal(.interrupt)
                }
                #expect(sent.code == 3 && sent.errors.contains("interrupted"), "\(sent.errors)")
                let count = Self.letters(inbox)
                try await Self.daemonGoesOn(shop, inbox, newcomer: 911)
                #expect(Self.letters(inbox) == count && count < 40)
                let runs = try #require(await shop.json("runs", "list") as? [[String: Any]])
                let held = try #require(runs.first { $0["state"] as? String == "held" }?["run"] as? String)
                try await shop.succeed("runs", "resume", held)
                try await waitUntil { Self.letters(inbox) == 40 }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            try await inbox.stop()
        }
    }
}
