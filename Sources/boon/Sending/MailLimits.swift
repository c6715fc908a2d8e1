import Campaigns
import Foundation
import Model
import Planning
import Recording

/// Holds the limits per customer while a campaign is sent, by what the stores say each was sent before.
struct MailLimits: Sendable {
    private let caps: MailCaps
    private let campaign: String
    private let now: Timestamp
    /// From when on mails count; nil when nothing is limited.
    private let since: Timestamp?

    /// The limits of boon.yaml and of a campaign, as they stand at an instant.
    init(_ campaign: Campaign, in workspace: Workspace, at now: Timestamp) {
        caps = MailCaps(workspace.definitions, zone: workspace.zone)
        (self.campaign, self.now) = (campaign.id, now)
        since = caps.reach(of: campaign.id, at: now)
    }

    /// Why a customer gets no more for now; nil when they may.
    func reason(against customer: CustomerID, in view: IndexView) throws -> String? {
        guard let since else { return nil }
        let mails = try view.mails(to: customer, since: since)
        let sent = mails.map { MailCaps.Sent(campaign: $0.campaign, at: $0.at) }
        return caps.refusal(of: campaign, at: now, after: sent)?.description
    }
}
