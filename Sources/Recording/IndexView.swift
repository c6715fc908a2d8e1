import GRDB
import Model

/// One consistent state of the index, to ask questions of. All SQL of Boon stands in this target.
package struct IndexView {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func fetch<Value>(_ sql: String, _ arguments: StatementArguments, _ read: (Row) throws -> Value) throws
        -> [Value]
    {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try read(row)) }
        return values
    }
}

// MARK: - Customers

extension IndexView {
    /// A customer by identifier.
    package func customer(_ id: CustomerID) throws -> Customer? {
        try fetch("SELECT * FROM customers WHERE id = ?", [id.text], CustomerRows.customer).first
    }

    /// The customers with a normalised address, whatever the case of its letters: one, but where duplicates
    /// came by other means than an import.
    package func customers(email: String) throws -> [Customer] {
        try fetch(
            "SELECT * FROM customers WHERE lower(email) = lower(?) ORDER BY id", [email],
            CustomerRows.customer)
    }

    /// The customers with a phone number, however it is written (`PhoneNumber.key`).
    package func customers(phone: String) throws -> [Customer] {
        try fetch(
            "SELECT * FROM customers WHERE phone_key = ? ORDER BY id",
            [PhoneNumber.key(of: phone) ?? phone],
            CustomerRows.customer)
    }

    /// Whose address this is, whatever the case of its letters.
    package func customerID(email: String) throws -> CustomerID? {
        try fetch("SELECT id FROM customers WHERE lower(email) = lower(?) ORDER BY id LIMIT 1", [email]) {
            CustomerID($0[0])
        }.first
    }

    /// The number that the index knows a customer by, which stays theirs.
    package func customerNumber(_ id: CustomerID) throws -> Int64? {
        try fetch("SELECT number FROM customers WHERE id = ?", [id.text]) { $0[0] as Int64 }.first
    }

    /// Whose number this is.
    package func customerID(number: Int64) throws -> CustomerID? {
        try fetch("SELECT id FROM customers WHERE number = ?", [number]) { CustomerID($0[0]) }.first
    }

    /// Customers who may be mailed, in the order of their identifiers.
    /// - Parameters:
    ///   - after: only those whose identifier comes later.
    ///   - limit: how many at most.
    package func subscribedCustomers(after: CustomerID?, limit: Int) throws -> [Customer] {
        try fetch(
            """
            SELECT * FROM customers WHERE consent = 'subscribed' AND NOT \(BounceRows.isSuppressed) AND id > ?
            ORDER BY id LIMIT ?
            """,
            [after?.text ?? "", limit], CustomerRows.customer)
    }

    /// How many customers there are, whatever their consent.
    package func customerCount() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM customers") ?? 0
    }
}

// MARK: - Orders

extension IndexView {
    /// An order by identifier, with its lines.
    package func order(_ id: OrderID) throws -> Order? {
        try orders("SELECT * FROM orders WHERE id = ?", [id.text]).first
    }

    /// A customer's orders, oldest first.
    package func orders(of customer: CustomerID) throws -> [Order] {
        try orders("SELECT * FROM orders WHERE customer = ? ORDER BY occurred, id", [customer.text])
    }

    /// Customers with orders that have no entry in the points ledger, in the order of their identifiers.
    /// - Parameters:
    ///   - prefix: what the key of an order's entry begins with; the order's identifier follows.
    ///   - after: only customers whose identifier comes later.
    ///   - limit: how many at most.
    package func customersWithUnearnedOrders(
        prefix: String, after: CustomerID?, limit: Int
    ) throws -> [CustomerID] {
        try fetch(
            """
            SELECT DISTINCT customer FROM orders WHERE customer > ? AND NOT EXISTS
            (SELECT 1 FROM points_entries WHERE "key" = ? || orders.id) ORDER BY customer LIMIT ?
            """, [after?.text ?? "", prefix, limit]
        ) { CustomerID($0[0]) }
    }

    private func orders(_ sql: String, _ arguments: StatementArguments) throws -> [Order] {
        try fetch(sql, arguments) { row in
            let lines = try fetch(
                #"SELECT * FROM order_lines WHERE "order" = ? ORDER BY position"#, [row["id"] as String],
                OrderRows.line)
            return try OrderRows.order(row, lines: lines)
        }
    }
}

// MARK: - Points and responses

extension IndexView {
    /// A customer's points ledger, in the order recorded.
    package func points(of customer: CustomerID) throws -> [PointsEntry] {
        var taken: [Int64: [PointsEntry.LotChange]] = [:]
        let changes = try fetch(
            "SELECT entry, lot, points FROM points_taken WHERE customer = ? ORDER BY entry, rowid",
            [customer.text]
        ) { row in (row[0] as Int64, PointsEntry.LotChange(lot: row[1], points: row[2])) }
        for (entry, change) in changes { taken[entry, default: []].append(change) }
        return try fetch("SELECT * FROM points_entries WHERE customer = ? ORDER BY seq", [customer.text]) {
            row in
            try PointsRows.entry(row, lots: taken[row["seq"]] ?? [])
        }
    }

    /// An entry of the points ledger by its idempotency key, whoever's it is.
    package func pointsEntry(key: String) throws -> PointsEntry? {
        let owner = try fetch(#"SELECT customer FROM points_entries WHERE "key" = ?"#, [key]) {
            CustomerID($0[0])
        }
        return try owner.first.flatMap { try points(of: $0).first { $0.key == key } }
    }

    /// The answers to a survey, in the order recorded.
    package func answers(survey: String) throws -> [Answer] {
        try fetch("SELECT * FROM answers WHERE survey = ? ORDER BY seq", [survey], ResponseRows.answer)
    }

    /// A customer's answers, in the order recorded.
    package func answers(of customer: CustomerID) throws -> [Answer] {
        try fetch(
            "SELECT * FROM answers WHERE customer = ? ORDER BY seq", [customer.text], ResponseRows.answer)
    }

    /// A customer's other events, in the order recorded.
    package func events(of customer: CustomerID) throws -> [CustomerEvent] {
        try fetch("SELECT * FROM events WHERE customer = ? ORDER BY seq", [customer.text], ResponseRows.event)
    }

    /// An event by its idempotency key.
    package func event(id: String) throws -> CustomerEvent? {
        try fetch("SELECT * FROM events WHERE id = ?", [id], ResponseRows.event).first
    }
}
