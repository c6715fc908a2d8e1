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
        var facts = Facts(customer: customer, now: now, zone: zone)
        facts.orders = orders
        facts.segments = definitions.segments
        let balance = ledger.balance(at: now)
        facts.points = Facts.Points(available: balance.available, pending: balance.pending)
        for lot in ledger.states(at: now) {
            facts.points.earned = facts.points.earned.addingClamped(lot.amount)
            facts.points.spent = facts.points.spent.addingClamped(lot.spent)
        }
        if let programme = definitions.programme, let tiers = programme.tiers {
            facts.tiers = tiers.levels.map(\.name)
            facts.tier = ledger.standing(at: now, under: programme)?.tier?.name
        }
        return facts
    }
}

extension IndexView {
    /// Reads what is known about customers.
    /// - Parameter withHistory: whether orders and points are wanted, which costs two more look-ups each.
    /// - Throws: `StoreError`, or `LedgerError` when the points ledger contradicts itself.
    package func profiles(of customers: [Customer], withHistory: Bool = true) throws -> [Profile] {
        try customers.map { customer in
            Profile(
                customer: customer, orders: withHistory ? try orders(of: customer.id) : [],
                ledger: try Ledger(
                    customer: customer.id, entries: withHistory ? try points(of: customer.id) : []))
        }
    }
}

extension Int64 {
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
