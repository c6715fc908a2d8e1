import GRDB
import Model

/// What planning has seen and decided, as rows of the index.
struct ScheduleRows {
    private let saveSchedule: Write
    private let dropOtherSchedules: Write
    private let insertRecipient: Write
    private let insertEvent: Write
    private let extendRun: Write

    init(_ database: Database) throws {
        saveSchedule = try Write(
            database,
            """
            INSERT INTO schedules VALUES (?, ?, ?, COALESCE(
                (SELECT max(CASE WHEN schedule = ? THEN changed ELSE 1 END) FROM schedules WHERE campaign = ?), 0))
            ON CONFLICT (campaign, since) DO UPDATE SET schedule = excluded.schedule, changed = excluded.changed
            """)
        dropOtherSchedules = try Write(
            database, "DELETE FROM schedules WHERE campaign = ? AND schedule <> ?")
        insertRecipient = try Write(
            database,
            """
            INSERT INTO recipients
            VALUES ((SELECT number FROM runs WHERE id = ?), ?, ?, 0, NULL, ?, ?, NULL, ?)
            """)
        insertEvent = try Write(
            database, "INSERT INTO triggered VALUES ((SELECT campaign FROM runs WHERE id = ?), ?)")
        extendRun = try Write(
            database,
            """
            UPDATE runs SET recipients = recipients + ?, state = CASE WHEN state = 'finished' THEN 'open' ELSE state END,
            ended = CASE WHEN state = 'finished' THEN NULL ELSE ended END WHERE id = ?
            """)
    }

    func save(_ schedule: ScheduledCampaign, in database: Database) throws {
        try saveSchedule(database) { row in
            row.bind(schedule.campaign)
            row.bind(schedule.schedule)
            row.bind(schedule.since)
            row.bind(schedule.schedule)
            row.bind(schedule.campaign)
        }
        try dropOtherSchedules(database) { row in
            row.bind(schedule.campaign)
            row.bind(schedule.schedule)
        }
    }

    func add(_ recipients: TriggeredRecipients, at: Timestamp, in database: Database) throws {
        let state: RecipientState = recipients.reason == nil ? .planned : .skipped
        for member in recipients.members {
            try insertRecipient(database) { row in
                row.bind(recipients.run.text)
                row.bind(member.customer.text)
                row.bind(state.rawValue)
                row.bind(recipients.reason)
                // Whoever waits for somebody of an open run to be due finds those who are added to it.
                row.bind(state == .planned ? at : nil)
                row.bind(at)
            }
            try insertEvent(database) { row in
                row.bind(recipients.run.text)
                row.bind(member.event)
            }
        }
        try extendRun(database) { row in
            row.bind(Int64(recipients.members.count))
            row.bind(recipients.run.text)
        }
    }
}
