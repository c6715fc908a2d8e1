import Testing

@testable import Value

@Suite("Significance")
struct SignificanceTests {
    private static func share(_ count: Int, _ size: Int) throws -> Significance.Share {
        try #require(Significance.Share(count, of: size))
    }

    // Worked out beside it with Python's math.erfc.
    @Test(
        "The p value is that of the pooled two-proportion test",
        arguments: [
            (45, 100, 30, 100, 0.02845973691631057), (200, 1000, 180, 1000, 0.2542963222169887),
            (50, 500, 50, 500, 1), (120, 1000, 90, 1000, 0.028650240398448486),
        ])
    func values(a: Int, m: Int, b: Int, n: Int, expected: Double) throws {
        let found = try #require(Significance.pValue(Self.share(a, m), Self.share(b, n)))
        #expect(abs(found - expected) < 1e-12)
    }

    @Test("It is the same from either side, and between 0 and 1")
    func symmetry() throws {
        for count in stride(from: 10, through: 90, by: 10) {
            let (left, right) = (try Self.share(count, 100), try Self.share(50, 120))
            let value = try #require(Significance.pValue(left, right))
            #expect(value == Significance.pValue(right, left) && (0...1).contains(value))
        }
    }

    @Test(
        "Too few tell nothing",
        arguments: [(0, 0, 5, 10), (1, 20, 5, 20), (0, 1000, 3, 1000), (20, 20, 19, 20)])
    func few(a: Int, m: Int, b: Int, n: Int) throws {
        #expect(try Significance.pValue(Self.share(a, m), Self.share(b, n)) == nil)
    }

    @Test("What is no share is refused", arguments: [(-1, 10), (11, 10), (1, 0)])
    func refused(count: Int, size: Int) {
        #expect(Significance.Share(count, of: size) == nil)
    }

    @Test("A winner beats every other one clearly, the more of them the clearer")
    func winner() throws {
        let (low, high) = (try Self.share(90, 1000), try Self.share(125, 1000))
        #expect(Significance.winner(among: [low, high]) == 1)
        #expect(try Significance.winner(among: [low, high, Self.share(60, 1000)]) == 1)
        #expect(try Significance.winner(among: [low, high, Self.share(120, 1000)]) == nil)
        // Clear of one other at 5 %, not of two at 2.5 % each.
        let near = try Self.share(120, 1000)
        #expect(Significance.winner(among: [low, near]) == 1)
        #expect(Significance.winner(among: [low, near, low]) == nil)
        #expect(Significance.winner(among: [high]) == nil && Significance.winner(among: []) == nil)
    }
}
