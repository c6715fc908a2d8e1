import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Limits per customer, by what the stores say")
struct MailLimitsTests {
    private let shop: Shop
    private let definitions: Definitions
    /// When the store records.
    private let now = Timestamp(milliseconds: 1_795_251_600_000)

    init() throws {
        shop = try Shop()
        var definitions = try Definitions.shop(
            [("letter", "topic: news"), ("second", "topic: news"), ("offer", "topic: offers"), ("plain", "")]
                .map { id, lines in
                    "campaign: \(id)\naudience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\n\(lines)"
                })
        definitions.settings?.limits.perCustomer = Limit("1 per 7 days")
        self.definitions = definitions
        try shop.customer("c-1")
    }

    /// Whether a customer is refused a campaign's mail.
    private func isRefused(
        _ campaign: String, run: RunID? = nil, without gone: String? = nil
    ) throws -> Bool {
        var known = definitions
        if let gone { known.campaigns[gone] = nil }
        let campaign = try #require(known.campaigns[campaign])
        let limits = MailLimits(campaign, run: run, in: known, zone: shop.home)
        return try shop.store.read { try limits.refusals(of: ["c-1"], at: now, in: $0) }["c-1"] != nil
    }

    private func plan(_ campaign: String) throws -> RunID {
        let campaign = try #require(definitions.campaigns[campaign])
        return try RunPlanner(store: shop.store, definitions: definitions, zone: shop.home)
            .run(of: campaign, again: false, now: now).run.id
    }

    @Test(
        "A message in doubt counts for every other mail, and not against itself when it is sent again",
        arguments: [MailOutcome.Result?.none, .inDoubt])
    func inDoubt(outcome: MailOutcome.Result?) throws {
        let run = try plan("letter")
        try shop.store.record([.mailIntent(MailIntent(run: run, relay: "main", customers: ["c-1"]))])
        if let outcome {
            try shop.store.record([
                .mailOutcome(MailOutcome(run: run, customer: "c-1", result: outcome, attempt: 1, reply: ""))
            ])
        }
        #expect(try !isRefused("letter", run: run))
        #expect(try isRefused("letter", run: nil))
        #expect(try isRefused("second", run: "second@2026-11-21T09:00:00.000Z"))
    }

    @Test("A mail counts for its topic when the campaign's file is gone, also after a rebuild")
    func gone() throws {
        let run = try plan("letter")
        try shop.store.record([
            .mailOutcome(MailOutcome(run: run, customer: "c-1", result: .accepted, attempt: 1, reply: "250"))
        ])
        for _ in 1...2 {
            #expect(try isRefused("second", without: "letter"))
            #expect(try !isRefused("offer", without: "letter"))
            #expect(try !isRefused("plain", without: "letter"))
            try shop.store.rebuild()
        }
    }

    @Test("A run of a version that kept no topic counts for that of its campaign's file")
    func older() throws {
        let run = Run(campaign: "letter", occurrence: now, recipients: 1)
        try shop.store.record([
            .runPlanned(run), .runRecipients(run.id, ["c-1"]),
            .mailOutcome(
                MailOutcome(run: run.id, customer: "c-1", result: .accepted, attempt: 1, reply: "250")),
        ])
        #expect(try isRefused("second"))
        #expect(try !isRefused("second", without: "letter"))
    }

    @Test("Every run says for what its mails count", arguments: ["every: monday 09:00", "after: order"])
    func planned(schedule: String) throws {
        var planner = try shop.planner("topic: news\nschedule: { \(schedule) }", "schedule: { \(schedule) }")
        _ = try planner.tick(now: instant("2026-11-22T12:00:00Z"))
        try shop.order("o-1", by: "c-1", at: instant("2026-11-23T06:59:00Z"))
        #expect(try planner.tick(now: instant("2026-11-23T07:00:00Z")).planned.count == 2)
        let topics = try shop.store.read { try $0.runs() }.map { "\($0.run.campaign) \($0.run.topic ?? "-")" }
        #expect(topics.sorted() == ["c0 news", "c1 "])
    }
}
