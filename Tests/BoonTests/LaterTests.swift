import Foundation
import Inbox
import Model
import TestSupport
import Testing

extension EndToEnd {
    @Suite("boon send --at")
    struct LaterTests {
        private static func shop(relay port: Int = 1) async throws -> Shop {
            let shop = try Shop(relay: port)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(
                Letter.yaml.replacing("campaign: letter", with: "campaign: other"), to: "campaigns/other.yaml"
            )
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        @Test(
            "What is planned on the day before goes out at its time, and not before: not by hand, and not by the daemon",
            .enabled(if: FakeTime.isMissing == nil, "\(FakeTime.isMissing ?? "")"))
        func atItsTime() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(relay: inbox.smtpPort)
            let clock = try FakeTime(at: try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z")))
            func boon(_ words: String...) async throws -> Boon.Ended {
                try await Boon.run(
                    clock.launcher, [Boon.path] + words + ["--workspace", shop.path],
                    environment: clock.environment)
            }
            let planned = try await boon("send", "letter", "--at", "2026-11-24 09:00")
            #expect(planned.code == 0 && planned.errors.contains("no daemon works"), "\(planned.errors)")
            let sentence = "for 3 recipients is sent by the daemon at 2026-11-24 09:00 (Europe/Tallinn)"
            #expect(planned.output.contains(sentence), "\(planned.output)")
            let early = try await boon("send", "letter")
            #expect(early.code == 0 && early.output.contains("the first until 2026-11-24 09:00"), "\(early)")
            let second = try await boon("send", "letter", "--again", "--at", "2026-11-24 10:00")
            #expect(second.code == 1 && second.errors.contains("is not over"), "\(second.errors)")
            #expect(try await boon("plan").output.contains("  09:00  letter  waiting, 3 still to send"))
            let listed = try await boon("runs", "list").output
            #expect(listed.contains("open") && listed.contains("2026-11-24 09:00"), "\(listed)")

            let ended = try await DaemonTests.daemon(shop, by: clock) { _, status in
                try clock.set(to: try #require(Timestamp(rfc3339: "2026-11-24T06:59:59Z")))
                let other = try await boon("send", "other", "--at", "2026-11-24T06:59:59.900Z")
                #expect(other.code == 0 && other.errors == "", "\(other.errors)")
                try await waitUntil { try await status.text("metrics").contains("boon_runs_sending 2") }
                #expect(inbox.mailbag.received == 0)
                try clock.set(to: try #require(Timestamp(rfc3339: "2026-11-24T07:00:00Z")))
                try await waitUntil { inbox.mailbag.received == 6 }
                try await waitUntil {
                    try shop.records(of: "mail").count { $0.contains("run.finished") } == 2
                }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            try await inbox.stop()
        }

        @Test(
            "A time that has passed, is none, or lies years ahead is refused, and so is a limit beside it",
            arguments: ["2026-01-01 09:00", "tomorrow", "2026-13-01 09:00", "2199-01-01 09:00", "09:00"])
        func refused(time: String) async throws {
            let shop = try await Self.shop()
            let ended = try await shop.boon("send", "letter", "--at", time)
            #expect(ended.code == 2 && ended.complaints.count == 1, "\(ended.errors)")
            let tomorrow = Date.now.addingTimeInterval(86_400).ISO8601Format()
            #expect(try await shop.boon("send", "letter", "--at", tomorrow, "--limit", "1").code == 2)
            #expect(try shop.records(of: "mail").isEmpty)
        }

        @Test("A dry run says what would be planned, and plans nothing")
        func dryRun() async throws {
            let shop = try await Self.shop()
            let tomorrow = Date.now.addingTimeInterval(86_400).ISO8601Format()
            let ended = try await shop.succeed("send", "letter", "--at", tomorrow, "--dry-run")
            #expect(
                ended.output.contains("3 recipients in the audience")
                    && ended.output.contains("the daemon would send"))
            #expect(try shop.records(of: "mail").isEmpty)
            try await shop.succeed("send", "letter", "--at", tomorrow)
            #expect(try await shop.boon("send", "letter", "--at", tomorrow, "--dry-run").code == 1)
        }
    }
}
