import Foundation
import FoundationNetworking
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// The daemon as it runs for months: it is started, told things, killed and started again.
    @Suite("boon daemon")
    struct DaemonTests {
        private static let welcome = """
            campaign: welcome
            audience: subscribed
            subject: "Welcome {{ customer.first_name | default: 'there' }}"
            schedule: { after: joined }
            modules:
              - proposition: { headline: Coffee, paragraph: Roasted on Tuesday. }

            """

        private static func shop() async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try shop.write(welcome, to: "campaigns/welcome.yaml")
            return (shop, inbox)
        }

        /// Customers who join within a second: what was before the schedule began is not followed, and this is told
        /// in whole seconds.
        static func join(_ shop: Shop, _ numbers: ClosedRange<Int>, at domain: String = "shop.example")
            async throws
        {
            let now = Date.now.addingTimeInterval(1).ISO8601Format()
            let rows = numbers.map { "c-\($0),c\($0)@\(domain),subscribed,\(now)\n" }.joined()
            try shop.write("id,email,consent,joined\n" + rows, to: "joined.csv")
            try await shop.succeed("customers", "import", shop.file("joined.csv"))
        }

        /// Runs the daemon, does something meanwhile once it works, and stops it in order.
        static func daemon(
            _ shop: Shop, environment: [String: String] = [:], by clock: FakeTime? = nil,
            _ meanwhile: (Boon.Running, _ status: StatusPage) async throws -> Void
        ) async throws -> Boon.Ended {
            let port = try Socket.freePort()
            let words = ["daemon", "--health-port", "\(port)", "--workspace", shop.path]
            return try await Boon.start(words, environment: environment, by: clock) { daemon in
                let status = StatusPage(port: port)
                try await waitUntilListening(port: port)
                try await meanwhile(daemon, status)
                daemon.signal(.terminate)
            }
        }

        @Test("Whoever joins while it runs is welcomed once, also over a restart, and SIGTERM ends it with 0")
        func sends() async throws {
            let (shop, inbox) = try await Self.shop()
            for round in 1...2 {
                let ended = try await Self.daemon(shop) { _, status in
                    try await waitUntil {
                        try await status.text("metrics").contains("boon_last_tick_timestamp_seconds ")
                    }
                    try await Self.join(shop, (round * 10)...(round * 10 + 4))
                    try await waitUntil { inbox.mailbag.received >= round * 5 }
                    #expect(try await status.text("health") == "ok\n")
                    let metrics = try await status.text("metrics")
                    #expect(metrics.contains(#"boon_attempts_total{result="accepted"} 5"#), "\(metrics)")
                }
                #expect(ended.code == 0, "\(ended.errors)")
                #expect(!ended.errors.contains("@shop.example"), "an address in the log")
            }
            let all = inbox.mailbag.messages.flatMap(\.recipients)
            #expect(all.count == 10 && Set(all).count == 10)
            try await inbox.stop()
        }

        @Test("Killed with messages to send, the next one sends the rest, and nobody gets two")
        func killed() async throws {
            let (shop, inbox) = try await Self.shop()
            try shop.setRelay(port: inbox.smtpPort, "rate: 40/s")
            let killed = try await Boon.start([
                "daemon", "--health-port", "0", "--workspace", shop.path,
            ]) { daemon in
                try await waitUntil { FileManager.default.fileExists(atPath: shop.file("store/mail.jsonl")) }
                try await Self.join(shop, 1...100)
                try await waitUntil { inbox.mailbag.received >= 20 }
                daemon.signal(.kill)
            }
            #expect(killed.code == nil)
            try shop.setRelay(port: inbox.smtpPort)
            let ended = try await Self.daemon(shop) { _, _ in
                try await waitUntil {
                    try shop.records(of: "mail").contains { $0.contains("run.finished") }
                }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            let all = inbox.mailbag.messages.flatMap(\.recipients)
            #expect(Set(all).count == all.count, "somebody got two")
            let runs = try #require(try await shop.json("runs", "list") as? [[String: Any]])
            let states = try #require(runs.first?["states"] as? [String: Int])
            let doubtful = (states["intended"] ?? 0) + (states["in_doubt"] ?? 0)
            #expect(states["accepted", default: 0] + doubtful == 100, "\(states)")
            try await inbox.stop()
        }

        @Test("SIGHUP takes other relays, also for the runs that are under way, and none that cannot be used")
        func relays() async throws {
            let (shop, first) = try await Self.shop()
            let second = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            try shop.setRelay(port: first.smtpPort, "rate: 20/min")
            let ended = try await Self.daemon(shop) { daemon, status in
                try await Self.join(shop, 1...200)
                try await waitUntil { first.mailbag.received > 0 }
                try shop.setRelay(port: second.smtpPort, "username: u, password: '${BOON_TEST_NO_WORD}'")
                daemon.signal(.terminalClosed)
                try await waitUntil { try await status.text("health").contains("stay in force") }
                try shop.setRelay(port: second.smtpPort)
                daemon.signal(.terminalClosed)
                try await waitUntil { first.mailbag.received + second.mailbag.received == 200 }
                try await waitUntil { try await status.text("health") == "ok\n" }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            let all = [first, second].flatMap { $0.mailbag.messages.flatMap(\.recipients) }
            #expect(Set(all).count == 200 && all.count == 200 && second.mailbag.received > 0)
            try await first.stop()
            try await second.stop()
        }

        @Test("A second daemon is refused, and a broken file keeps the last good one in force")
        func files() async throws {
            let (shop, inbox) = try await Self.shop()
            let ended = try await Self.daemon(shop) { daemon, status in
                let second = try await shop.boon("daemon", "--health-port", "0")
                #expect(second.code == 1 && second.errors.contains("already"), "\(second.errors)")
                try shop.write("campaign: welcome\naudience: [", to: "campaigns/welcome.yaml")
                daemon.signal(.terminalClosed)
                try await waitUntil { try await status.text("health").contains("stay in force") }
                try await Self.join(shop, 1...1)
                try await waitUntil { inbox.mailbag.received == 1 }
                try shop.write(
                    Self.welcome.replacingOccurrences(of: "Welcome", with: "Tere"),
                    to: "campaigns/welcome.yaml")
                let older = try await shop.succeed("plan").errors
                #expect(older.contains("the daemon works by files that were changed since"), "\(older)")
                daemon.signal(.terminalClosed)
                try await waitUntil { try await status.text("health") == "ok\n" }
                #expect(try await shop.succeed("plan").errors == "")
                try await Self.join(shop, 2...2)
                try await waitUntil { inbox.mailbag.received == 2 }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            let subjects = inbox.mailbag.messages.compactMap { $0.parsed.subject }
            #expect(subjects == ["Welcome there", "Tere there"])
            try await inbox.stop()
        }
    }
}

/// What the daemon tells those who watch over it.
struct StatusPage {
    let port: UInt16

    /// The text of a page, whatever its status code.
    func text(_ page: String) async throws -> String {
        guard let url = URL(string: "http://127.0.0.1:\(port)/\(page)") else { throw URLError(.badURL) }
        return String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
    }
}
