import Campaigns
import Loyalty
import Model

/// Who gets a message, and all that is known of them at one instant.
package struct Recipient: Sendable {
    package var customer: Customer
    /// The customer's number in the store; 0 for who is only shown a message.
    package var number: Int64
    /// In any order.
    package var orders: [Order]
    /// The customer's points; nil where there is no programme.
    package var ledger: Ledger?
    /// What the customer did and was sent, which modules may depend on.
    package var responses: Responses

    /// A customer with orders and points.
    package init(
        customer: Customer, number: Int64 = 0, orders: [Order] = [], ledger: Ledger? = nil,
        responses: Responses = Responses()
    ) {
        (self.customer, self.number, self.orders) = (customer, number, orders)
        (self.ledger, self.responses) = (ledger, responses)
    }
}

/// The run that a message belongs to.
package struct NumberedRun: Hashable, Sendable {
    package var id: RunID
    /// Its number in the store; 0 for messages that are not sent.
    package var number: Int64

    /// A run, or something in its place that is not sent.
    package init(_ id: RunID, number: Int64 = 0) {
        (self.id, self.number) = (id, number)
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
