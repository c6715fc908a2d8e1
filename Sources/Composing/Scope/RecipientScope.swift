import Foundation
import Liquid
import Loyalty
import Model
import Synchronization

/// The layer that only one recipient sees. What costs something to know is worked out when a template first asks
/// for it: most letters never ask for half of it.
final class RecipientScope: LiquidObject {
    private let customer: CustomerObject
    private let orders: OrdersObject
    private let links: Value
    private let points: PointsScope?
    private let ledger: Ledger?
    private let now: Timestamp
    private let zone: TimeZone
    /// What points, tier and rewards are told from; nil until it is asked for.
    private let known = Mutex<PointsStatement?>(nil)

    private enum Name {
        static let customer: Key = "customer"
        static let orders: Key = "orders"
        static let points: Key = "points"
        static let tier: Key = "tier"
        static let rewards: Key = "rewards"
        static let links: Key = "links"
        static let now: Key = "now"
    }

    /// - Parameters:
    ///   - points: the programme in the letter's language; nil without one.
    ///   - currency: the one that orders are summed up in.
    init(
        _ recipient: Recipient, points: PointsScope?, links: MessageLinks, currency: Currency, now: Timestamp,
        zone: TimeZone
    ) {
        customer = CustomerObject(recipient.customer, zone: zone)
        orders = OrdersObject(recipient.orders, currency: currency, zone: zone)
        (self.links, self.points, ledger) = (links.value, points, recipient.ledger)
        (self.now, self.zone) = (now, zone)
    }

    func field(_ key: Key) -> Value? {
        // Keys compare by their hashes, so passing a name that is none of these costs next to nothing.
        switch key {
        case Name.customer: .object(customer)
        case Name.orders: .object(orders)
        case Name.points: told { points, statement in points.points(statement) } ?? PointsScope.none
        case Name.tier: told { points, statement in points.tier(statement) } ?? .null
        case Name.rewards: told { points, statement in points.rewards(statement) } ?? .array([])
        case Name.links: links
        case Name.now: Value(now.local(in: zone))
        default: nil
        }
    }

    private func told(_ tell: (PointsScope, PointsStatement) -> Value) -> Value? {
        guard let points, let ledger else { return nil }
        let statement = known.withLock { known in
            let statement = known ?? PointsStatement(ledger, under: points.programme, at: now)
            known = statement
            return statement
        }
        return tell(points, statement)
    }
}
