import GRDB
import Model

/// Bounces and suppressions as rows of the index, both ways.
struct BounceRows {
    private let insertBounce: Write
    private let suppress: Write
    private let restore: Write

    init(_ database: Database) throws {
        insertBounce = try Write(
            database, "INSERT INTO bounces VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (report) DO NOTHING")
        // What a person has decided, the recipient or the shop, is not replaced by what a mail server says.
        suppress = try Write(
            database,
            """
            INSERT INTO suppressions VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer) DO UPDATE SET reason = excluded.reason, detail = excluded.detail,
            actor = excluded.actor, recorded = excluded.recorded
            WHERE suppressions.reason IN (\(Self.addressReasons)) OR excluded.reason NOT IN (\(Self.addressReasons))
            """)
        restore = try Write(database, "DELETE FROM suppressions WHERE customer = ?")
    }

    func add(_ bounce: MailBounce, in database: Database) throws {
        try insertBounce(database) { row in
            row.bind(bounce.report)
            row.bind(bounce.run.text)
            row.bind(bounce.customer.text)
            row.bind(bounce.kind.rawValue)
            row.bind(bounce.status)
            row.bind(bounce.reply)
            row.bind(bounce.occurred)
        }
    }

    func suppress(_ suppression: Suppression, at: Timestamp, in database: Database) throws {
        try suppress(database) { row in
            row.bind(suppression.customer.text)
            row.bind(suppression.reason.rawValue)
            row.bind(suppression.detail)
            row.bind(suppression.actor)
            row.bind(at)
        }
    }

    func restore(_ customer: CustomerID, in database: Database) throws {
        try restore(database) { $0.bind(customer.text) }
    }

    /// The suppression in a row; nil where there is none.
    static func suppression(_ row: Row, of customer: CustomerID) throws -> Suppression? {
        if row["reason"] as String? == nil { return nil }
        return Suppression(
            customer: customer, reason: try row.word("reason", named: "a suppression's reason"),
            detail: row["detail"], actor: row["actor"])
    }

    static func bounce(_ row: Row) throws -> MailBounce {
        MailBounce(
            report: row["report"], run: RunID(row["run"]), customer: CustomerID(row["customer"]),
            kind: try row.word("kind", named: "a bounce's kind"),
            status: row["status"], reply: row["reply"], occurred: Timestamp(milliseconds: row["occurred"]))
    }

    /// The reasons that concern an address and not its owner, as SQL.
    private static let addressReasons = Suppression.Reason.allCases.filter(\.concernsAddress)
        .map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// SQL that is true for a row of `customers` whose address may not be mailed. A fault of an address ends when
    /// the customer has another one.
    static let isSuppressed = """
        EXISTS (SELECT 1 FROM suppressions WHERE suppressions.customer = customers.id
        AND (suppressions.reason NOT IN (\(addressReasons)) OR suppressions.recorded >= customers.email_since))
        """
}
