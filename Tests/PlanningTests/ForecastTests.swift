import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Looking ahead")
struct ForecastTests {
    private let shop: Shop
    private let now: Timestamp
    private var definitions: Definitions

    init() throws {
        shop = try Shop()
        now = try instant("2026-11-22T12:00:00Z")
        func text(_ id: String, _ lines: String) -> String {
            "subject: News\nmodules: [{ thanks: {} }]\ncampaign: \(id)\n\(lines)"
        }
        var definitions = try Definitions.shop([
            text("monday", "audience: subscribed\nschedule: { every: monday 09:00, timezone: recipient }"),
            text("once", "audience: country == EE\nschedule: { at: 2026-11-23 10:00 }"),
            text("party", "audience: subscribed\nschedule: { on: birthday 08:00 }"),
            text("thanks", "audience: subscribed\nschedule: { after: order + 3 days }"),
            text("past", "audience: subscribed\nschedule: { at: 2026-11-01 10:00 }"),
            text("hand", "audience: subscribed"),
        ])
        definitions.settings?.limits.perCustomer = Limit("2 per 7 days")
        self.definitions = definitions
        try shop.customer("c-1", zone: "Asia/Tokyo", birthday: "1990-11-24")
        try shop.customer("c-2")
        try shop.customer("c-3", consent: .unsubscribed)
        var local = Customer(id: "c-4", email: "c4@example.com", consent: .subscribed)
        local.country = "EE"
        try shop.store.record([.customerSaved(local)])
    }

    private func forecast(days: Int = 8) throws -> Forecast {
        try shop.store.read {
            try Forecast(definitions, home: shop.home, in: $0, now: now, days: days)
        }
    }

    private func lines(_ forecast: Forecast) -> [String] {
        forecast.entries.map { entry in
            "\(entry.day) \(entry.clock.map { "\($0)" } ?? "-") \(entry.campaign.id) \(entry.members.count)"
        }
    }

    @Test("All that is scheduled is there, with how many get it as of today")
    func entries() throws {
        var planner = Planner(store: shop.store, definitions: definitions, home: shop.home)
        _ = try planner.tick(now: now.advanced(milliseconds: -3_600_000))
        try shop.order("o-1", by: "c-2", at: now.advanced(milliseconds: -60_000))
        let forecast = try forecast()
        #expect(
            lines(forecast) == [
                "2026-11-23 09:00 monday 3", "2026-11-23 10:00 once 1", "2026-11-24 08:00 party 1",
                "2026-11-25 - thanks 1", "2026-11-30 09:00 monday 3",
            ])
        #expect(forecast.idle.isEmpty && forecast.missed.map(\.campaign) == ["past"])
        // From nine in Tokyo to nine in Tallinn.
        #expect(forecast.entries[0].first == (try instant("2026-11-23T00:00:00Z")))
        #expect(forecast.entries[0].last == (try instant("2026-11-23T07:00:00Z")))
    }

    @Test("Limits that will bite and two campaigns on one morning are told, with how many they concern")
    mutating func conflicts() throws {
        let run = Run(campaign: "hand", occurrence: now, recipients: 1)
        try shop.store.record([
            .runPlanned(run), .runRecipients(run.id, ["c-4"]),
            .mailOutcome(
                MailOutcome(run: run.id, customer: "c-4", result: .accepted, attempt: 1, reply: "250")),
        ])
        // The store's clock stands a day before.
        let forecast = try forecast(days: 3)
        #expect(
            lines(forecast) == [
                "2026-11-23 09:00 monday 3", "2026-11-23 10:00 once 1", "2026-11-24 08:00 party 1",
            ])
        #expect(forecast.entries.map(\.capped) == [0, 1, 0])
        #expect(forecast.entries.map(\.neighbours) == [[:], [:], [:]])
        definitions.settings?.limits.perCustomer = nil
        let unlimited = try self.forecast(days: 3)
        #expect(unlimited.entries.map(\.capped) == [0, 0, 0])
        #expect(unlimited.entries.map(\.neighbours) == [["once": 1], ["monday": 1], [:]])
        let morning = try #require(unlimited.mornings.first)
        #expect(unlimited.mornings.count == 1 && "\(morning.day)" == "2026-11-23")
        #expect(morning.campaigns == ["monday", "once"] && morning.customers == 1)
    }

    @Test("However many campaigns meet, they are one morning, and whoever gets several of them counts once")
    func morning() throws {
        let campaigns = (1...5).map { number in
            let audience = number == 5 ? "country == EE" : "subscribed"
            return "subject: News\nmodules: [{ thanks: {} }]\ncampaign: n\(number)\naudience: \(audience)\n"
                + "schedule: { at: 2026-11-24 \(["09:00", "09:30", "10:00", "12:59", "16:58"][number - 1]) }"
        }
        let definitions = try Definitions.shop(campaigns)
        let forecast = try shop.store.read {
            try Forecast(definitions, home: shop.home, in: $0, now: now, days: 3)
        }
        #expect(forecast.mornings.count == 1)
        #expect(forecast.mornings.first?.campaigns == ["n1", "n2", "n3", "n4", "n5"])
        #expect(forecast.mornings.first?.customers == 3)
    }

    @Test("A customer's own outlook is on their clock, with a reason for all that does not come")
    func outlook() throws {
        let forecast = try forecast()
        func outlook(_ id: CustomerID) throws -> Outlook {
            try shop.store.read { view in
                try Outlook(
                    of: try #require(try view.customer(id)), in: forecast, definitions, home: shop.home,
                    view: view)
            }
        }
        let first = try outlook("c-1")
        #expect(
            first.items.map { "\($0.turn) \($0.entry.campaign.id)" } == [
                "2026-11-23T09:00 monday", "2026-11-24T15:00 party", "2026-11-30T09:00 monday",
            ])
        #expect(first.zone.identifier == "Asia/Tokyo")
        #expect(
            first.left.map { "\($0.campaign.id): \($0.reason)" } == [
                "once: not in the audience: country == EE",
                "past: nothing of its schedule lies in these days",
                "thanks: waits for `order`",
            ])
        #expect(try outlook("c-3").left.allSatisfy { $0.reason == "the customer is unsubscribed" })
    }
}
