/// One purchase. Its total is the sum of its lines.
package struct Order: Hashable, Sendable {
    /// The identifier, from the shop or made from the content.
    package var id: OrderID
    /// Who bought.
    package var customer: CustomerID
    /// When.
    package var at: Timestamp
    /// The currency of every amount in the order.
    package var currency: Currency
    /// What was bought; never empty.
    package var lines: [OrderLine]
    /// The channel it came through: web, shop, app.
    package var channel: String?

    /// An order of lines in one currency.
    package init(
        id: OrderID, customer: CustomerID, at: Timestamp, currency: Currency, lines: [OrderLine],
        channel: String? = nil
    ) {
        (self.id, self.customer, self.at, self.currency) = (id, customer, at, currency)
        (self.lines, self.channel) = (lines, channel)
    }

    /// The sum of the lines.
    /// - Returns: nil when it leaves the range of Int64 minor units; import refuses such an order.
    package var total: Money? {
        var sum: Int64 = 0
        for line in lines {
            let (next, overflow) = sum.addingReportingOverflow(line.total)
            if overflow { return nil }
            sum = next
        }
        return Money(minor: sum, currency)
    }
}

/// One line of an order.
package struct OrderLine: Hashable, Sendable {
    /// What the customer paid for this line, in minor units of the order's currency.
    package var total: Int64
    package var category: String?
    /// The stock keeping unit.
    package var sku: String?
    /// How many pieces.
    package var quantity: Int64?
    /// What the goods cost the shop, in minor units of the order's currency.
    package var cost: Int64?

    /// A line of which at least the amount is known.
    package init(
        total: Int64, category: String? = nil, sku: String? = nil, quantity: Int64? = nil, cost: Int64? = nil
    ) {
        (self.total, self.category, self.sku) = (total, category, sku)
        (self.quantity, self.cost) = (quantity, cost)
    }
}
