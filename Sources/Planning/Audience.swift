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
    /// - Parameter zone: the workspace's.
    package init(of campaign: Campaign, in definitions: Definitions, zone: TimeZone) {
        (self.campaign, self.definitions, self.zone) = (campaign, definitions, zone)
    }

    /// The customers of the audience, in the order of their identifiers. Who is not subscribed, or is suppressed, is
    /// never among them.
    package func members(in view: IndexView, at now: Timestamp) throws -> [CustomerID] {
        try view.mailable(query(in: view, at: now))
    }

    /// The same customers, asked for without holding up anybody and without holding all of them.
    /// - Parameters:
    ///   - days: only those whose birthday is one of these days of the year, `02-29`; nil for all.
    ///   - withZones: whether the zones that they name are asked for too.
    func list(in store: Store, at now: Timestamp, bornOn days: [String]? = nil, withZones: Bool) throws
        -> CustomerList
    {
        try store.list(bornOn: days, withZones: withZones) { try query(in: $0, at: now) }
    }

    /// Whether a customer is in the audience.
    package func includes(_ customer: CustomerID, in view: IndexView, at now: Timestamp) throws -> Bool {
        try includes([customer], in: view, at: now) == [true]
    }

    /// Whether each of some customers is in the audience, in their order.
    package func includes(_ customers: [CustomerID], in view: IndexView, at now: Timestamp) throws -> [Bool] {
        let query = try query(in: view, at: now)
        return try customers.map { try view.isMailable($0, query) }
    }

    private func query(in view: IndexView, at now: Timestamp) throws -> CustomerQuery {
        try view.query(campaign.audience, in: definitions, at: now, zone: zone)
    }
}
