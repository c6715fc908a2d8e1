import GRDB
import Model

/// How many recipients of each state an ended run has, as rows of the index: a list of a thousand runs must not count
/// a thousand times a million. A run that goes on has none of these rows, which every message would change.
struct RunCountRows {
    private let forget: Write
    private let count: Write
    private let leave: Write
    private let enter: Write

    init(_ database: Database) throws {
        forget = try Write(database, "DELETE FROM run_counts WHERE run = ?")
        // One pass that counts all states: grouping by state would sort a million rows.
        let counts = RecipientState.allCases.map {
            "SELECT run, '\($0.rawValue)', \($0.rawValue) FROM counts"
        }
        count = try Write(
            database,
            """
            WITH counts AS MATERIALIZED (
                SELECT run, \(RecipientState.counts) FROM recipients WHERE run = ? GROUP BY run)
            INSERT INTO run_counts \(counts.joined(separator: " UNION ALL "))
            """)
        leave = try Write(
            database,
            """
            UPDATE run_counts SET recipients = recipients - 1 WHERE run = ? AND state =
            (SELECT state FROM recipients WHERE recipients.run = run_counts.run AND recipients.customer = ?)
            """)
        enter = try Write(
            database, "UPDATE run_counts SET recipients = recipients + 1 WHERE run = ? AND state = ?")
    }

    /// Counts a run that has ended, and forgets what was counted of one that goes on again.
    func settle(_ run: Int64, isEnded: Bool, in database: Database) throws {
        try forget(database) { $0.bind(run) }
        if isEnded { try count(database) { $0.bind(run) } }
    }

    /// A recipient of an ended run is about to come into another state.
    func move(_ customer: CustomerID, of run: Int64, to state: RecipientState, in database: Database) throws {
        try leave(database) { row in
            row.bind(run)
            row.bind(customer.text)
        }
        guard database.changesCount == 1 else { return }
        try enter(database) { row in
            row.bind(run)
            row.bind(state.rawValue)
        }
    }
}
