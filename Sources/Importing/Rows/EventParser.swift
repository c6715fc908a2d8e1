import Model

/// Reads the rows of an event file.
struct EventParser: RowParser {
    private var times: LocalTimes

    init(_ options: ImportOptions) {
        times = LocalTimes(options.zone)
    }

    static func requireColumns(of file: Intake<EventColumn>) throws(ImportError) {
        try file.require(.field(.name))
        try file.require(.field(.at))
        try file.require(.field(.customer), or: .field(.email))
    }

    mutating func read(_ record: Record, _ layout: ColumnLayout<EventColumn>) throws(RowFault) -> EventDraft {
        var (id, name): (String?, String?) = (nil, nil)
        var customer = NamedCustomer()
        var occurred: Timestamp?
        var properties: [String: String] = [:]
        try record.forEachValue(layout) { column, text, _ throws(ValueFault) in
            if text.isEmpty { return }
            switch column {
            case .field(.id): id = try CustomerParser.identifier(text)
            case .field(.customer): customer.id = CustomerID(try CustomerParser.identifier(text))
            case .field(.email): customer.addressKey = try CustomerParser.address(text).key
            case .field(.name): name = try Self.name(text)
            case .field(.at): occurred = try times.instant(text)
            case .property(let property): properties[property] = text
            }
        }
        if customer.isNobody {
            throw RowFault("The row has neither customer nor email; say to whom it happened.")
        }
        guard let name else { throw RowFault("The row has no 'name'; say what happened.") }
        guard let occurred else { throw RowFault("The row has no 'at'; say when it happened.") }
        return EventDraft(
            id: id, customer: customer, name: name, occurred: occurred, properties: properties)
    }

    /// A name that a campaign file can say.
    private static func name(_ text: String) throws(ValueFault) -> String {
        guard text.isIdentifier else {
            throw ValueFault(
                "The value '\(text.shortened)' is no name of an event; write at most 64 letters, digits, '-' and '_',"
                    + " such as trial_ended.")
        }
        return text
    }
}
