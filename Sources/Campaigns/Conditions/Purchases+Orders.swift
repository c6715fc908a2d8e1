import Foundation
import Model
import Value

extension Purchases {
    /// What some orders come to by an instant.
    ///
    /// An order in another currency counts as one, and nothing was paid for it: there are no rates of exchange here.
    /// - Parameters:
    ///   - orders: a customer's, in any order; those that lie ahead are left out.
    ///   - currency: in which totals are added up.
    ///   - zone: whose days are counted.
    /// - Returns: nil where there are none.
    init?(of orders: [Order], in currency: Currency, at now: Timestamp, zone: TimeZone) {
        let orders = orders.filter { $0.at <= now }
        guard let first = orders.map(\.at).min(), let last = orders.map(\.at).max() else { return nil }
        let lines = orders.filter { $0.currency == currency }.flatMap(\.lines)
        self.init(
            orders: Int64(orders.count), first: first, last: last,
            total: lines.reduce(0) { $0 + Int128($1.total) }, at: now, zone: zone)
    }

    /// What a customer's orders come to by an instant.
    /// - Parameters:
    ///   - first: when the first order was, and `last` when the last one was: not after `now`.
    ///   - total: minor units, held inside the range of money.
    ///   - zone: whose days are counted.
    package init(
        orders: Int64, first: Timestamp, last: Timestamp, total: Int128, at now: Timestamp, zone: TimeZone
    ) {
        let today = now.local(in: zone).date.daysSinceEpoch
        self.init(
            orders: orders, daysSinceFirst: today - first.local(in: zone).date.daysSinceEpoch,
            daysSinceLast: today - last.local(in: zone).date.daysSinceEpoch, total: Int64(clamping: total))
    }
}

extension Facts {
    /// What the customer has bought so far; nil for nothing.
    var purchases: Purchases? { Purchases(of: orders, in: currency, at: now, zone: zone) }
}
