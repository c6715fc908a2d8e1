import GRDB
import Model

/// A run as the index knows it.
package struct RunSummary: Hashable, Sendable {
    package let run: Run
    /// When it was planned.
    package let planned: Timestamp
    /// When nobody was left to mail; nil while it goes on.
    package let finished: Timestamp?
    /// How many recipients are in each state; states without any are left out.
    package let counts: [RecipientState: Int]
}

/// A recipient of a run as the index knows them.
package struct RecipientSummary: Hashable, Sendable {
    package let customer: CustomerID
    package let state: RecipientState
    /// Attempts so far.
    package let attempt: Int
    /// The relay's last reply without the address, or our reason.
    package let reply: String?
    /// When to try again, for a deferred message.
    package let retry: Timestamp?
    /// When it was first named in an intent; nil before that.
    package let first: Timestamp?
}

extension IndexView {
    /// All runs, the newest first.
    package func runs() throws -> [RunSummary] {
        try fetch("SELECT * FROM runs ORDER BY number DESC", [], summary)
    }

    /// The run of a campaign that was planned last.
    package func latestRun(of campaign: String) throws -> RunSummary? {
        try fetch(
            "SELECT * FROM runs WHERE campaign = ? ORDER BY number DESC LIMIT 1", [campaign], summary
        ).first
    }

    /// A run by identity.
    package func run(_ id: RunID) throws -> RunSummary? {
        try fetch("SELECT * FROM runs WHERE id = ?", [id.text], summary).first
    }

    /// Recipients of a run in some states, in the order of their identifiers.
    /// - Parameters:
    ///   - states: which of them.
    ///   - due: only those whose next attempt is not later than this.
    ///   - after: only customers whose identifier comes later.
    ///   - limit: how many at most.
    package func recipients(
        of run: RunID, in states: [RecipientState], due: Timestamp? = nil, after: CustomerID? = nil,
        limit: Int
    ) throws -> [RecipientSummary] {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try fetch(
            """
            SELECT * FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?) AND customer > ?
            AND state IN (\(list)) AND COALESCE(retry, 0) <= ? ORDER BY customer LIMIT ?
            """, [run.text, after?.text ?? "", due?.milliseconds ?? .max, limit]
        ) { row in
            RecipientSummary(
                customer: CustomerID(row["customer"]), state: try state(row["state"]),
                attempt: row["attempt"],
                reply: row["reply"], retry: (row["retry"] as Int64?).map { Timestamp(milliseconds: $0) },
                first: (row["first"] as Int64?).map { Timestamp(milliseconds: $0) })
        }
    }

    /// How many mails a customer was sent after an instant, those in doubt counted.
    /// - Parameter campaign: of this campaign alone; nil for all.
    package func mailCount(to customer: CustomerID, of campaign: String?, since: Timestamp) throws -> Int {
        try fetch(
            """
            SELECT count(*) FROM recipients JOIN runs ON runs.number = recipients.run
            WHERE recipients.customer = ? AND recipients.changed > ?
            AND recipients.state IN ('accepted', 'intended', 'in_doubt') AND campaign = COALESCE(?, campaign)
            """, [customer.text, since.milliseconds, campaign]
        ) { row in row[0] as Int }.first ?? 0
    }

    private func summary(_ row: Row) throws -> RunSummary {
        let number: Int64 = row["number"]
        let counts = try fetch(
            "SELECT state, count(*) FROM recipients WHERE run = ? GROUP BY state", [number]
        ) { row in (try state(row[0]), row[1] as Int) }
        return RunSummary(
            run: Run(
                campaign: row["campaign"], occurrence: Timestamp(milliseconds: row["occurrence"]),
                recipients: row["recipients"]),
            planned: Timestamp(milliseconds: row["planned"]),
            finished: (row["finished"] as Int64?).map { Timestamp(milliseconds: $0) },
            counts: Dictionary(uniqueKeysWithValues: counts))
    }

    private func state(_ text: String) throws -> RecipientState {
        guard let state = RecipientState(rawValue: text) else {
            throw StoreError.index(reason: "a recipient's state is '\(text)'")
        }
        return state
    }
}
