import Campaigns
import Model

/// Divides the recipients of a run for its A/B test.
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

        /// The variant's place in the list; nil for the rest.
        package var variant: Int? {
            if case .variant(let index) = self { index } else { nil }
        }
    }

    /// The hash of the run, from which that of each customer goes on.
    private let run: UInt64
    private let percent: Int
    private let variants: Int

    /// The test of one run.
    package init(_ test: SplitTest, of run: RunID) {
        self.run = Self.hash("\(run.text)\u{0}", from: 0xCBF2_9CE4_8422_2325)
        (percent, variants) = (test.splitPercent, test.variants.count)
    }

    /// The group of a recipient.
    package func group(of customer: CustomerID) -> Group {
        let hash = Self.mixed(Self.hash(customer.text, from: run))
        // The high and the low half are independent: one says who is tested, the other what they get.
        guard (hash >> 32) % 10_000 < UInt64(percent) * 100 else { return .rest }
        return .variant(Int(hash & 0xFFFF_FFFF) % variants)
    }

    /// FNV-1a (Fowler, Noll and Vo), going on from what came before. It is written down, so every version divides
    /// alike.
    private static func hash(_ text: String, from start: UInt64) -> UInt64 {
        text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The finaliser of SplitMix64, since FNV's own bits are uneven for texts that differ in their last characters.
    private static func mixed(_ hash: UInt64) -> UInt64 {
        var hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
