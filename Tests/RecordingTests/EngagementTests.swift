import Campaigns
import Model
import Testing

@testable import Recording

@Suite("Clicks and opened mails")
struct EngagementTests {
    private static let run = Run(campaign: "news", occurrence: someInstant, recipients: 3)

    private static func engagement(
        _ id: String, _ customer: CustomerID, _ kind: Engagement.Kind = .clicked, url: String? = nil,
        of run: RunID = Self.run.id
    ) -> Event {
        .engaged(
            Engagement(
                id: id, customer: customer, run: run, kind: kind, url: url, occurred: someInstant,
                via: "import"))
    }

    @Test(
        "A run tells how many customers clicked and opened, each once, and the links that most of them clicked"
    )
    func counts() throws {
        let folder = try TemporaryFolder()
        let store = try openStore(folder)
        try store.record([.runPlanned(Self.run)])
        #expect(try store.read { try $0.engagement(with: Self.run.id, links: 5) } == nil)
        try store.record([
            Self.engagement("1", "c-1", url: "http://b"), Self.engagement("2", "c-1", url: "http://b"),
            Self.engagement("3", "c-2", url: "http://c"), Self.engagement("4", "c-3", url: "http://c"),
            Self.engagement("5", "c-2", url: "http://a"), Self.engagement("6", "c-3"),
            Self.engagement("7", "c-2", .opened), Self.engagement("8", "c-9", of: "news@before"),
        ])
        let known = try #require(try store.read { try $0.engagement(with: Self.run.id, links: 2) })
        #expect(
            known.counts == [
                .clicked: RunEngagement.Count(customers: 3, times: 6),
                .opened: RunEngagement.Count(customers: 1, times: 1),
            ])
        #expect(known.links.map(\.url) == ["http://c", "http://a"], "of equals the first by name")
        #expect(known.links.map(\.clicks.times) == [2, 1])
        try store.rebuild()
        #expect(try store.read { try $0.engagement(with: Self.run.id, links: 2) } == known)
    }

    @Test("Two records of one identity are one click, the first, also after a replay")
    func twice() throws {
        let folder = try TemporaryFolder()
        let store = try openStore(folder)
        try store.record([Self.engagement("1", "c-1")])
        try store.record([Self.engagement("1", "c-2")])
        for _ in 0..<2 {
            #expect(try store.read { try $0.engagement(id: "1") }?.customer == "c-1")
            #expect(
                try store.read { try $0.engagement(with: Self.run.id, links: 1) }?.counts[.clicked]?.times
                    == 1)
            try store.rebuild()
        }
    }

    @Test(
        "The last mail of a campaign is the one that was handed over last by then, and only if a relay may have it"
    )
    func lastRun() throws {
        let folder = try TemporaryFolder()
        let store = try openStore(folder)
        let customers: [CustomerID] = ["c-1", "c-2", "c-3"]
        let other = Run(campaign: "thanks", occurrence: someInstant, recipients: 3)
        for run in [Self.run, other] {
            try store.record([
                .runPlanned(run), .runRecipients(run.id, customers),
                .mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-1", "c-2"])),
            ])
        }
        try store.record([
            .mailOutcome(
                MailOutcome(run: Self.run.id, customer: "c-2", result: .refused, attempt: 1, reply: ""))
        ])
        func last(_ customer: CustomerID, by end: Timestamp = someInstant) throws -> RunID? {
            try store.read { try $0.lastRun(of: "news", sentTo: customer, by: end) }
        }
        #expect(try last("c-1") == Self.run.id, "in doubt, so a relay may have it")
        #expect(try last("c-1", by: someInstant.advanced(milliseconds: -1)) == nil)
        #expect(try last("c-2") == nil, "refused")
        #expect(try last("c-3") == nil, "never handed over")
        #expect(try store.read { try $0.campaign(of: other.id) } == "thanks")
        #expect(try store.read { try $0.campaign(of: "news@never") } == nil)
    }
}
