/// What customers will bring at the pace at which they have bought so far: `LTV = S x C x P x t`, the average order value
/// times the orders of a month times what stays of the turnover times the months that a customer stays.
public struct LifetimeValue: Hashable, Sendable {
    /// P: what stays of the turnover, in percent, 1 to 100.
    public let margin: Int
    /// t: how many months a customer stays, 1 to 1200.
    public let months: Int

    /// A margin and a time, each held inside its range.
    public init(margin: Int, months: Int) {
        self.margin = min(max(margin, 1), 100)
        self.months = min(max(months, 1), 1200)
    }

    /// The turnover of three years: 20 a month is 720.
    public static let standard = LifetimeValue(margin: 100, months: 36)

    /// What a customer will bring.
    ///
    /// S times C is what was paid for all orders, divided by the months since the first one. A month is the twelfth of a
    /// year of 365.25 days, which is 487/16 days. It is the shortest time that is divided by: what a customer buys on the
    /// first day says nothing of how often that will be.
    /// - Returns: minor units of the currency of the purchases, rounded down once, at the end; held inside the range of
    ///   Int64.
    public func amount(of purchases: Purchases) -> Int64 {
        let sixteenths = max(Int128(purchases.daysSinceFirst) * 16, 487)
        let product = Int128(purchases.total) * Int128(margin * months * 487)
        let (amount, rest) = product.quotientAndRemainder(dividingBy: 100 * sixteenths)
        return Int64(clamping: rest < 0 ? amount - 1 : amount)
    }
}
