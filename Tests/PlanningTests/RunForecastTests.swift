import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Looking ahead at runs that exist")
struct RunForecastTests {
    private let shop: Shop
    private var definitions: Definitions
    private let run = RunID("news@2026-11-23T09:00")
    private let morning: Timestamp

    init() throws {
        shop = try Shop()
        morning = try instant("2026-11-23T07:30:00Z")
        func text(_ id: String, _ lines: String) -> String {
            "subject: News\nmodules: [{ thanks: {} }]\ncampaign: \(id)\naudience: subscribed\n\(lines)"
        }
        definitions = try Definitions.shop([
            text("news", "schedule: { every: monday 09:00, timezone: recipient }"),
            text("daily", "schedule: { every: monday 09:00 }"), text("hand", ""),
        ])
        try shop.customer("c-1")
        try shop.customer("c-2")
        try shop.customer("c-3", zone: "America/New_York")
    }

    /// Plans what is due on Monday morning.
    private func plan() throws {
        var planner = Planner(store: shop.store, definitions: definitions, home: shop.home)
        _ = try planner.tick(now: try instant("2026-11-22T12:00:00Z"))
        _ = try planner.tick(now: try instant("2026-11-23T07:00:00Z"))
    }

    private func record(_ result: MailOutcome.Result, _ customer: CustomerID, of run: RunID) throws {
        try shop.store.record([
            .mailOutcome(MailOutcome(run: run, customer: customer, result: result, attempt: 1, reply: "250"))
        ])
    }

    private func forecast() throws -> Forecast {
        try shop.store.read {
            try Forecast(definitions, home: shop.home, in: $0, now: morning, days: 3)
        }
    }

    /// What is ahead of one campaign: `open 2 2026-11-23T07:30:00.000Z`.
    private func lines(_ campaign: String) throws -> [String] {
        try forecast().entries.filter { $0.campaign.id == campaign }.map {
            "\($0.state?.rawValue ?? "scheduled") \($0.count) \($0.last)"
        }
    }

    /// The campaigns that a customer gets, and those they do not get with the reason.
    private func outlook(_ id: CustomerID) throws -> (coming: [String], left: [String: String]) {
        let forecast = try forecast()
        return try shop.store.read { view in
            let outlook = try Outlook(
                of: try #require(try view.customer(id)), in: forecast, definitions, home: shop.home,
                view: view
            )
            let held = outlook.items.compactMap { item in item.reason.map { (item.entry.campaign.id, $0) } }
            return (
                outlook.items.filter { $0.reason == nil }.map { "\($0.turn) \($0.entry.campaign.id)" },
                Dictionary(held + outlook.left.map { ($0.campaign.id, $0.reason) }) { first, _ in first }
            )
        }
    }

    @Test("Who was sent to is not promised the letter again; who waits for their own nine o'clock is")
    func partlySent() throws {
        try plan()
        #expect(try lines("news") == ["open 3 2026-11-23T14:00:00.000Z"])
        try record(.accepted, "c-1", of: run)
        #expect(try lines("news") == ["open 2 2026-11-23T14:00:00.000Z"])
        #expect(try outlook("c-1").left["news"] == "nothing of its schedule lies in these days")
        #expect(try outlook("c-2").coming.contains("2026-11-23T09:30 news"))
        #expect(try outlook("c-3").coming.contains("2026-11-23T09:00 news"))
        try record(.accepted, "c-2", of: run)
        try record(.accepted, "c-3", of: run)
        #expect(try lines("news").isEmpty)
    }

    @Test("A run with one time for all is told for as long as it has somebody to send to")
    func oneInstant() throws {
        try plan()
        let run = RunID("daily@2026-11-23T09:00+02:00")
        for customer in ["c-1", "c-2"] { try record(.accepted, CustomerID(customer), of: run) }
        #expect(try lines("daily") == ["open 1 \(morning)"])
        try record(.accepted, "c-3", of: run)
        #expect(try lines("daily").isEmpty)
        #expect(try forecast().idle.map(\.id) == ["daily"])
    }

    @Test("A cancelled run promises nothing, though its time is ahead for some")
    func cancelled() throws {
        try plan()
        try shop.store.record([.runCancelled(run)])
        #expect(try lines("news").isEmpty)
        #expect(try outlook("c-3").left["news"] == "nothing of its schedule lies in these days")
    }

    @Test("A paused run is told as one, and its mails are promised to nobody")
    func paused() throws {
        try plan()
        try shop.store.record([.runPaused(run, reason: "a typing error")])
        #expect(try lines("news") == ["paused 3 2026-11-23T14:00:00.000Z"])
        #expect(try outlook("c-3").left["news"] == "its run is paused")
        try shop.store.record([.runResumed(run)])
        #expect(try outlook("c-3").coming.contains("2026-11-23T09:00 news"))
    }

    @Test("A run by hand is told too, with who is tried again")
    func byHand() throws {
        let made = Run(campaign: "hand", occurrence: morning, recipients: 3)
        try shop.store.record([.runPlanned(made), .runRecipients(made.id, ["c-1", "c-2", "c-3"])])
        #expect(try lines("hand") == ["open 3 \(morning)"])
        try record(.accepted, "c-1", of: made.id)
        try record(.refused, "c-3", of: made.id)
        try shop.store.record([
            .mailOutcome(
                MailOutcome(
                    run: made.id, customer: "c-2", result: .deferred, attempt: 1, reply: "450",
                    retry: morning.advanced(milliseconds: 900_000)))
        ])
        #expect(try lines("hand") == ["open 1 2026-11-23T07:45:00.000Z"])
        #expect(try outlook("c-2").coming.contains("2026-11-23T09:45 hand"))
        #expect(try !outlook("c-1").coming.contains { $0.hasSuffix("hand") })
    }

    @Test("Who was planned and may not be mailed any more is promised nothing")
    func unsubscribed() throws {
        try plan()
        try shop.customer("c-3", zone: "America/New_York", consent: .unsubscribed)
        let outlook = try outlook("c-3")
        #expect(outlook.coming.isEmpty)
        #expect(outlook.left["news"] == "the customer is unsubscribed")
    }

    @Test("What a large run has still to send counts for limits, page by page, unless it is paused")
    mutating func limits() throws {
        definitions.settings?.limits.perCustomer = Limit("1 per 7 days")
        definitions.campaigns["news"] = nil
        let customers = (0..<2_345).map {
            Customer(id: CustomerID("d-\($0)"), email: "d\($0)@example.com", consent: .subscribed)
        }
        try shop.store.record(customers.map { .customerSaved($0) })
        let made = Run(campaign: "hand", occurrence: morning, recipients: customers.count)
        try shop.store.record([.runPlanned(made), .runRecipients(made.id, customers.map(\.id))])
        func capped() throws -> [String: Int] {
            let forecast = try shop.store.read {
                try Forecast(definitions, home: shop.home, in: $0, now: morning, days: 7)
            }
            return Dictionary(uniqueKeysWithValues: forecast.entries.map { ($0.campaign.id, $0.capped) })
        }
        #expect(try capped() == ["hand": 0, "daily": customers.count])
        try shop.store.record([.runPaused(made.id, reason: "a typing error")])
        #expect(try capped() == ["hand": 0, "daily": 0])
    }
}
