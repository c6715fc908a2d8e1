import Campaigns
import Model
import Value

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
