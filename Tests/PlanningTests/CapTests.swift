import Campaigns
import Foundation
import Model
import Planning
import Testing

@Suite("Limits per customer")
struct CapTests {
    private let caps: MailCaps
    private let now: Timestamp

    init() throws {
        func campaign(_ id: String, _ lines: String) -> String {
            "campaign: \(id)\naudience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\n\(lines)"
        }
        var definitions = try Definitions.workspace(
            campaign("offer", "topic: offers"),
            campaign("sale", "topic: offers\nlimits: { per_customer: 1 per 30 days }"),
            campaign("news", "topic: news"), campaign("plain", ""), campaign("other", ""))
        definitions.settings?.limits.perCustomer = Limit("2 per 7 days")
        caps = MailCaps(definitions, zone: try #require(TimeZone(identifier: "Europe/Tallinn")))
        now = try instant("2026-11-23T09:00:00Z")
    }

    private func sent(_ campaign: String, daysAgo: Double) -> MailCaps.Sent {
        MailCaps.Sent(campaign: campaign, at: now.advanced(milliseconds: Int64(-daysAgo * 86_400_000)))
    }

    @Test("Mails count for their topic, whatever campaign sent them")
    func topics() {
        let history = [
            sent("offer", daysAgo: 1), sent("sale", daysAgo: 2), sent("plain", daysAgo: 1),
            sent("other", daysAgo: 3),
        ]
        #expect(
            caps.refusal(of: "offer", at: now, after: history)?.description
                == "the customer has had 2 mails in 7 days, as many as boon.yaml allows")
        #expect(
            caps.refusal(of: "plain", at: now, after: history)?.ahead
                == "the customer will have had 2 mails in 7 days, as many as boon.yaml allows")
        #expect(caps.refusal(of: "news", at: now, after: history) == nil)
    }

    @Test(
        "A mail counts for the topic that it was sent for, whatever its campaign's file says today, or if there is none"
    )
    func recordedTopics() {
        func sent(_ campaign: String, for topic: String?) -> MailCaps.Sent {
            MailCaps.Sent(campaign: campaign, topic: topic, at: now.advanced(milliseconds: -86_400_000))
        }
        let offers = [sent("gone", for: "offers"), sent("plain", for: "offers")]
        #expect(caps.refusal(of: "offer", at: now, after: offers) != nil)
        #expect(caps.refusal(of: "plain", at: now, after: offers) == nil)
        #expect(
            caps.refusal(of: "plain", at: now, after: [sent("offer", for: ""), sent("gone", for: "")]) != nil)
        // Where nothing was recorded, the files of today say it: of a campaign that is gone, no topic.
        #expect(
            caps.refusal(of: "offer", at: now, after: [sent("gone", for: nil), sent("sale", for: nil)]) == nil
        )
        #expect(
            caps.refusal(of: "plain", at: now, after: [sent("gone", for: nil), sent("other", for: nil)])
                != nil)
    }

    @Test("A window rolls: what lies a whole period back counts no more, and what lies ahead does")
    func rolling() {
        #expect(
            caps.refusal(
                of: "offer", at: now, after: [sent("offer", daysAgo: 1), sent("offer", daysAgo: 6.99)]) != nil
        )
        #expect(
            caps.refusal(of: "offer", at: now, after: [sent("offer", daysAgo: 1), sent("offer", daysAgo: 7)])
                == nil)
        #expect(caps.refusal(of: "offer", at: now, after: []) == nil)
    }

    @Test("What a clock that was ahead by years has sent does not count for years")
    func wrongClock() {
        let later = [sent("sale", daysAgo: -7), sent("offer", daysAgo: -7)]
        #expect(caps.refusal(of: "sale", at: now, after: later) != nil)
        let years = [sent("sale", daysAgo: -3652), sent("offer", daysAgo: -3652)]
        #expect(caps.refusal(of: "sale", at: now, after: years) == nil)
    }

    @Test("A campaign's own limit counts its own mails")
    func own() {
        #expect(caps.refusal(of: "sale", at: now, after: [sent("offer", daysAgo: 20)]) == nil)
        #expect(
            caps.refusal(of: "sale", at: now, after: [sent("sale", daysAgo: 20)])?.description
                == "the customer has had 1 mail in 30 days, as many as the campaign 'sale' allows")
    }

    @Test("Mails are asked for as far back as any limit reaches")
    func reach() throws {
        #expect(caps.reach(at: now) == (try instant("2026-10-24T08:00:00Z")))
        #expect(caps.reach(of: "offer", at: now) == (try instant("2026-11-16T09:00:00Z")))
        #expect(!caps.isEmpty)
    }
}
