import Model

/// Reads the rows of an order file.
struct OrderParser {
    private var customers: CustomerParser
    private var times: LocalTimes
    private let currency: Currency?

    init(_ options: ImportOptions) {
        customers = CustomerParser(options)
        times = LocalTimes(options.zone)
        currency = options.currency
    }

    /// Reads one row.
    /// - Throws: `RowFault`.
    mutating func read(_ record: Record, _ layout: ColumnLayout<OrderColumn>) throws(RowFault) -> OrderDraft {
        var draft = OrderDraft()
        var total: Record.Cell?
        var cost: Record.Cell?
        try record.forEachValue(layout) { column, text, cell throws(ValueFault) in
            switch column {
            case .customer(let column): try customers.read(column, text, into: &draft.newCustomer)
            case .field(let field):
                draft.fields.insert(field)
                if text.isEmpty { return }
                // The currency may stand in a later column, so amounts are read last.
                if field == .total { total = cell }
                if field == .cost { cost = cell }
                try read(field, text, into: &draft)
            }
        }
        guard let total else { throw RowFault("The row has no total; write what was paid for this line.") }
        let money = try amount(
            total, record, layout, draft.currency ?? currency, isFixed: draft.currency != nil)
        draft.currency = money.currency
        draft.line.total = money.minor
        if let cost {
            draft.line.cost = try amount(cost, record, layout, money.currency, isFixed: true).minor
        }
        return draft
    }

    private mutating func read(_ field: OrderField, _ text: String, into draft: inout OrderDraft)
        throws(ValueFault)
    {
        switch field {
        case .id: draft.id = OrderID(try CustomerParser.identifier(text))
        case .customer: draft.customer = CustomerID(try CustomerParser.identifier(text))
        case .email:
            let address = try CustomerParser.address(text)
            draft.addressKey = address.key
            draft.newCustomer.addressKey = address.key
            draft.newCustomer.values.email = address.text
        case .at: draft.at = try times.instant(text)
        case .currency: draft.currency = try Amounts.currency(text)
        case .category: draft.line.category = text
        case .sku: draft.line.sku = text
        case .quantity: draft.line.quantity = try Amounts.quantity(text)
        case .channel: draft.channel = text
        case .total, .cost: break
        }
    }

    private func amount(
        _ cell: Record.Cell, _ record: Record, _ layout: ColumnLayout<OrderColumn>, _ currency: Currency?,
        isFixed: Bool
    ) throws(RowFault) -> Money {
        let text = try record.text(cell, isDefused: layout.isRejectedFile)
        do {
            return try Amounts.money(text, currency, isFixed: isFixed)
        } catch {
            throw RowFault(error.reason, at: cell)
        }
    }
}
