import GRDB
import Model

extension IndexView {
    /// Whether a recipient of a run waits, in one of some states, who is due by an instant.
    package func hasDue(_ run: OpenRun, in states: [RecipientState], by now: Timestamp) throws -> Bool {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try !fetch(
            "SELECT 1 FROM recipients WHERE run = ? AND due <= ? AND state IN (\(list)) LIMIT 1",
            [run.number, now.milliseconds]
        ) { $0[0] as Int }.isEmpty
    }

    /// Recipients of a run in some states, in the order of their identifiers.
    /// - Parameters:
    ///   - states: which of them.
    ///   - due: only those who are due by then; nil for all.
    ///   - domains: only those with an address there.
    ///   - after: only customers whose identifier comes later.
    ///   - limit: how many at most.
    package func recipients(
        of run: RunID, in states: [RecipientState], due: Timestamp? = nil, at domains: Domains = .all,
        after: CustomerID? = nil, limit: Int
    ) throws -> [RecipientSummary] {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try fetch(
            """
            SELECT * FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?) AND customer > ?
            AND state IN (\(list)) AND COALESCE(due, 0) <= ?\(domains.sql) ORDER BY customer LIMIT ?
            """,
            [run.text, after?.text ?? "", due?.milliseconds ?? .max] + StatementArguments(domains.suffixes)
                + [limit], recipient)
    }

    /// One recipient of a run.
    package func recipient(_ customer: CustomerID, of run: RunID) throws -> RecipientSummary? {
        try fetch(
            "SELECT * FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?) AND customer = ?",
            [run.text, customer.text], recipient
        ).first
    }

    private func recipient(_ row: Row) throws -> RecipientSummary {
        RecipientSummary(
            customer: CustomerID(row["customer"]), state: try row.word("state", named: "a recipient's state"),
            attempt: row["attempt"],
            relay: row["relay"], reply: row["reply"],
            due: (row["due"] as Int64?).map { Timestamp(milliseconds: $0) },
            first: (row["first"] as Int64?).map { Timestamp(milliseconds: $0) })
    }
}
