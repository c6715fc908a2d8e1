import Campaigns
import Model
import Recording

/// Which variant of a campaign's A/B test the recipients of a run get: those who are tested always their own, all others
/// the winner.
package struct VariantChoice: Sendable {
    private let run: RunID
    private let split: Split

    /// The choice for a run.
    /// - Returns: nil for a run in which nobody is tested: everyone gets the campaign as it is.
    package init?(_ campaign: Campaign, in run: Run) {
        guard let test = campaign.test, run.decides != nil else { return nil }
        (self.run, split) = (run.id, Split(test, of: run.id))
    }

    /// The variants of some recipients, by its place in the list; who gets the campaign as it is is left out.
    package func variants(of customers: [CustomerID], in view: IndexView) throws -> [CustomerID: Int] {
        let winner = try view.decision(of: run)?.decision.variant.map { $0 - 1 }
        var variants: [CustomerID: Int] = [:]
        for customer in customers {
            variants[customer] = split.group(of: customer).variant ?? winner
        }
        return variants
    }
}
