import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Looking ahead at A/B tests")
struct SplitForecastTests {
    private let shop: Shop
    private let now: Timestamp

    init() throws {
        shop = try Shop()
        now = try instant("2026-11-20T12:00:00Z")
        for number in 0..<50 {
            try shop.customer("c-\(number)", zone: number % 2 == 0 ? nil : "America/New_York")
        }
    }

    private static let campaign = """
        campaign: news
        audience: subscribed
        subject: News
        schedule: { every: monday 09:00, timezone: recipient }
        test: { split: 40%, variants: [{ subject: A }, { subject: B }], winner: orders after 4 hours }
        modules: [{ thanks: {} }]
        """

    private func forecast(_ definitions: Definitions, at now: Timestamp) throws -> Forecast {
        try shop.store.read { try Forecast(definitions, home: shop.home, in: $0, now: now, days: 7) }
    }

    private func lines(_ forecast: Forecast) -> [String] {
        forecast.entries.map { entry in
            let part =
                switch entry.part {
                case .everyone: "everyone"
                case .tested: "tested"
                case .others: "others"
                }
            return "\(part) \(entry.count) \(entry.first) \(entry.last)"
        }
    }

    @Test("Both waves are shown, and they are those that are planned then")
    func waves() throws {
        let definitions = try Definitions.shop([Self.campaign])
        let before = try forecast(definitions, at: now)
        let run = RunID("news@2026-11-23T09:00")
        let test = try #require(definitions.campaigns["news"]?.test)
        let tested = (0..<50).count { Split(test, of: run).group(of: CustomerID("c-\($0)")) != .rest }
        // From nine in Tallinn to nine in New York; four hours later it is nine on the next day in both.
        #expect(
            lines(before) == [
                "tested \(tested) 2026-11-23T07:00:00.000Z 2026-11-23T14:00:00.000Z",
                "others \(50 - tested) 2026-11-24T07:00:00.000Z 2026-11-24T14:00:00.000Z",
            ])
        #expect(
            before.entries.map { $0.part.decides }
                == [try instant("2026-11-23T18:00:00Z")].flatMap { [$0, $0] })
        var planner = Planner(store: shop.store, definitions: definitions, home: shop.home)
        _ = try planner.tick(now: now)
        let morning = try instant("2026-11-23T07:00:00Z")
        #expect(try planner.tick(now: morning).planned == [run])
        let planned = try forecast(definitions, at: morning)
        #expect(lines(planned).prefix(2) == lines(before)[...])
        #expect(planned.entries.prefix(2).map(\.part.decides) == before.entries.map(\.part.decides))
        let mailed = (0..<50).map { CustomerID("c-\($0)") }
            .filter { Split(test, of: run).group(of: $0) != .rest }
        try shop.store.record(
            mailed.map {
                .mailOutcome(
                    MailOutcome(run: run, customer: $0, result: .accepted, attempt: 1, reply: "250"))
            })
        let after = try forecast(definitions, at: try instant("2026-11-23T20:00:00Z"))
        #expect(
            lines(after).first
                == "others \(50 - tested) 2026-11-24T07:00:00.000Z 2026-11-24T14:00:00.000Z")
    }

    @Test("A customer's outlook has the test or the winner, never both, at their own time")
    func outlook() throws {
        let definitions = try Definitions.shop([Self.campaign])
        let forecast = try forecast(definitions, at: now)
        let test = try #require(definitions.campaigns["news"]?.test)
        let split = Split(test, of: "news@2026-11-23T09:00")
        for number in 0..<50 {
            let id = CustomerID("c-\(number)")
            let turns = try shop.store.read { view in
                try Outlook(
                    of: try #require(try view.customer(id)), in: forecast, definitions, home: shop.home,
                    view: view
                ).items.map { "\($0.turn)" }
            }
            #expect(turns == [split.group(of: id) == .rest ? "2026-11-24T09:00" : "2026-11-23T09:00"])
        }
    }

    @Test("A limit that the letter itself uses up is not told twice: nobody is in both waves")
    func limits() throws {
        var definitions = try Definitions.shop([Self.campaign])
        definitions.settings?.limits.perCustomer = Limit("1 per 2 days")
        #expect(try forecast(definitions, at: now).entries.map(\.capped) == [0, 0])
    }
}
