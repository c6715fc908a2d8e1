import GRDB
import Model

/// Where a recipient of a run stands.
package enum RecipientState: String, CaseIterable, Sendable {
    /// Not handed to a relay yet.
    case planned
    /// Named in an intent whose outcome is not known: being sent now, or in doubt after a crash.
    case intended
    case accepted, deferred, refused, failed, skipped
    case inDoubt = "in_doubt"

    init(_ result: MailOutcome.Result) {
        switch result {
        case .accepted: self = .accepted
        case .deferred: self = .deferred
        case .refused: self = .refused
        case .failed: self = .failed
        case .skipped: self = .skipped
        case .inDoubt: self = .inDoubt
        }
    }
}

/// Runs and their recipients as rows of the index.
struct MailRows {
    private let insertRun: Write
    private let finishRun: Write
    private let insertRecipient: Write
    private let intendRecipient: Write
    private let recordOutcome: Write

    init(_ database: Database) throws {
        let number = "(SELECT number FROM runs WHERE id = ?)"
        insertRun = try Write(database, "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, NULL)")
        finishRun = try Write(database, "UPDATE runs SET finished = ? WHERE id = ?")
        insertRecipient = try Write(
            database, "INSERT INTO recipients VALUES (\(number), ?, 'planned', 0, NULL, NULL, NULL, NULL, ?)")
        intendRecipient = try Write(
            database,
            """
            UPDATE recipients SET state = 'intended', relay = ?, first = COALESCE(first, ?), changed = ?, retry = NULL
            WHERE run = \(number) AND customer = ?
            """)
        recordOutcome = try Write(
            database,
            """
            UPDATE recipients SET state = ?, attempt = ?, relay = ?, reply = ?, retry = ?, changed = ?
            WHERE run = \(number) AND customer = ?
            """)
    }

    func plan(_ run: Run, number: Int64, at: Timestamp, in database: Database) throws {
        try insertRun(database) { row in
            row.bind(number)
            row.bind(run.id.text)
            row.bind(run.campaign)
            row.bind(run.occurrence)
            row.bind(at)
            row.bind(Int64(run.recipients))
        }
    }

    func add(_ customers: [CustomerID], to run: RunID, at: Timestamp, in database: Database) throws {
        for customer in customers {
            try insertRecipient(database) { row in
                row.bind(run.text)
                row.bind(customer.text)
                row.bind(at)
            }
        }
    }

    func finish(_ run: RunID, at: Timestamp, in database: Database) throws {
        try finishRun(database) { row in
            row.bind(at)
            row.bind(run.text)
        }
    }

    func intend(_ intent: MailIntent, at: Timestamp, in database: Database) throws {
        for customer in intent.customers {
            try intendRecipient(database) { row in
                row.bind(intent.relay)
                row.bind(at)
                row.bind(at)
                row.bind(intent.run.text)
                row.bind(customer.text)
            }
        }
    }

    func record(_ outcome: MailOutcome, at: Timestamp, in database: Database) throws {
        try recordOutcome(database) { row in
            row.bind(RecipientState(outcome.result).rawValue)
            row.bind(Int64(outcome.attempt))
            row.bind(outcome.relay)
            row.bind(outcome.reply)
            row.bind(outcome.retry)
            row.bind(at)
            row.bind(outcome.run.text)
            row.bind(outcome.customer.text)
        }
    }
}
