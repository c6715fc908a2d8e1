import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Limits per customer")
    struct LimitTests {
        @Test("Of two campaigns that go out at the same time, a customer with one mail a week gets one")
        func together() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            let settings = String(decoding: try shop.contents("boon.yaml"), as: UTF8.self)
            try shop.write(settings + "limits: { per_customer: 1 per 7 days }\n", to: "boon.yaml")
            for name in ["letter", "second"] {
                let yaml = Letter.yaml.replacingOccurrences(of: "campaign: letter", with: "campaign: \(name)")
                try shop.write(yaml, to: "campaigns/\(name).yaml")
            }
            try shop.write(Letter.customers(400), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            async let first = shop.succeed("send", "letter")
            async let second = shop.succeed("send", "second")
            _ = try await (first, second)
            let all = inbox.mailbag.messages.flatMap(\.recipients)
            #expect(all.count == 400 && Set(all).count == 400)
            let skipped = try shop.records(of: "mail").count { $0.contains(#""result":"skipped""#) }
            #expect(skipped == 400)
            let ahead = try await shop.succeed("send", "letter", "--dry-run", "--again").output
            #expect(ahead.contains("400 of them left out"), "\(ahead)")
            try await inbox.stop()
        }

        @Test("per_hour in boon.yaml holds over all campaigns together")
        func perHour() async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let shop = try Shop(relay: Int(postbox.port))
            let settings = String(decoding: try shop.contents("boon.yaml"), as: UTF8.self)
            // Two a second.
            try shop.write(settings + "limits: { per_hour: 7200 }\n", to: "boon.yaml")
            for name in ["letter", "second"] {
                try shop.write(
                    Letter.yaml.replacing("campaign: letter", with: "campaign: \(name)"),
                    to: "campaigns/\(name).yaml")
            }
            try shop.write(Letter.customers(4), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let begun = ContinuousClock.now
            async let first = shop.succeed("send", "letter")
            async let second = shop.succeed("send", "second")
            _ = try await (first, second)
            #expect(postbox.arrivals().count == 8)
            // The first goes at once, each other half a second later, but for a small tolerance.
            #expect(ContinuousClock.now - begun >= .seconds(2.5))
        }
    }
}
