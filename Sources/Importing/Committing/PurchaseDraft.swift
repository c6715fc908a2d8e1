import Model

/// An order whose rows are all there and agree; its customer is not looked up yet.
struct PurchaseDraft: Sendable {
    /// The rows it comes from, for a refusal.
    let records: [Record]
    /// What the rows share.
    let shared: OrderDraft
    let lines: [OrderLine]
    let at: Timestamp
    let currency: Currency
    /// What the rows say of the customer.
    let customer: CustomerDraft

    /// Joins the rows of an order.
    /// - Throws: `OrderFault` that says which row is to blame.
    init(_ rows: [OrderRow]) throws(OrderFault) {
        var drafts: [OrderDraft] = []
        for (index, row) in rows.enumerated() {
            do {
                var draft = try row.draft.get()
                if let last = drafts.last { try draft.join(last) }
                drafts.append(draft)
            } catch let fault as RowFault {
                throw OrderFault(row: index, fault)
            } catch let fault as ValueFault {
                throw OrderFault(row: index, RowFault(fault.reason))
            } catch {
                throw OrderFault(row: index, RowFault("\(error)"))
            }
        }
        // Each row has taken what it lacks from those before it, so the last one knows all.
        guard let shared = drafts.last, let first = drafts.first else {
            throw OrderFault(row: 0, RowFault("The order has no rows."))
        }
        guard shared.customer != nil || shared.addressKey != nil else {
            throw OrderFault(row: 0, RowFault("The row has neither customer nor email; say who bought."))
        }
        guard let at = shared.at else {
            throw OrderFault(row: 0, RowFault("The row has no 'at'; say when the order was made."))
        }
        guard let currency = shared.currency else {
            throw OrderFault(row: 0, RowFault("The order has no currency; add a column or say --currency."))
        }
        records = rows.map(\.record)
        (self.shared, self.at, self.currency) = (shared, at, currency)
        lines = drafts.map(\.line)
        var customer = drafts.first { $0.newCustomer.addressKey != nil }?.newCustomer ?? first.newCustomer
        if let id = shared.customer { customer.values.id = id }
        self.customer = customer
    }

    /// The order of a customer.
    /// - Throws: `OrderFault` when its total is out of range.
    func order(id: OrderID, customer: CustomerID) throws(OrderFault) -> Order {
        let order = Order(
            id: id, customer: customer, at: at, currency: currency, lines: lines, channel: shared.channel)
        guard order.total != nil else {
            throw OrderFault(
                row: 0, RowFault("The total of the order is too large to be counted; correct it."))
        }
        return order
    }

    /// An order with what is known of it where the file lacks the column: of the lines, if it is as many.
    func merged(_ order: Order, with known: Order) -> Order {
        var order = order
        if !shared.fields.contains(.channel) { order.channel = known.channel }
        guard known.lines.count == order.lines.count else { return order }
        for index in order.lines.indices {
            let line = known.lines[index]
            if !shared.fields.contains(.category) { order.lines[index].category = line.category }
            if !shared.fields.contains(.sku) { order.lines[index].sku = line.sku }
            if !shared.fields.contains(.quantity) { order.lines[index].quantity = line.quantity }
            if !shared.fields.contains(.cost) { order.lines[index].cost = line.cost }
        }
        return order
    }
}

/// Why an order was not taken, and which of its rows is to blame.
struct OrderFault: Error {
    /// The row, from 0.
    let row: Int
    let fault: RowFault

    init(row: Int, _ fault: RowFault) {
        (self.row, self.fault) = (row, fault)
    }
}

extension Order {
    /// What the order is, whatever its identifier. Two orders alike are told apart by their rank.
    var contentDigest: String {
        var anonymous = self
        anonymous.id = ""
        return Event.orderSaved(anonymous).digest
    }
}
