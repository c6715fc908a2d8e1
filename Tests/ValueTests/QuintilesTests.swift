import TestSupport
import Testing

@testable import Value

@Suite("Quintiles")
struct QuintilesTests {
    private func quintiles(_ values: [Int64], unit: Int64 = 1) -> Quintiles {
        Quintiles(of: Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +), unit: unit)
    }

    @Test(
        "The cut points lie a unit above R's quantiles of type 7",
        arguments: [
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, [3.8, 5.6, 7.4, 9.2]),
            ([7], 1, [8, 8, 8, 8]), ([0, 10], 0, [2, 4, 6, 8]), ([3, -7], 100, [95, 97, 99, 101]),
            ([1, 1, 1, 1, 1, 1, 9, 9], 1, [2, 2, 2, 6.8]),
        ] as [([Int64], Int64, [Double])])
    func cuts(values: [Int64], unit: Int64, expected: [Double]) {
        #expect(quintiles(values, unit: unit).cuts == expected)
    }

    @Test("Whoever has just a cut point is in the upper class, and ties are never divided")
    func ranks() {
        let scale = quintiles([1, 1, 1, 2, 3, 4])
        #expect(scale.cuts == [2, 2, 3, 4])
        #expect([0, 1, 2, 3, 4, 5].map { scale.rank(of: $0) } == [1, 1, 3, 4, 5, 5])
    }

    @Test("Of nobody there are no cut points, and the largest numbers stop nothing")
    func edges() {
        let nobody = Quintiles(of: [:], unit: 1)
        #expect(nobody.cuts.isEmpty && nobody.rank(of: .max) == 1)
        let extremes = quintiles([.min, .max], unit: .max)
        #expect(extremes.rank(of: .min) == 1 && extremes.rank(of: .max) == 3)
    }

    @Test("Counted values have the cut points of a sorted list of them", arguments: 0..<200 as Range<UInt64>)
    func sorted(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let range: ClosedRange<Int64> = seed % 2 == 0 ? 0...12 : -1000...1_000_000
        let values = (0..<Int.random(in: 1...300, using: &random)).map { _ in
            Int64.random(in: range, using: &random)
        }.sorted()
        let expected = (1...4).map { fifth in
            let place = Double((values.count - 1) * fifth) / 5
            let lower = Double(values[Int(place)])
            let upper = Double(values[min(Int(place) + 1, values.count - 1)])
            return lower + (upper - lower) * (place - place.rounded(.down)) + 1
        }
        let scale = quintiles(values)
        #expect(zip(scale.cuts, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        let ranks = values.map { scale.rank(of: $0) }
        #expect(ranks == ranks.sorted() && ranks.allSatisfy((1...5).contains))
    }
}
