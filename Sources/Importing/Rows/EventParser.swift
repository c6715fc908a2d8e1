import Model

/// Reads the rows of an event file.
struct EventParser {
    private var times: LocalTimes

    init(_ options: ImportOptions) {
        times = LocalTimes(options.zone)
    }

    /// Reads one row.
    /// - Throws: `RowFault`.
    mutating func read(_ record: Record, _ layout: ColumnLayout<EventColumn>) throws(RowFault) -> EventDraft {
        var (id, name): (String?, String?) = (nil, nil)
        var (customer, addressKey): (CustomerID?, String?) = (nil, nil)
        var occurred: Timestamp?
        var properties: [String: String] = [:]
        try record.forEachValue(layout) { column, text, _ throws(ValueFault) in
            if text.isEmpty { return }
            switch column {
            case .field(.id): id = try CustomerParser.identifier(text)
            case .field(.customer): customer = CustomerID(try CustomerParser.identifier(text))
            case .field(.email): addressKey = try CustomerParser.address(text).key
            case .field(.name): name = try Self.name(text)
            case .field(.at): occurred = try times.instant(text)
            case .property(let property): properties[property] = text
            }
        }
        guard customer != nil || addressKey != nil else {
            throw RowFault("The row has neither customer nor email; say to whom it happened.")
        }
        guard let name else { throw RowFault("The row has no 'name'; say what happened.") }
        guard let occurred else { throw RowFault("The row has no 'at'; say when it happened.") }
        return EventDraft(
            id: id, customer: customer, addressKey: addressKey, name: name, occurred: occurred,
            properties: properties)
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
