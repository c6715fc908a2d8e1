import Campaigns
import Foundation
import Model
import Value

/// Divides the recipients of a run for its A/B test, and tells which variant was the better one.
///
/// Who is in which group follows from the run and the customer alone: nothing is stored, a crash changes nothing, and
/// another run of the same campaign mixes them anew.
package struct Split: Sendable {
    /// What a recipient gets.
    package enum Group: Hashable, Sendable {
        /// One of the variants, by its place in the list.
        case variant(Int)
        /// What the test finds to be the best, once it is over.
        case rest
    }

    private let run: RunID
    private let percent: Int
    private let variants: Int

    /// The test of one run.
    package init(_ test: SplitTest, of run: RunID) {
        (self.run, percent, variants) = (run, test.splitPercent, test.variants.count)
    }

    /// The group of a recipient.
    package func group(of customer: CustomerID) -> Group {
        let hash = Self.hash("\(run.text)\u{0}\(customer.text)")
        // The high and the low half are independent: one says who is tested, the other what they get.
        guard (hash >> 32) % 10_000 < UInt64(percent) * 100 else { return .rest }
        return .variant(Int(hash & 0xFFFF_FFFF) % variants)
    }

    /// FNV-1a (Fowler, Noll and Vo), mixed by the finaliser of SplitMix64 since FNV's own bits are uneven for
    /// texts that differ in their last characters. Both are written down, so every version divides alike.
    private static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}

/// What a test has shown.
package struct SplitVerdict: Hashable, Sendable {
    /// For each variant, how many it was sent to and how many did what is measured.
    package let shares: [Significance.Share]
    /// The variant that everyone else gets; nil where none is better by more than chance, and everyone else gets the
    /// campaign as it is.
    package let winner: Int?
    /// Whether the winner is better by more than chance (5 %), and did not just happen to have most.
    package let isSignificant: Bool

    /// Decides a test.
    /// - Parameter shares: for each variant, in the order of the campaign.
    package init(of test: SplitTest, _ shares: [Significance.Share]) {
        self.shares = shares
        let clear = Significance.winner(among: shares)
        isSignificant = clear != nil
        guard clear == nil, test.winner.declares == .most else {
            winner = clear
            return
        }
        let best = shares.map(\.rate).max() ?? 0
        let leaders = shares.indices.filter { shares[$0].rate == best }
        // Of equals none has most.
        winner = leaders.count == 1 ? leaders[0] : nil
    }
}
