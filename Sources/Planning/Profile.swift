import Campaigns
import Foundation
import Loyalty
import Model
import Recording
import Value

/// Everything the stores know about one customer that a mail or a condition may ask for.
package struct Profile: Sendable {
    package let customer: Customer
    /// Oldest first.
    package let orders: [Order]
    package let ledger: Ledger
    package let responses: Responses

    /// What conditions ask about the customer at an instant.
    /// - Parameters:
    ///   - definitions: the workspace's programme, segments and settings.
    ///   - rfm: what RFM groups are told by, where a condition asks for them.
    ///   - zone: the workspace's zone.
    package func facts(_ definitions: Definitions, rfm: RFMScales?, at now: Timestamp, zone: TimeZone)
        -> Facts
    {
        Facts(
            about: customer, orders: orders, ledger: ledger, responses: responses, rfm: rfm, in: definitions,
            at: now,
            zone: zone)
    }
}

extension IndexView {
    /// Reads what is known about a customer.
    /// - Throws: `StoreError`, or `LedgerError` when the points ledger contradicts itself.
    package func profile(of customer: Customer) throws -> Profile {
        Profile(
            customer: customer, orders: try orders(of: customer.id),
            ledger: try Ledger(customer: customer.id, entries: try points(of: customer.id)),
            responses: try responses(of: customer.id))
    }
}
