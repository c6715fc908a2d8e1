import Model

/// What one row says of an order: one of its lines, and what all its rows share.
struct OrderDraft: Sendable {
    var id: OrderID?
    var customer: CustomerID?
    /// By what the customer's address is found, letters in lower case.
    var addressKey: String?
    var at: Timestamp?
    var currency: Currency?
    var channel: String?
    var line = OrderLine(total: 0)
    /// The columns that the row has, with or without a value.
    var fields = FieldSet<OrderField>()
    /// What the row says of the customer, should the order create one.
    var newCustomer = CustomerDraft()

    /// Takes what all rows of an order share from an earlier one where this one leaves it empty.
    /// - Throws: `ValueFault` when the two differ.
    mutating func join(_ first: OrderDraft) throws(ValueFault) {
        try Self.join(&customer, first.customer, "customer")
        try Self.join(&addressKey, first.addressKey, "email")
        try Self.join(&at, first.at, "at")
        try Self.join(&currency, first.currency, "currency")
        try Self.join(&channel, first.channel, "channel")
    }

    private static func join<Value: Equatable>(_ own: inout Value?, _ first: Value?, _ name: String)
        throws(ValueFault)
    {
        guard let value = own else {
            own = first
            return
        }
        if let first, first != value {
            throw ValueFault(
                "The value of '\(name)' differs from the order's first row; all rows of one order share it, so give this row"
                    + " another id or correct it.")
        }
    }
}
