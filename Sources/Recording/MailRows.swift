import GRDB
import Model

/// Runs and their recipients as rows of the index.
struct MailRows {
    private let lookUp: Lookup
    private let counts: RunCountRows
    private let insertRun: Write
    private let changeRun: Write
    private let insertRecipient: Write
    private let intendRecipient: Write
    private let countIntended: Write
    private let discount: Write
    private let dropEmptyDay: Write
    private let recordOutcome: Write
    private let giveBack: Write
    private let lookUpAttempt: Lookup

    init(_ database: Database) throws {
        lookUp = try Lookup(database, "SELECT number, ended IS NOT NULL FROM runs WHERE id = ?")
        counts = try RunCountRows(database)
        insertRun = try Write(
            database, "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, 'open', NULL, NULL, ?, ?, ?)")
        changeRun = try Write(database, "UPDATE runs SET state = ?, reason = ?, ended = ? WHERE id = ?")
        insertRecipient = try Write(
            database,
            "INSERT INTO recipients VALUES (?, ?, 'planned', 0, NULL, NULL, ?, NULL, ?)")
        intendRecipient = try Write(
            database,
            """
            UPDATE recipients SET state = 'intended', relay = ?, first = COALESCE(first, ?), changed = ?,
            due = CASE WHEN attempt = 0 THEN due END
            WHERE run = ? AND customer = ?
            """)
        countIntended = try Write(
            database,
            """
            INSERT INTO relay_days VALUES (?, ?, ?)
            ON CONFLICT (relay, day) DO UPDATE SET messages = relay_days.messages + excluded.messages
            """)
        discount = try Write(
            database, "UPDATE relay_days SET messages = messages - 1 WHERE relay = ? AND day = ?")
        dropEmptyDay = try Write(
            database, "DELETE FROM relay_days WHERE relay = ? AND day = ? AND messages <= 0")
        // What went before the first attempt that counts, a pause perhaps, takes none of its patience.
        recordOutcome = try Write(
            database,
            """
            UPDATE recipients SET first = CASE WHEN attempt = 0 AND ? > 0 THEN changed ELSE first END,
            state = ?, attempt = ?, relay = ?, reply = ?, due = ?, changed = ?
            WHERE run = ? AND customer = ?
            """)
        giveBack = try Write(
            database,
            """
            UPDATE recipients SET state = 'planned', relay = NULL, reply = NULL, first = NULL,
            due = COALESCE(due, ?), changed = ?
            WHERE run = ? AND customer = ?
            """)
        lookUpAttempt = try Lookup(
            database, "SELECT attempt, changed FROM recipients WHERE run = ? AND customer = ?")
    }

    func plan(_ run: Run, number: Int64, at: Timestamp, in database: Database) throws {
        try insertRun(database) { row in
            row.bind(number)
            row.bind(run.id.text)
            row.bind(run.campaign)
            row.bind(run.occurrence)
            row.bind(at)
            row.bind(Int64(run.recipients))
            row.bind(run.definitions)
            row.bind(run.decides)
            row.bind(run.topic)
        }
    }

    func add(
        _ customers: [CustomerID], to run: RunID, due: Timestamp?, at: Timestamp, in database: Database
    ) throws {
        let number = try standing(of: run, in: database)?.number
        for customer in customers {
            try insertRecipient(database) { row in
                row.bind(number)
                row.bind(customer.text)
                row.bind(due)
                row.bind(at)
            }
        }
        try settle(run, in: database)
    }

    /// - Parameters:
    ///   - reason: why it is paused.
    ///   - ended: when it ended; nil while it may go on.
    func change(
        _ run: RunID, to state: RunState, reason: String? = nil, ended: Timestamp? = nil,
        in database: Database
    ) throws {
        try changeRun(database) { row in
            row.bind(state.rawValue)
            row.bind(reason)
            row.bind(ended)
            row.bind(run.text)
        }
        try settle(run, in: database)
    }

    /// Keeps the counts of a run as its standing and its recipients are by now.
    func settle(_ run: RunID, in database: Database) throws {
        guard let standing = try standing(of: run, in: database) else { return }
        try counts.settle(standing.number, isEnded: standing.isEnded, in: database)
    }

    private func standing(of run: RunID, in database: Database) throws -> (number: Int64, isEnded: Bool)? {
        try lookUp(database) { $0.bind(run.text) }.map { ($0, $1 == 1) }
    }

    func intend(_ intent: MailIntent, at: Timestamp, in database: Database) throws {
        let run = try standing(of: intent.run, in: database)
        for customer in intent.customers {
            if let run, run.isEnded { try counts.move(customer, of: run.number, to: .intended, in: database) }
            try intendRecipient(database) { row in
                row.bind(intent.relay)
                row.bind(at)
                row.bind(at)
                row.bind(run?.number)
                row.bind(customer.text)
            }
        }
        try countIntended(database) { row in
            row.bind(intent.relay)
            row.bind(RelayUse.day(of: at))
            row.bind(Int64(intent.customers.count))
        }
    }

    func record(_ outcome: MailOutcome, at: Timestamp, in database: Database) throws {
        let run = try standing(of: outcome.run, in: database)
        let state = RecipientState(after: outcome)
        if let run, run.isEnded { try counts.move(outcome.customer, of: run.number, to: state, in: database) }
        try uncount(outcome, of: run?.number, in: database)
        if state == .planned {
            return try giveBack(database) { row in
                row.bind(outcome.retry)
                row.bind(at)
                row.bind(run?.number)
                row.bind(outcome.customer.text)
            }
        }
        try recordOutcome(database) { row in
            row.bind(Int64(outcome.attempt))
            row.bind(state.rawValue)
            row.bind(Int64(outcome.attempt))
            row.bind(outcome.relay)
            row.bind(outcome.reply)
            row.bind(outcome.retry)
            row.bind(at)
            row.bind(run?.number)
            row.bind(outcome.customer.text)
        }
    }

    /// What a relay never got takes nothing of its day, or one that is down would use up its warm-up.
    private func uncount(_ outcome: MailOutcome, of run: Int64?, in database: Database) throws {
        guard let relay = outcome.relay, outcome.result == .withdrawn || outcome.result == .deferred,
            let (attempt, changed) = try lookUpAttempt(
                database,
                {
                    $0.bind(run)
                    $0.bind(outcome.customer.text)
                }), attempt == outcome.attempt
        else { return }
        let day = RelayUse.day(of: Timestamp(milliseconds: changed))
        for write in [discount, dropEmptyDay] {
            try write(database) { row in
                row.bind(relay)
                row.bind(day)
            }
        }
    }
}
