import Campaigns
import Foundation
import Model
import Recording

/// How many mails one customer gets in a rolling window: over all campaigns, and from one campaign.
struct MailLimits: Sendable {
    private struct Window: Sendable {
        let limit: Limit
        /// nil for all campaigns together.
        let campaign: String?
        let since: Timestamp
    }

    private let windows: [Window]

    /// The limits of boon.yaml and of a campaign, as they stand at an instant.
    init(_ campaign: Campaign, in workspace: Workspace, at now: Timestamp) {
        let stated: [(Limit?, String?)] = [
            (workspace.settings.limits.perCustomer, nil), (campaign.limits.perCustomer, campaign.id),
        ]
        windows = stated.compactMap { limit, campaign in
            limit.map { limit in
                let since = now.subtracting(limit.period, in: workspace.zone)
                return Window(limit: limit, campaign: campaign, since: since)
            }
        }
    }

    /// Why a customer gets no more for now; nil when they may.
    func reason(against customer: CustomerID, in view: IndexView) throws -> String? {
        for window in windows {
            let count = try view.mailCount(to: customer, of: window.campaign, since: window.since)
            guard count >= window.limit.count else { continue }
            let scope = window.campaign.map { "the campaign '\($0)'" } ?? "boon.yaml"
            return
                "the customer has had \(counted(count, "mail")) in \(window.limit.period), as many as \(scope) allows"
        }
        return nil
    }
}
