import Testing

@testable import Value

@Suite("Lifetime value")
struct LifetimeValueTests {
    private func amount(
        _ total: Int64, orders: Int64 = 1, days: Int64, margin: Int = 100, months: Int = 36
    ) -> Int64 {
        LifetimeValue(margin: margin, months: months).amount(
            of: Purchases(orders: orders, daysSinceFirst: days, daysSinceLast: 0, total: total))
    }

    @Test(
        "20 a month for three years are 720 of turnover, and what stays of it is its share",
        arguments: [
            (2000, 1, 0, 100, 72_000), (2000, 1, 30, 100, 72_000), (32_000, 16, 487, 100, 72_000),
            (32_000, 16, 487, 30, 21_600), (2000, 1, 61, 100, 35_926), (2000, 1, 61, 30, 10_777),
        ] as [(Int64, Int64, Int64, Int, Int64)])
    func method(total: Int64, orders: Int64, days: Int64, margin: Int, expected: Int64) {
        #expect(amount(total, orders: orders, days: days, margin: margin) == expected)
    }

    @Test("It is rounded down once, also below zero, and held inside the range of money")
    func rounding() {
        #expect(amount(1, days: 61, margin: 1) == 0)
        #expect(amount(-1, days: 61, margin: 1) == -1)
        #expect(amount(.max, days: 0) == .max && amount(.min, days: .max) == -1096)
        #expect(amount(.min, days: 0, margin: 100, months: 1200) == .min)
    }

    @Test("A margin and a time outside their ranges are held inside")
    func ranges() {
        let (low, high) = (LifetimeValue(margin: -5, months: 0), LifetimeValue(margin: 300, months: .max))
        #expect([low.margin, low.months, high.margin, high.months] == [1, 1, 100, 1200])
        #expect(LifetimeValue.standard == LifetimeValue(margin: 100, months: 36))
    }
}
