import Campaigns
import Foundation
import Model
import Recording

/// Holds the limits per customer while a campaign is sent, by what the stores say each was sent before.
package struct MailLimits: Sendable {
    private let caps: MailCaps
    private let campaign: String

    /// The limits of boon.yaml and of a campaign.
    /// - Parameter zone: the workspace's.
    package init(_ campaign: Campaign, in definitions: Definitions, zone: TimeZone) {
        caps = MailCaps(definitions, zone: zone)
        self.campaign = campaign.id
    }

    /// Why some customers get no more at an instant; those who may are left out.
    package func refusals(of customers: some Sequence<CustomerID>, at now: Timestamp, in view: IndexView)
        throws
        -> [CustomerID: String]
    {
        guard let since = caps.reach(of: campaign, at: now) else { return [:] }
        var refusals: [CustomerID: String] = [:]
        for customer in customers {
            let mails = try view.mails(to: customer, since: since)
            let sent = mails.map { MailCaps.Sent(campaign: $0.campaign, at: $0.at) }
            refusals[customer] = caps.refusal(of: campaign, at: now, after: sent)?.description
        }
        return refusals
    }
}
