import Campaigns
import Model
import Planning
import Testing
import Value

@Suite("A/B tests")
struct SplitTests {
    /// A test in two or three variants.
    static func test(_ winner: String, split: Int = 20, variants: Int = 3) throws -> SplitTest {
        let subjects = ["A", "B", "C"].prefix(variants).map { "{ subject: \($0) }" }.joined(separator: ", ")
        let definitions = try Definitions.workspace(
            """
            campaign: news
            audience: subscribed
            subject: News
            test: { split: \(split)%, variants: [\(subjects)], winner: \(winner) }
            modules: [{ thanks: {} }]
            """)
        return try #require(definitions.campaigns["news"]?.test)
    }

    @Test(
        "The groups are even within chance, stable, and mixed anew in every run", arguments: [1, 20, 50, 100])
    func groups(percent: Int) throws {
        let test = try Self.test("orders after 2 days", split: percent)
        let (first, second) = (
            Split(test, of: "news@2026-11-23T09:00"), Split(test, of: "news@2026-11-30T09:00")
        )
        var counts: [Split.Group: Int] = [:]
        var both = 0
        let size = 60_000
        for number in 0..<size {
            let customer = CustomerID("c-\(number)")
            let group = first.group(of: customer)
            #expect(group == Split(test, of: "news@2026-11-23T09:00").group(of: customer))
            counts[group, default: 0] += 1
            if group != .rest, group == second.group(of: customer) { both += 1 }
        }
        let share = Double(percent) / 300
        let expected = Double(size) * share
        // Five standard deviations: chance goes further once in two million times, and the seed is fixed.
        let room = 5 * (Double(size) * share * (1 - share)).squareRoot()
        for variant in 0..<3 {
            #expect(abs(Double(counts[.variant(variant)] ?? 0) - expected) < room, "\(counts)")
        }
        let meeting = 3 * share * share * Double(size)
        #expect(abs(Double(both) - meeting) < 5 * meeting.squareRoot() + 1)
        if percent == 100 { #expect(counts[.rest] == nil) }
    }

    @Test("A recipient's group is the same in every version")
    func written() throws {
        let split = Split(try Self.test("orders after 2 days", split: 100), of: "news@2026-11-23T09:00")
        #expect((0..<6).map { split.group(of: CustomerID("c-\($0)")) } == Self.known)
    }

    private static let known: [Split.Group] = [1, 1, 1, 1, 0, 2].map { .variant($0) }

    @Test(
        "A winner needs to be better by more than chance, unless most is enough",
        arguments: [
            ("orders after 2 days", [125, 90, 60], 0), ("orders after 2 days", [100, 90, 80], nil),
            ("most orders after 2 days", [100, 90, 80], 0), ("most answers after 1 day", [80, 90, 90], nil),
            ("most answers after 1 day", [0, 1, 0], 1), ("orders after 2 days", [0, 3, 0], nil),
        ] as [(String, [Int], Int?)])
    func winner(rule: String, counts: [Int], expected: Int?) throws {
        let shares = try counts.map { try #require(Significance.Share($0, of: 1000)) }
        let verdict = SplitVerdict(of: try Self.test(rule), shares)
        #expect(verdict.winner == expected)
        #expect(verdict.isSignificant == (counts == [125, 90, 60]))
    }
}
