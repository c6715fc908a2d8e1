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

    /// The runs whose identity begins with a text, the newest first; none for an empty text.
    /// - Parameter limit: how many at most.
    package func runIDs(beginningWith text: String, limit: Int) throws -> [RunID] {
        if text.isEmpty { return [] }
        return try fetch(
            "SELECT id FROM runs WHERE substr(id, 1, ?) = ? ORDER BY number DESC LIMIT ?",
            [text.unicodeScalars.count, text, limit]
        ) { RunID($0[0]) }
    }

    /// The run that a number stands for.
    package func runID(number: Int64) throws -> RunID? {
        try fetch("SELECT id FROM runs WHERE number = ?", [number]) { RunID($0[0]) }.first
    }

    /// Runs that go on, the oldest first, without counting their recipients.
    package func openRuns() throws -> [OpenRun] {
        try fetch(
            "SELECT number, id, campaign, definitions FROM runs WHERE state = 'open' ORDER BY number", []
        ) { row in
            OpenRun(number: row[0], id: RunID(row[1]), campaign: row[2], definitions: row[3])
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
        let ended: Int64? = row["ended"]
        return RunSummary(
            run: Run(
                id: RunID(row["id"]), campaign: row["campaign"],
                occurrence: Timestamp(milliseconds: row["occurrence"]),
                recipients: row["recipients"], definitions: row["definitions"],
                decides: (row["decides"] as Int64?).map { Timestamp(milliseconds: $0) }, topic: row["topic"]),
            number: number, planned: Timestamp(milliseconds: row["planned"]),
            state: try row.word("state", named: "a run's state"),
            reason: row["reason"], ended: ended.map { Timestamp(milliseconds: $0) },
            counts: try counts(ofRun: number, isEnded: ended != nil))
    }

    /// Those of an ended run are kept; a run that goes on is counted.
    private func counts(ofRun number: Int64, isEnded: Bool) throws -> [RecipientState: Int] {
        if isEnded {
            let kept = try fetch("SELECT state, recipients FROM run_counts WHERE run = ?", [number]) { row in
                (
                    try row.word("state", named: "a recipient's state") as RecipientState,
                    row["recipients"] as Int
                )
            }
            return Dictionary(uniqueKeysWithValues: kept.filter { $0.1 > 0 })
        }
        let states = RecipientState.allCases
        return try fetch("SELECT \(RecipientState.counts) FROM recipients WHERE run = ?", [number]) { row in
            let known = states.map { ($0, row[$0.rawValue] as Int) }
            return Dictionary(uniqueKeysWithValues: known.filter { $0.1 > 0 })
        }.first ?? [:]
    }
}
