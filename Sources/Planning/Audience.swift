import Campaigns
import Foundation
import Model
import Recording

/// Who a campaign is for at an instant: those who may be mailed and of whom its condition holds.
package struct Audience: Sendable {
    private let campaign: Campaign
    private let definitions: Definitions
    private let zone: TimeZone

    /// The audience of a campaign.
    /// - Throws: `PlanningError` when the condition asks what cannot be answered yet.
    package init(of campaign: Campaign, in definitions: Definitions, zone: TimeZone) throws(PlanningError) {
        (self.campaign, self.definitions, self.zone) = (campaign, definitions, zone)
        if let question = campaign.audience.unanswerable(segments: definitions.segments).first {
            throw .unanswerable(campaign: campaign.id, question.description)
        }
    }

    /// The customers of the audience, in the order of their identifiers. Who is not subscribed, or is suppressed, is
    /// never among them.
    package func members(in view: IndexView, at now: Timestamp) throws -> [CustomerID] {
        try view.mailable(query(at: now))
    }

    /// Whether a customer is in the audience.
    package func includes(_ customer: CustomerID, in view: IndexView, at now: Timestamp) throws -> Bool {
        try view.isMailable(customer, query(at: now))
    }

    private func query(at now: Timestamp) throws(Unanswerable) -> CustomerQuery {
        try CustomerQuery(campaign.audience, in: definitions, at: now, zone: zone)
    }
}
