/// What recency, frequency and monetary value are scored by: a property of all customers together, on some day.
public struct RFMScales: Hashable, Sendable {
    /// Of the days since the last order.
    public let recency: Quintiles
    /// Of the numbers of orders.
    public let frequency: Quintiles
    /// Of what was paid for them, in minor units.
    public let monetary: Quintiles

    /// Where a customer stands. Few days are good, so their classes are counted from the other end.
    public func score(of purchases: Purchases) -> RFMScore {
        RFMScore(
            recency: 6 - recency.rank(of: purchases.daysSinceLast),
            frequency: frequency.rank(of: purchases.orders),
            monetary: monetary.rank(of: purchases.total))
    }
}

/// Counts customers for the scales that they are scored by, each once. What it holds grows with the number of different
/// figures and not with the number of customers.
public struct RFMCensus: Sendable {
    private var days: [Int64: Int] = [:]
    private var orders: [Int64: Int] = [:]
    private var totals: [Int64: Int] = [:]

    /// Nobody yet.
    public init() {}

    /// Counts a customer.
    public mutating func count(_ purchases: Purchases) {
        days[purchases.daysSinceLast, default: 0] += 1
        orders[purchases.orders, default: 0] += 1
        totals[purchases.total, default: 0] += 1
    }

    /// The scales of those who were counted.
    /// - Parameter moneyUnit: minor units in a unit of the currency, 100 for the cents of a euro.
    public func scales(moneyUnit: Int64) -> RFMScales {
        RFMScales(
            recency: Quintiles(of: days, unit: 1), frequency: Quintiles(of: orders, unit: 1),
            monetary: Quintiles(of: totals, unit: moneyUnit))
    }
}
