import Foundation
import Loyalty
import Model

/// What is known of one customer at one instant, for deciding conditions in memory.
package struct Facts: Sendable {
    package var customer: Customer
    /// In any order.
    package var orders: [Order] = []
    package var points = Points()
    /// The name of the customer's tier; nil without one.
    package var tier: String?
    /// The programme's tiers from the lowest to the highest.
    package var tiers: [String] = []
    /// By name.
    package var segments: [String: Segment] = [:]
    package var now: Timestamp
    /// The workspace's zone, which tells when a day begins.
    package var zone: TimeZone

    /// Sums over a customer's ledger, in whole points.
    package struct Points: Hashable, Sendable {
        package var available: Int64 = 0
        package var pending: Int64 = 0
        package var earned: Int64 = 0
        package var spent: Int64 = 0

        /// No points, or those given.
        package init(available: Int64 = 0, pending: Int64 = 0, earned: Int64 = 0, spent: Int64 = 0) {
            (self.available, self.pending, self.earned, self.spent) = (available, pending, earned, spent)
        }
    }

    /// What is known of a customer who has no orders and no points.
    package init(customer: Customer, now: Timestamp, zone: TimeZone) {
        (self.customer, self.now, self.zone) = (customer, now, zone)
    }
}
