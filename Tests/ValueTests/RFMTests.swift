import Testing

@testable import Value

@Suite("RFM groups")
struct RFMTests {
    @Test("Every score of three digits from 1 to 5 is in one group, and no other is in any")
    func complete() {
        let digits = 1...5
        let all = digits.flatMap { r in digits.flatMap { f in digits.map { m in r * 100 + f * 10 + m } } }
        #expect(RFMGroup.allCases.flatMap(\.scores).sorted() == all)
        #expect(RFMGroup.allCases.count == 11)
    }

    @Test(
        "A score belongs to the group that names it",
        arguments: [
            (555, .champions), (444, .loyal), (333, .potential), (511, .new), (525, .promising),
            (343, .needsAttention), (331, .aboutToSleep), (244, .atRisk), (155, .cantLose),
            (222, .hibernating), (111, .lost),
        ] as [(Int, RFMGroup)])
    func group(digits: Int, group: RFMGroup) {
        let score = RFMScore(recency: digits / 100, frequency: digits / 10 % 10, monetary: digits % 10)
        #expect(score.group == group)
    }

    @Test("Few days are good, many orders and much money are")
    func directions() {
        var census = RFMCensus()
        let everybody = (1...5 as ClosedRange<Int64>).map { number in
            Purchases(
                orders: number, daysSinceFirst: 100, daysSinceLast: 60 - 10 * number, total: 1000 * number)
        }
        for purchases in everybody { census.count(purchases) }
        let scales = census.scales(moneyUnit: 100)
        let scores = everybody.map { scales.score(of: $0) }
        #expect(scores.first.map { [$0.recency, $0.frequency, $0.monetary] } == [1, 1, 1])
        #expect(scores.last.map { [$0.recency, $0.frequency, $0.monetary] } == [5, 4, 5])
    }

    @Test("Where nobody was counted, the first customer of all is new")
    func nobody() {
        let scales = RFMCensus().scales(moneyUnit: 100)
        let purchases = Purchases(orders: 1, daysSinceFirst: 0, daysSinceLast: 0, total: 500)
        #expect(scales.score(of: purchases).group == .new)
    }
}
