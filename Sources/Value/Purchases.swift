/// What a customer has bought by some day, in the figures that value is measured by.
public struct Purchases: Hashable, Sendable {
    /// How many orders, at least one.
    public let orders: Int64
    /// Days since the first order.
    public let daysSinceFirst: Int64
    /// Days since the last order.
    public let daysSinceLast: Int64
    /// What was paid for all of them, in minor units of one currency; below zero when more was returned.
    public let total: Int64

    /// What a customer has bought.
    public init(orders: Int64, daysSinceFirst: Int64, daysSinceLast: Int64, total: Int64) {
        (self.orders, self.total) = (orders, total)
        (self.daysSinceFirst, self.daysSinceLast) = (daysSinceFirst, daysSinceLast)
    }
}
