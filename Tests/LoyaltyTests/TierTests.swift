import Model
import TestSupport
import Testing

@testable import Loyalty

@Suite("Tiers and what points are good for")
struct TierTests {
    static func programme(_ review: TierPolicy.Review) throws -> Programme {
        var programme = try Fixture.programme()
        programme.tiers = TierPolicy(
            window: try Fixture.period("12 months"), review: review,
            levels: [
                .init(name: "reserve", from: 2500), .init(name: "green", from: 0),
                .init(name: "gold", from: 500),
            ])
        return programme
    }

    @Test("The standing tells the tier, what is missing to the next, and the review")
    func standing() throws {
        let programme = try Self.programme(.anniversary)
        var ledger = try Ledger()
        let first = try Fixture.instant("2026-01-01")
        let start = try #require(ledger.standing(at: first, under: programme))
        #expect(start.tier?.name == "green" && start.missing == 500 && start.review == nil)
        try ledger.earn(499, "1", at: first, under: programme)
        #expect(ledger.standing(at: first, under: programme)?.missing == 1)
        let second = try Fixture.instant("2026-03-01")
        try ledger.earn(1, "2", at: second, under: programme)
        let gold = try #require(ledger.standing(at: second, under: programme))
        #expect(gold.tier?.name == "gold" && gold.next?.name == "reserve" && gold.missing == 2000)
        #expect(gold.review == (try Fixture.instant("2027-03-01")))
        // Before, it was green.
        #expect(
            ledger.standing(at: second.advanced(milliseconds: -1), under: programme)?.tier?.name == "green")
        #expect(try ledger.standing(at: second, under: Fixture.programme()) == nil)
    }

    @Test("At the anniversary, what was earned since decides; in real time, the window does")
    func reviews() throws {
        var ledger = try Ledger()
        let plain = try Fixture.programme()
        try ledger.earn(600, "1", at: Fixture.instant("2025-02-01"), under: plain)
        try ledger.earn(600, "2", at: Fixture.instant("2026-01-01"), under: plain)
        func tier(_ review: TierPolicy.Review, _ day: String) throws -> String? {
            try ledger.standing(at: Fixture.instant(day), under: Self.programme(review))?.tier?.name
        }
        // Renewed on 2026-02-01 by the second order, lost a year later.
        #expect(try tier(.anniversary, "2026-06-01") == "gold")
        #expect(try tier(.anniversary, "2027-01-15") == "gold")
        #expect(try tier(.anniversary, "2027-02-01") == "green")
        #expect(try tier(.realTime, "2027-01-01T08:59:59Z") == "gold")
        #expect(try tier(.realTime, "2027-01-01") == "green")
    }

    @Test(
        "The anniversary's reviews are what stepping through every day gives",
        arguments: 1...12 as ClosedRange<UInt64>)
    func everyDay(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let programme = try Self.programme(.anniversary)
        let zone = programme.zone
        let year = try Fixture.period("12 months")
        let start = try Fixture.instant("2020-02-20")
        var ledger = try Ledger()
        var earned: [Int: Int64] = [:]
        for order in 0..<25 {
            let (day, points) = (
                Int.random(in: 0..<1800, using: &random), Int64.random(in: 1...900, using: &random)
            )
            earned[day, default: 0] += points
            try ledger.earn(
                points, OrderID("\(order)"), at: start.adding(#require(Period(day, .days)), in: zone),
                under: programme)
        }
        func level(_ points: Int64) -> Int { points >= 2500 ? 2 : points >= 500 ? 1 : 0 }
        var (held, since, review) = (0, start, start)
        var history: [(at: Timestamp, points: Int64)] = []
        func sum(after: Timestamp, to: Timestamp) -> Int64 {
            history.reduce(0) { $1.at > after && $1.at <= to ? $0 + $1.points : $0 }
        }
        for day in 0..<2600 {
            let now = start.adding(try #require(Period(day, .days)), in: zone)
            if let points = earned[day] { history.append((now, points)) }
            if held > 0, review <= now {
                held = level(sum(after: since, to: review))
                (since, review) = (review, review.adding(year, in: zone))
            }
            let reached = level(sum(after: now.subtracting(year, in: zone), to: now))
            if earned[day] != nil, reached > held {
                (held, since, review) = (reached, now, now.adding(year, in: zone))
            }
            let standing = try #require(ledger.standing(at: now, under: programme))
            #expect(standing.tier?.name == ["green", "gold", "reserve"][held], "day \(day)")
            #expect(standing.review == (held > 0 ? review : nil), "day \(day)")
        }
    }

    @Test("Corrections and expiry do not change the tier")
    func onlyEarningCounts() throws {
        var programme = try Self.programme(.realTime)
        programme.expire = .after(try Fixture.period("1 month"))
        var ledger = try Ledger()
        let at = try Fixture.instant("2026-01-01")
        try ledger.earn(500, "1", at: at, under: programme)
        for (key, points) in [("a", 5000), ("b", -5100)] as [(String, Int64)] {
            let occasion = Fixture.occasion(key, at: at, reason: "test")
            try ledger.append(ledger.adjust(by: points, on: occasion, under: programme).entry)
        }
        let later = try Fixture.instant("2026-06-01")
        #expect(ledger.balance(at: later) == .zero)
        #expect(ledger.standing(at: later, under: programme)?.tier?.name == "gold")
    }

    @Test(
        "Rewards that can be had, the next one, and what is missing",
        arguments: [
            (0, [], "espresso", 100), (99, [], "espresso", 1), (100, ["espresso"], "bag", 200),
            (300, ["espresso", "bag"], nil, 0),
        ] as [(Int64, [String], String?, Int64)])
    func offers(available: Int64, rewards: [String], next: String?, missing: Int64) throws {
        var programme = try Fixture.programme()
        programme.rewards = [
            Reward(id: "bag", points: 300, gives: .coupon, text: ["en": "A bag of beans"]),
            Reward(id: "espresso", points: 100, gives: .coupon, text: ["en": "A free espresso"]),
        ]
        let offers = programme.offers(for: available)
        #expect(offers.rewards.map(\.id) == rewards)
        #expect(offers.next?.id == next && offers.missing == missing)
    }

    @Test(
        "Points pay from the minimum on, rounded down to the cent",
        arguments: [(0, "0 EUR", 150), (149, "0 EUR", 1), (150, "1.50 EUR", 0), (1999, "19.99 EUR", 0)]
            as [(Int64, String, Int64)])
    func payable(available: Int64, worth: String, missing: Int64) throws {
        var programme = try Fixture.programme()
        #expect(programme.payable(with: available) == nil)
        programme.pay = PayRule(points: 100, worth: try Fixture.money("1 EUR"), minimum: 150)
        #expect(
            programme.payable(with: available)
                == Payable(worth: try Fixture.money(worth), missing: missing))
        programme.pay = PayRule(points: 3, worth: try Fixture.money("0.10 EUR"))
        #expect(programme.payable(with: 20)?.worth == (try Fixture.money("0.66 EUR")))
        programme.pay = PayRule(points: 1, worth: try Fixture.money("0.02 EUR"))
        #expect(programme.payable(with: .max) == nil)
    }
}
