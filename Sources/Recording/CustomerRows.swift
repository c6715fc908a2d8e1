import GRDB
import Model

/// Customers as rows of the index, both ways.
struct CustomerRows {
    /// A customer's number is that of their first record, so it stays theirs whatever changes later.
    private static let columns = [
        "number", "email_since", "id", "email", "first_name", "last_name", "phone", "phone_key", "locale",
        "timezone",
        "country", "city",
        "birthday",
        "gender", "tags", "channel", "acquisition_cost", "joined", "consent", "consent_source", "attributes",
    ]

    private let save: Write

    init(_ database: Database) throws {
        let names = Self.columns.joined(separator: ", ")
        let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
        let updates = Self.columns.dropFirst(3).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        save = try Write(
            database,
            """
            INSERT INTO customers (\(names)) VALUES (\(marks)) ON CONFLICT (id) DO UPDATE SET \(updates),
            email_since = CASE WHEN customers.email = excluded.email THEN customers.email_since
            ELSE excluded.email_since END
            """)
    }

    func save(_ customer: Customer, seq: Int64, at: Timestamp, in database: Database) throws {
        try save(database) { row in
            row.bind(seq)
            row.bind(at)
            row.bind(customer.id.text)
            row.bind(customer.email)
            row.bind(customer.firstName)
            row.bind(customer.lastName)
            row.bind(customer.phone)
            row.bind(customer.phone.map { PhoneNumber.key(of: $0) ?? $0 })
            row.bind(customer.locale)
            row.bind(customer.timezone)
            row.bind(customer.country)
            row.bind(customer.city)
            row.bind(customer.birthday?.description)
            row.bind(customer.gender)
            row.bind(Self.text(of: customer.tags))
            row.bind(customer.channel)
            row.bind(customer.acquisitionCost?.description)
            row.bind(customer.joined)
            row.bind(customer.consent.rawValue)
            row.bind(customer.consentSource)
            row.bind(JSONText.text(of: customer.attributes))
        }
    }

    /// `|a|b|`, so that a tag is found as `|a|`; NULL for none.
    private static func text(of tags: [String]) -> String? {
        tags.isEmpty ? nil : "|" + tags.joined(separator: "|") + "|"
    }

    static func customer(_ row: Row) throws -> Customer {
        let consent: Consent = try row.word("consent", named: "a customer's consent")
        var customer = Customer(id: CustomerID(row["id"]), email: row["email"], consent: consent)
        customer.firstName = row["first_name"]
        customer.lastName = row["last_name"]
        customer.phone = row["phone"]
        customer.locale = row["locale"]
        customer.timezone = row["timezone"]
        customer.country = row["country"]
        customer.city = row["city"]
        customer.birthday = (row["birthday"] as String?).flatMap { CalendarDate($0) }
        customer.gender = row["gender"]
        customer.tags = (row["tags"] as String? ?? "").split(separator: "|").map(String.init)
        customer.channel = row["channel"]
        customer.acquisitionCost = (row["acquisition_cost"] as String?).flatMap { Money($0) }
        customer.joined = (row["joined"] as Int64?).map { Timestamp(milliseconds: $0) }
        customer.consentSource = row["consent_source"]
        customer.attributes = try JSONText.texts(row["attributes"])
        return customer
    }
}
