import Campaigns
import Loyalty
import Model

/// Who gets a message, and all that is known of them at one instant.
package struct Recipient: Sendable {
    package var customer: Customer
    /// In any order.
    package var orders: [Order]
    /// The customer's points; nil where there is no programme.
    package var ledger: Ledger?

    /// A customer with orders and points.
    package init(customer: Customer, orders: [Order] = [], ledger: Ledger? = nil) {
        (self.customer, self.orders, self.ledger) = (customer, orders, ledger)
    }
}

/// What the ledger says to a customer at one instant.
struct PointsStatement: Sendable {
    let balance: Balance
    let standing: Standing?
    let offers: Offers
    /// What the points pay; nil where they pay nothing yet.
    let worth: Money?
    /// The next points that will be lost, if that is within `horizon`.
    let expiring: Upcoming?

    /// Points that are lost later than this many days ahead are no news to a customer.
    private static let horizon = Period(90, .days)

    init(_ ledger: Ledger, under programme: Programme, at now: Timestamp) {
        balance = ledger.balance(at: now)
        standing = ledger.standing(at: now, under: programme)
        offers = programme.offers(for: balance.available)
        worth = programme.payable(with: balance.available).flatMap { $0.worth.minor > 0 ? $0.worth : nil }
        let limit = Self.horizon.map { now.adding($0, in: programme.zone) } ?? now
        expiring = ledger.expiries(after: now).first { $0.at > now && $0.at <= limit }
    }
}
