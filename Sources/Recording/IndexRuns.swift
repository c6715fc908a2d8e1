import GRDB
import Model

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

    /// Whether a run goes on, without counting its recipients, and why it is paused.
    package func standing(of run: RunID) throws -> (state: RunState, reason: String?)? {
        try fetch("SELECT state, reason FROM runs WHERE id = ?", [run.text]) { row in
            (try row.word("state", named: "a run's state") as RunState, row["reason"] as String?)
        }.first
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
            number: number, planned: Timestamp(milliseconds: row["planned"]),
            state: try row.word("state", named: "a run's state"),
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
}
