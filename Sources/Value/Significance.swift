import Foundation

/// Whether two shares differ by more than chance.
public enum Significance {
    /// So many of so many.
    public struct Share: Hashable, Sendable {
        /// How many did it, 0 to `size`.
        public let count: Int
        /// How many could have.
        public let size: Int

        /// A share.
        /// - Returns: nil unless `count` is 0 to `size`.
        public init?(_ count: Int, of size: Int) {
            guard count >= 0, count <= size else { return nil }
            (self.count, self.size) = (count, size)
        }

        /// 0 to 1; 0 of nobody.
        public var rate: Double { size == 0 ? 0 : Double(count) / Double(size) }
    }

    /// The two-sided p value of the two-proportion z test with a pooled variance: how likely two equal shares would
    /// come out at least this far apart.
    ///
    /// Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions, third edition (2003), section 3.1, without
    /// the continuity correction. The normal distribution stands in for the binomial, which it may where at least five
    /// of each kind are expected in each group.
    /// - Returns: 0 to 1; nil where too few are expected for the test to mean anything.
    public static func pValue(_ left: Share, _ right: Share) -> Double? {
        let (first, second) = (Double(left.size), Double(right.size))
        guard first > 0, second > 0 else { return nil }
        let pooled = Double(left.count + right.count) / (first + second)
        guard min(first, second) * min(pooled, 1 - pooled) >= 5 else { return nil }
        let deviation = (pooled * (1 - pooled) * (1 / first + 1 / second)).squareRoot()
        return erfc(abs(left.rate - right.rate) / deviation / 2.0.squareRoot())
    }

    /// Which of several shares is larger than each other one by more than chance.
    ///
    /// The largest is tested against each of the others; for so many tests the level is divided by their number
    /// (Bonferroni), which is on the safe side.
    /// - Parameter level: how often a winner may be declared where there is none.
    /// - Returns: the index of the winner; nil where none can be told.
    public static func winner(among shares: [Share], level: Double = 0.05) -> Int? {
        guard shares.count > 1, let best = shares.indices.max(by: { shares[$0].rate < shares[$1].rate })
        else {
            return nil
        }
        let limit = level / Double(shares.count - 1)
        let isClear = shares.indices.allSatisfy { index in
            index == best || (pValue(shares[best], shares[index]).map { $0 < limit } ?? false)
        }
        return isClear ? best : nil
    }
}
