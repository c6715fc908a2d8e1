import Campaigns
import Foundation
import GRDB
import Model
import Value

/// What customers have bought up to an instant, as SQL over `orders`: the figures that `Purchases` is made of in memory.
struct PurchaseSums: Sendable {
    /// In which totals are added up; an order in another one counts as one, and nothing was paid for it.
    let currency: Currency
    let now: Timestamp
    /// Whose days are counted.
    let zone: TimeZone

    /// The sums over some orders, of which `purchases` makes a value.
    var columns: SQL {
        let (upper, lower) = SQL.sums(
            of: "CASE WHEN orders.currency = \(currency.code) THEN orders.total ELSE 0 END")
        return "count(*), min(orders.occurred), max(orders.occurred), \(upper), \(lower)"
    }

    /// Which orders there are by now.
    var happened: SQL { "orders.occurred <= \(now.milliseconds)" }

    /// What the sums over a customer's orders come to.
    /// - Parameter sums: the columns in their order.
    /// - Returns: nil where there were no orders.
    func purchases(_ sums: some RandomAccessCollection<DatabaseValue>) -> Purchases? {
        let numbers = sums.compactMap { Int64.fromDatabaseValue($0) }
        guard numbers.count == 5 else { return nil }
        return Purchases(
            orders: numbers[0], first: Timestamp(milliseconds: numbers[1]),
            last: Timestamp(milliseconds: numbers[2]), total: (Int128(numbers[3]) << 32) + Int128(numbers[4]),
            at: now, zone: zone)
    }

    /// What a function of `ConditionFunctions` makes of the sums over a customer's orders.
    func asked(_ function: String) -> SQL {
        """
        (SELECT \(sql: function)(\(columns)) FROM orders WHERE orders.customer = customers.id AND \(happened))
        """
    }
}

extension IndexView {
    /// What RFM groups are told by at an instant, where one of some conditions asks for them: read once for all who are
    /// asked about, since every customer with an order has a part in it, whatever their consent.
    /// - Parameter zone: the workspace's.
    /// - Returns: nil where no condition asks.
    package func rfmScales(
        for conditions: [Condition], in definitions: Definitions, at now: Timestamp, zone: TimeZone
    ) throws -> RFMScales? {
        guard conditions.contains(where: { $0.asks(for: .rfm, segments: definitions.segments) }) else {
            return nil
        }
        let sums = PurchaseSums(currency: definitions.currency, now: now, zone: zone)
        let everybody: SQL =
            "SELECT \(sums.columns) FROM orders WHERE \(sums.happened) GROUP BY orders.customer"
        let (text, arguments) = try everybody.build(database)
        let rows = try Row.fetchCursor(try database.makeStatement(sql: text), arguments: arguments)
        var census = RFMCensus()
        while let row = try rows.next() {
            if let purchases = sums.purchases(row.databaseValues) { census.count(purchases) }
        }
        return census.scales(moneyUnit: definitions.currency.minorUnits)
    }
}
