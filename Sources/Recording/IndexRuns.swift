import GRDB
import Model

/// A run as the index knows it.
package struct RunSummary: Hashable, Sendable {
    package let run: Run
    /// What the index knows it by.
    package let number: Int64
    /// When it was planned.
    package let planned: Timestamp
    package let state: RunState
    /// Why it is paused or was skipped.
    package let reason: String?
    /// When nobody was left to mail, or it was cancelled; nil while it goes on.
    package let ended: Timestamp?
    /// How many recipients are in each state; states without any are left out.
    package let counts: [RecipientState: Int]
}

/// A run that goes on.
package struct OpenRun: Hashable, Sendable {
    /// What the index knows it by.
    package let number: Int64
    package let id: RunID
    /// The campaign's identifier.
    package let campaign: String
}

/// A recipient of a run as the index knows them.
package struct RecipientSummary: Hashable, Sendable {
    package let customer: CustomerID
    package let state: RecipientState
    /// Attempts so far.
    package let attempt: Int
    /// The relay that was asked last.
    package let relay: String?
    /// The relay's last reply without the address, or our reason.
    package let reply: String?
    /// From when on it is sent, or tried again; nil for at once.
    package let due: Timestamp?
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

    /// The run that a number stands for.
    package func runID(number: Int64) throws -> RunID? {
        try fetch("SELECT id FROM runs WHERE number = ?", [number]) { RunID($0[0]) }.first
    }

    /// Runs that go on, the oldest first, without counting their recipients.
    package func openRuns() throws -> [OpenRun] {
        try fetch("SELECT number, id, campaign FROM runs WHERE state = 'open' ORDER BY number", []) { row in
            OpenRun(number: row[0], id: RunID(row[1]), campaign: row[2])
        }
    }

    /// Whether a recipient of a run waits, in one of some states, who is due by an instant.
    package func hasDue(_ run: OpenRun, in states: [RecipientState], by now: Timestamp) throws -> Bool {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try !fetch(
            "SELECT 1 FROM recipients WHERE run = ? AND due <= ? AND state IN (\(list)) LIMIT 1",
            [run.number, now.milliseconds]
        ) { $0[0] as Int }.isEmpty
    }

    /// Whether a run goes on, without counting its recipients, and why it is paused.
    package func standing(of run: RunID) throws -> (state: RunState, reason: String?)? {
        try fetch("SELECT state, reason FROM runs WHERE id = ?", [run.text]) { row in
            (try state(row[0]) as RunState, row[1] as String?)
        }.first
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

    /// What a relay was given so far.
    package func use(ofRelay relay: String, at now: Timestamp) throws -> RelayUse {
        try fetch(
            "SELECT min(day), sum(CASE WHEN day = ? THEN messages ELSE 0 END) FROM relay_days WHERE relay = ?",
            [RelayUse.day(of: now), relay]
        ) { RelayUse(firstDay: $0[0], today: ($0[1] as Int?) ?? 0) }.first
            ?? RelayUse(firstDay: nil, today: 0)
    }

    private func summary(_ row: Row) throws -> RunSummary {
        let number: Int64 = row["number"]
        return RunSummary(
            run: Run(
                id: RunID(row["id"]), campaign: row["campaign"],
                occurrence: Timestamp(milliseconds: row["occurrence"]),
                recipients: row["recipients"]),
            number: number, planned: Timestamp(milliseconds: row["planned"]), state: try state(row["state"]),
            reason: row["reason"], ended: (row["ended"] as Int64?).map { Timestamp(milliseconds: $0) },
            counts: try counts(ofRun: number))
    }

    /// One count for each state: grouping would sort a million rows.
    private func counts(ofRun number: Int64) throws -> [RecipientState: Int] {
        let states = RecipientState.allCases
        let counts = states.map { "count(*) FILTER (WHERE state = '\($0.rawValue)')" }.joined(separator: ", ")
        return try fetch("SELECT \(counts) FROM recipients WHERE run = ?", [number]) { row in
            let known = states.indices.map { (states[$0], row[$0] as Int) }
            return Dictionary(uniqueKeysWithValues: known.filter { $0.1 > 0 })
        }.first ?? [:]
    }

    private func recipient(_ row: Row) throws -> RecipientSummary {
        RecipientSummary(
            customer: CustomerID(row["customer"]), state: try state(row["state"]), attempt: row["attempt"],
            relay: row["relay"], reply: row["reply"],
            due: (row["due"] as Int64?).map { Timestamp(milliseconds: $0) },
            first: (row["first"] as Int64?).map { Timestamp(milliseconds: $0) })
    }

    private func state<State: RawRepresentable<String>>(_ text: String) throws -> State {
        guard let state = State(rawValue: text) else {
            throw StoreError.index(reason: "the state of a run or a recipient is '\(text)'")
        }
        return state
    }
}

/// Addresses at some domains. Stored addresses have theirs in lower case, as A-labels.
package enum Domains: Hashable, Sendable {
    case all
    case only(String)
    case except([String])

    /// Goes behind a condition over `recipients`.
    fileprivate var sql: String {
        if suffixes.isEmpty { return "" }
        let tests = suffixes.map { _ in "email LIKE ?" }.joined(separator: " OR ")
        let known = "EXISTS (SELECT 1 FROM customers WHERE id = recipients.customer AND (\(tests)))"
        if case .only = self { return " AND \(known)" }
        return " AND NOT \(known)"
    }

    /// Patterns of the addresses: a domain holds no wildcard.
    fileprivate var suffixes: [String] {
        switch self {
        case .all: []
        case .only(let domain): ["%@\(domain)"]
        case .except(let domains): domains.map { "%@\($0)" }
        }
    }
}
