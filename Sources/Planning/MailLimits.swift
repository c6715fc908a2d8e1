import Campaigns
import Foundation
import Model
import Recording

/// Holds the limits per customer while a campaign is sent, by what the stores say each was sent before.
package struct MailLimits: Sendable {
    private let caps: MailCaps
    private let campaign: String
    private let run: RunID?

    /// The limits of boon.yaml and of a campaign.
    /// - Parameters:
    ///   - run: what is sent, whose own mails do not count: one in doubt that is sent again is the same mail. Nil before
    ///     there is a run.
    ///   - zone: the workspace's.
    package init(_ campaign: Campaign, run: RunID?, in definitions: Definitions, zone: TimeZone) {
        caps = MailCaps(definitions, zone: zone)
        (self.campaign, self.run) = (campaign.id, run)
    }

    /// Why some customers get no more at an instant; those who may are left out.
    package func refusals(of customers: some Sequence<CustomerID>, at now: Timestamp, in view: IndexView)
        throws
        -> [CustomerID: String]
    {
        guard let since = caps.reach(of: campaign, at: now) else { return [:] }
        var refusals: [CustomerID: String] = [:]
        for customer in customers {
            let sent = try view.mails(to: customer, since: since, except: run).map(MailCaps.Sent.init)
            refusals[customer] = caps.refusal(of: campaign, at: now, after: sent)?.description
        }
        return refusals
    }
}

extension MailCaps.Sent {
    /// A mail as the stores know it.
    init(_ mail: CustomerMail) {
        self.init(campaign: mail.campaign, topic: mail.topic, at: mail.at)
    }
}
