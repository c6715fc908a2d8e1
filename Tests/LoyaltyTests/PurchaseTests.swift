import Model
import Testing

@testable import Loyalty

@Suite("Points for purchases")
struct PurchaseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let why: String
        var per = "1 EUR"
        var points: Int64 = 1
        var tier: Int64 = 0
        var day = "2026-12-10"
        let lines: [(Int64, String?)]
        let earned: Int64
        let reason: String

        var testDescription: String { why }
    }

    static let cases = [
        Case(
            why: "whole euros", lines: [(1200, nil)], earned: 12,
            reason: "1 point per 1.00 EUR: 12.00 EUR = 12"),
        Case(
            why: "rounded down once, not once per line", lines: [(450, nil), (470, nil)], earned: 9,
            reason: "1 point per 1.00 EUR: 9.20 EUR = 9, rounded down"),
        Case(
            why: "the multiplier comes before rounding", per: "10 EUR", tier: 500, lines: [(2500, nil)],
            earned: 3, reason: "1 point per 10.00 EUR: 25.00 EUR × 1.25 (gold 1.25) = 3, rounded down"),
        Case(
            why: "a multiplier that does not apply makes no group", day: "2026-11-30",
            lines: [(150, nil), (150, "espresso")], earned: 3, reason: "1 point per 1.00 EUR: 3.00 EUR = 3"),
        Case(
            why: "a category's multiplier applies to its lines alone",
            lines: [(190, "espresso"), (190, "filter"), (60, "espresso")], earned: 6,
            reason: "1 point per 1.00 EUR: 2.50 EUR × 2 (espresso 2026-12-01 .. 2026-12-24 2) = 5; "
                + "1.90 EUR = 1, rounded down; together 6"),
        Case(
            why: "all multipliers that apply multiply", tier: 500, lines: [(1000, "espresso"), (199, nil)],
            earned: 27,
            reason:
                "1 point per 1.00 EUR: 10.00 EUR × 2.5 (gold 1.25, espresso 2026-12-01 .. 2026-12-24 2) = 25; "
                + "1.99 EUR × 1.25 (gold 1.25) = 2, rounded down; together 27"),
        Case(
            why: "two categories with one multiplier are one group",
            lines: [(75, "espresso"), (75, "beans")], earned: 3,
            reason: "1 point per 1.00 EUR: 1.50 EUR × 2 (espresso 2026-12-01 .. 2026-12-24 2, beans 2) = 3"),
        Case(
            why: "a multiplier of 0 excludes", lines: [(5000, "voucher"), (100, nil)], earned: 1,
            reason: "1 point per 1.00 EUR: 50.00 EUR × 0 (voucher 0) = 0; 1.00 EUR = 1; together 1"),
        Case(
            why: "the last day of a multiplier counts whole", day: "2026-12-24T21:59:59Z",
            lines: [(100, "espresso")], earned: 2,
            reason: "1 point per 1.00 EUR: 1.00 EUR × 2 (espresso 2026-12-01 .. 2026-12-24 2) = 2"),
        Case(
            why: "the day after does not", day: "2026-12-24T22:00:00Z", lines: [(100, "espresso")], earned: 1,
            reason: "1 point per 1.00 EUR: 1.00 EUR = 1"),
        Case(
            why: "a discount line lowers its group", points: 10, lines: [(1000, nil), (-250, nil)],
            earned: 75,
            reason: "10 points per 1.00 EUR: 7.50 EUR = 75"),
        Case(
            why: "a group below zero is rounded down too", lines: [(1000, "espresso"), (-250, nil)],
            earned: 17,
            reason: "1 point per 1.00 EUR: 10.00 EUR × 2 (espresso 2026-12-01 .. 2026-12-24 2) = 20; "
                + "-2.50 EUR = -3, rounded down; together 17"),
    ]

    static func programme(_ testCase: Case) throws -> Programme {
        let december = try #require(CalendarDate("2026-12-01"))...(try #require(CalendarDate("2026-12-24")))
        var programme = try Fixture.programme(
            pending: "14 days", expire: .after(Fixture.period("12 months"), endOfMonth: true),
            times: [
                Multiplier(tier: "gold", by: #require(FixedDecimal("1.25"))),
                Multiplier(category: "espresso", between: december, by: #require(FixedDecimal("2"))),
                Multiplier(category: "beans", by: #require(FixedDecimal("2.0"))),
                Multiplier(category: "voucher", by: #require(FixedDecimal("0"))),
            ],
            per: testCase.per, points: testCase.points)
        programme.tiers = TierPolicy(
            window: try Fixture.period("12 months"), review: .realTime,
            levels: [.init(name: "gold", from: 500), .init(name: "green", from: 0)])
        return programme
    }

    @Test("An order earns by its groups of lines, and the reason is the arithmetic", arguments: cases)
    func golden(testCase: Case) throws {
        let programme = try Self.programme(testCase)
        var ledger = try Ledger()
        if testCase.tier > 0 {
            let earlier = try Fixture.instant("2026-06-01")
            try ledger.append(
                PointsEntry(
                    kind: .earned, customer: Fixture.customer, key: "earlier", points: testCase.tier,
                    occurred: earlier, source: "test", actor: "boon"))
        }
        let order = try Fixture.order("7", at: Fixture.instant(testCase.day), testCase.lines)
        guard case .points(.new(let entry)) = try programme.earn(for: order, in: ledger) else {
            Issue.record("nothing earned")
            return
        }
        #expect(entry.points == testCase.earned)
        #expect(entry.reason == testCase.reason)
        #expect(entry.key == "purchase:7" && entry.source == "order:7" && entry.rule == "purchase@5be1c0de")
        #expect(entry.occurred == order.at && entry.activates == programme.activation(from: order.at))
        #expect(entry.expires == programme.expiry(from: order.at))
    }

    @Test(
        "What earns nothing says why",
        arguments: [
            ("EUR", 99, "The order earns nothing: 1 point per 1.00 EUR: 0.99 EUR = 0, rounded down."),
            ("EUR", 0, "The order earns nothing: 1 point per 1.00 EUR: 0.00 EUR = 0."),
            ("EUR", -500, "The order earns nothing: 1 point per 1.00 EUR: -5.00 EUR = -5."),
            ("SEK", 50000, "The order is in SEK, the programme 'beans' gives points for EUR."),
        ] as [(String, Int64, String)])
    func nothing(currency: String, total: Int64, why: String) throws {
        let order = try Fixture.order(
            "7", at: Fixture.instant("2026-01-01"), [(total, nil)], currency: currency)
        #expect(try Fixture.programme().earn(for: order, in: Ledger()) == .nothing(why))
    }

    @Test("A programme without a purchase rule says so")
    func noRule() throws {
        var programme = try Fixture.programme()
        programme.earn = [.birthday(points: 100)]
        let order = try Fixture.order("7", at: Fixture.instant("2026-01-01"), [(100, nil)])
        #expect(
            try programme.earn(for: order, in: Ledger())
                == .nothing("The programme 'beans' gives no points for purchases."))
    }

    @Test("An order earns once, whatever becomes of the programme")
    func once() throws {
        var programme = try Fixture.programme()
        var ledger = try Ledger()
        let entry = try ledger.earn(10, "7", at: Fixture.instant("2026-01-01"), under: programme)
        programme.version = "another"
        programme.earn = []
        let order = try Fixture.order("7", at: Fixture.instant("2026-01-01"), [(5000, nil)])
        #expect(try programme.earn(for: order, in: ledger) == .points(.again(entry)))
        var foreign = entry
        foreign.customer = "c-2"
        #expect(throws: Refusal.conflict(foreign)) {
            try programme.earn(for: order, in: ledger, recorded: foreign)
        }
    }

    @Test("Amounts that cannot be counted are refused")
    func overflow() throws {
        let at = try Fixture.instant("2026-01-01")
        let two = try Fixture.order("7", at: at, [(.max, nil), (1, nil)])
        #expect(throws: Refusal.tooLarge) { try Fixture.programme().earn(for: two, in: Ledger()) }
        let one = try Fixture.order("8", at: at, [(.max, nil)])
        let generous = try Fixture.programme(per: "0.01 EUR", points: 2)
        #expect(throws: Refusal.tooLarge) { try generous.earn(for: one, in: Ledger()) }
        let lavish = try Fixture.programme(
            times: Array(repeating: Multiplier(by: #require(FixedDecimal("999999.999999"))), count: 8))
        #expect(throws: Refusal.tooLarge) { try lavish.earn(for: one, in: Ledger()) }
        let exact = try Fixture.programme(per: "0.01 EUR")
        guard case .points(.new(let entry)) = try exact.earn(for: one, in: Ledger()) else {
            Issue.record("nothing earned")
            return
        }
        #expect(entry.points == .max)
    }
}
