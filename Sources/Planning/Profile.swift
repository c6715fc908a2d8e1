import Campaigns
import Foundation
import Loyalty
import Model
import Recording

/// Everything the stores know about one customer that a mail or a condition may ask for.
package struct Profile: Sendable {
    package let customer: Customer
    /// Oldest first; empty when they were not asked for.
    package let orders: [Order]
    /// Without entries when points were not asked for.
    package let ledger: Ledger

    /// What conditions ask about the customer at an instant.
    /// - Parameters:
    ///   - definitions: the workspace's programme and segments.
    ///   - zone: the workspace's zone.
    package func facts(_ definitions: Definitions, at now: Timestamp, zone: TimeZone) -> Facts {
        Facts(about: customer, orders: orders, ledger: ledger, in: definitions, at: now, zone: zone)
    }
}

extension IndexView {
    /// Reads what is known about a customer.
    /// - Parameter withHistory: whether orders and points are wanted, which costs two more look-ups.
    /// - Throws: `StoreError`, or `LedgerError` when the points ledger contradicts itself.
    package func profile(of customer: Customer, withHistory: Bool = true) throws -> Profile {
        Profile(
            customer: customer, orders: withHistory ? try orders(of: customer.id) : [],
            ledger: try Ledger(
                customer: customer.id, entries: withHistory ? try points(of: customer.id) : []))
    }
}
