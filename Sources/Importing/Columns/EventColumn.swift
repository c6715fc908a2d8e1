/// Boon's own fields of an event.
enum EventField: Int, ImportField {
    case id, customer, email, name, at

    static let names = ["id", "customer", "email", "name", "at"]
}

/// What a column says of an event.
enum EventColumn: ImportColumn {
    case field(EventField)
    /// `properties.NAME`, what else the shop knows of it.
    case property(String)

    private static let prefix = "properties."

    init?(name: String) {
        if let field = EventField(name: name) {
            self = .field(field)
        } else if let property = name.part(behind: Self.prefix) {
            self = .property(property)
        } else {
            return nil
        }
    }

    var name: String {
        switch self {
        case .field(let field): field.name
        case .property(let name): Self.prefix + name
        }
    }

    static let names = EventField.names + [prefix + "NAME"]
}
