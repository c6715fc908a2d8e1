import Foundation
import Loyalty
import Model
import Value

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
    package var responses = Responses()
    /// The last NPS score, 0 to 10; nil for who has not answered.
    package var npsScore: Int?
    /// What RFM groups are told by at this instant; nil where nobody asked for them.
    package var rfm: RFMScales?
    /// What lifetime values are told by.
    package var lifetime = LifetimeValue.standard
    /// The workspace's currency, in which customers' purchases are added up.
    package var currency = Currency.euro
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

    /// What is known of a customer who has done nothing yet.
    package init(customer: Customer, now: Timestamp, zone: TimeZone) {
        (self.customer, self.now, self.zone) = (customer, now, zone)
    }
}

extension Facts {
    /// What the stores know about a customer: the one place that says what conditions see of it, for audiences
    /// and for modules alike.
    /// - Parameters:
    ///   - orders: in any order.
    ///   - ledger: the customer's points; nil for none.
    ///   - responses: what the customer did and was sent.
    ///   - rfm: what RFM groups are told by, where a condition asks for them.
    ///   - zone: the workspace's.
    package init(
        about customer: Customer, orders: [Order], ledger: Ledger?, responses: Responses,
        rfm: RFMScales?, in definitions: Definitions, at now: Timestamp, zone: TimeZone
    ) {
        self.init(customer: customer, now: now, zone: zone)
        self.orders = orders
        self.responses = responses
        self.rfm = rfm
        (lifetime, currency) = (definitions.lifetime, definitions.currency)
        segments = definitions.segments
        tiers = definitions.programme?.tiers?.levels.map(\.name) ?? []
        if !responses.answers.isEmpty { npsScore = responses.npsScore(of: definitions.npsQuestions) }
        guard let ledger else { return }
        let balance = ledger.balance(at: now)
        points = Points(
            available: balance.available, pending: balance.pending,
            earned: ledger.total(of: .earned, until: now), spent: -ledger.total(of: .spent, until: now))
        tier = definitions.programme.flatMap { ledger.standing(at: now, under: $0)?.tier?.name }
    }

    /// The workspace's day.
    var today: CalendarDate { now.local(in: zone).date }
}
