/// What a column of a file means. The words are the contract of campaign-format.md, "Import columns".
protocol ImportColumn: Hashable, Sendable {
    /// The column by the name that Boon gives it; nil for a name it does not know.
    init?(name: String)
    /// The name that Boon gives it.
    var name: String { get }
    /// All names, for hints.
    static var names: [String] { get }
}

/// Fields with a number each, so that a row can say in one machine word which of them it has.
protocol ImportField: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The names, in the order of the numbers.
    static var names: [String] { get }
}

extension ImportField {
    init?(name: String) {
        guard let number = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: number)
    }

    /// The name that Boon gives it.
    var name: String { Self.names[rawValue] }
}

/// A set of fields.
struct FieldSet<Field: ImportField>: Hashable, Sendable {
    private var bits: UInt32 = 0

    mutating func insert(_ field: Field) { bits |= 1 << UInt32(field.rawValue) }
    func contains(_ field: Field) -> Bool { bits & 1 << UInt32(field.rawValue) != 0 }
}

extension String {
    /// What stands behind a prefix, `plan` in `attributes.plan`; nil where there is no prefix or nothing behind it.
    func part(behind prefix: String) -> String? {
        guard utf8.starts(with: prefix.utf8), utf8.count > prefix.utf8.count else { return nil }
        return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
}

/// Boon's own fields of a customer.
enum CustomerField: Int, ImportField {
    case id, email, firstName, lastName, phone, locale, timezone, country, city, birthday, gender, tags
    case channel, acquisitionCost, joined, consent

    static let names = [
        "id", "email", "first_name", "last_name", "phone", "locale", "timezone", "country", "city",
        "birthday",
        "gender", "tags", "channel", "acquisition_cost", "joined", "consent",
    ]
}

/// Fields of an order and of its lines.
enum OrderField: Int, ImportField {
    case id, customer, email, at, total, currency, category, sku, quantity, channel, cost

    static let names = [
        "id", "customer", "email", "at", "total", "currency", "category", "sku", "quantity", "channel",
        "cost",
    ]
}

/// What a column says of a customer.
enum CustomerColumn: ImportColumn {
    /// One of Boon's own fields.
    case field(CustomerField)
    /// `attributes.NAME`, one of the shop's.
    case attribute(String)

    private static let prefix = "attributes."

    init?(name: String) {
        if let field = CustomerField(name: name) {
            self = .field(field)
        } else if let attribute = name.part(behind: Self.prefix) {
            self = .attribute(attribute)
        } else {
            return nil
        }
    }

    var name: String {
        switch self {
        case .field(let field): field.name
        case .attribute(let name): Self.prefix + name
        }
    }

    static let names = CustomerField.names + [prefix + "NAME"]
}

/// What a column says of an order, one of its lines, or of the customer it may create.
enum OrderColumn: ImportColumn {
    case field(OrderField)
    /// A column of the customer; a name that an order has too (`id`, `email`, `channel`) means the order's.
    case customer(CustomerColumn)

    init?(name: String) {
        if let field = OrderField(name: name) {
            self = .field(field)
        } else if let column = CustomerColumn(name: name) {
            self = .customer(column)
        } else {
            return nil
        }
    }

    var name: String {
        switch self {
        case .field(let field): field.name
        case .customer(let column): column.name
        }
    }

    static let names = OrderField.names
}
