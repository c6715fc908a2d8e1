import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// Messages that cannot be composed from what a customer's fields hold.
    @Suite("Messages that cannot be composed")
    struct UncomposableTests {
        private static let subject = #"subject: "Hello {{ customer.attributes.code | base64_decode }}""#

        /// A shop whose letter decodes a field.
        private static func shop(_ inbox: Inbox, codes: [String], schedule: String = "") async throws -> Shop
        {
            let shop = try Shop(relay: inbox.smtpPort)
            let yaml = Letter.yaml.split(separator: "\n").map {
                $0.hasPrefix("subject:") ? Substring(subject) : $0
            }
            try shop.write(yaml.joined(separator: "\n") + "\n" + schedule, to: "campaigns/letter.yaml")
            let rows = codes.enumerated().map { "c-\($0),c\($0)@shop.example,subscribed,\($1)" }
            try shop.write(
                (["id,email,consent,attributes.code"] + rows).joined(separator: "\n") + "\n",
                to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        @Test(
            "Who has a field that a filter cannot read is left out with the reason, and all others are sent to"
        )
        func one() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(inbox, codes: ["TWFyaQ==", "many!", "TWFyaQ=="])
            let ahead = try await shop.boon("send", "letter", "--dry-run")
            #expect((ahead.output + ahead.errors).contains("c-1: "), "\(ahead.output) \(ahead.errors)")
            try await shop.succeed("send", "letter")
            #expect(
                inbox.mailbag.messages.map(\.recipients).sorted { $0[0] < $1[0] } == [
                    ["c0@shop.example"], ["c2@shop.example"],
                ])
            let skipped = try shop.records(of: "mail").filter { $0.contains(#""result":"skipped""#) }
            #expect(skipped.count == 1 && skipped[0].contains("could not be composed"), "\(skipped)")
            #expect(skipped[0].contains("c-1") && !skipped[0].contains("many!"))
            try await inbox.stop()
        }

        @Test(
            "What can be composed for nobody is not sent and leaves nobody out; the daemon pauses it and goes on with others"
        )
        func all() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await Self.shop(inbox, codes: ["many!", "more!"])
            let refused = try await shop.boon("send", "letter")
            #expect(refused.code == 1 && refused.errors.contains("base64"), "\(refused.errors)")
            let runs = try #require(await shop.json("runs", "list") as? [[String: Any]])
            let run = try #require(runs.first?["run"] as? String)
            #expect(try shop.records(of: "mail").allSatisfy { !$0.contains(#""result":"skipped""#) })
            try shop.write(
                Letter.yaml.replacing("campaign: letter", with: "campaign: welcome")
                    + "schedule: { after: joined }\n",
                to: "campaigns/welcome.yaml")
            try await shop.succeed("runs", "resume", run)
            let ended = try await DaemonTests.daemon(shop) { _, status in
                try await waitUntil {
                    try shop.records(of: "mail").contains {
                        $0.contains("run.paused") && $0.contains("base64")
                    }
                }
                try await DaemonTests.join(shop, 7...7, at: "new.example")
                try await waitUntil {
                    inbox.mailbag.messages.contains { $0.recipients == ["c7@new.example"] }
                }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            try await inbox.stop()
        }
    }
}
