import GRDB
import Model

/// A campaign's schedule as it was seen last.
package struct KnownSchedule: Hashable, Sendable {
    /// The schedule's rule in one line.
    package let schedule: String
    /// From when on it holds, in order; more than once where a clock was wrong when it was seen.
    package let since: [Timestamp]
    /// Whether another schedule of the campaign came before it.
    package let isChanged: Bool

    /// A schedule with all its parts.
    package init(schedule: String, since: [Timestamp], isChanged: Bool) {
        (self.schedule, self.since, self.isChanged) = (schedule, since, isChanged)
    }
}

extension IndexView {
    /// The schedules that were seen, by campaign.
    package func schedules() throws -> [String: KnownSchedule] {
        let rows = try fetch("SELECT * FROM schedules ORDER BY since", []) { row in
            (
                row["campaign"] as String,
                KnownSchedule(
                    schedule: row["schedule"], since: [Timestamp(milliseconds: row["since"])],
                    isChanged: row["changed"])
            )
        }
        return Dictionary(rows) { earlier, later in
            KnownSchedule(
                schedule: later.schedule, since: earlier.since + later.since, isChanged: later.isChanged)
        }
    }

    /// Whether there is a run of this identity, sent or skipped.
    package func hasRun(_ id: RunID) throws -> Bool {
        try fetch("SELECT 1 FROM runs WHERE id = ?", [id.text]) { _ in true }.first ?? false
    }

    /// When the last recipient of a campaign's open runs is due; nil when nobody waits.
    package func lastDue(of campaign: String) throws -> Timestamp? {
        try fetch(
            """
            SELECT max(due) FROM recipients WHERE due IS NOT NULL AND state = 'planned'
            AND run IN (SELECT number FROM runs WHERE campaign = ? AND ended IS NULL)
            """, [campaign]
        ) { ($0[0] as Int64?).map { Timestamp(milliseconds: $0) } }.first ?? nil
    }

    /// The zones that customers have, as written, in order. Each costs one look-up, however many customers are
    /// in it.
    package func timezones() throws -> [String] {
        try fetch(
            """
            WITH RECURSIVE zones (name) AS (
                SELECT min(timezone) FROM customers
                UNION ALL
                SELECT (SELECT min(timezone) FROM customers WHERE timezone > name) FROM zones WHERE name IS NOT NULL)
            SELECT name FROM zones WHERE name IS NOT NULL
            """, []
        ) { $0[0] }
    }

    /// Customers whose birthday is one of some days of the year, in the order of their identifiers.
    /// - Parameter days: `02-29`.
    package func customers(bornOn days: [String]) throws -> [CustomerID] {
        let marks = days.map { _ in "?" }.joined(separator: ", ")
        return try fetch(
            "SELECT id FROM customers WHERE substr(birthday, 6) IN (\(marks)) ORDER BY id",
            StatementArguments(days)
        ) { CustomerID($0[0]) }
    }
}

// MARK: - While a run is planned

extension IndexView {
    /// How far the journals go that planning looks at: another answer says that something was recorded since.
    package func planningPosition() throws -> [String: Int64] {
        let rows = try fetch(
            "SELECT store, seq FROM journals WHERE store IN ('customers', 'orders', 'responses')", []
        ) { ($0[0] as String, $0[1] as Int64) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// The zones of some customers, as written; who has none is left out.
    package func timezones(of customers: some Collection<CustomerID>) throws -> [CustomerID: String] {
        let marks = customers.map { _ in "?" }.joined(separator: ", ")
        let rows = try fetch(
            "SELECT id, timezone FROM customers WHERE id IN (\(marks)) AND timezone IS NOT NULL",
            StatementArguments(customers.map(\.text))
        ) { (CustomerID($0[0]), $0[1] as String) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Whether a campaign has followed something that happened.
    package func hasFollowed(_ key: String, by campaign: String) throws -> Bool {
        try fetch("SELECT 1 FROM triggered WHERE campaign = ? AND event = ?", [campaign, key]) { _ in true }
            .first ?? false
    }

    /// When something was last recorded about a recipient of a run.
    package func lastChange(in run: RunID) throws -> Timestamp? {
        try fetch(
            "SELECT max(changed) FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?)",
            [run.text]
        ) { ($0[0] as Int64?).map { Timestamp(milliseconds: $0) } }.first ?? nil
    }
}

// MARK: - What customers have had

/// A mail that a customer was sent, or may have been.
package struct CustomerMail: Hashable, Sendable {
    package let customer: CustomerID
    package let campaign: String
    /// The campaign's topic by then, as the run has it (see `Run.topic`).
    package let topic: String?
    package let at: Timestamp
}

extension IndexView {
    /// The mails that customers were sent after an instant, those in doubt counted, in the order of their identifiers.
    /// - Parameters:
    ///   - customer: to this one alone; nil for all.
    ///   - run: whose mails are left out; nil for none.
    package func mails(to customer: CustomerID? = nil, since: Timestamp, except run: RunID? = nil) throws
        -> [CustomerMail]
    {
        try fetch(
            """
            SELECT recipients.customer, campaign, topic, recipients.changed FROM recipients
            JOIN runs ON runs.number = recipients.run
            WHERE recipients.changed > ? AND recipients.state IN (\(RecipientState.sent))
            \(customer == nil ? "" : "AND recipients.customer = ?") \(run == nil ? "" : "AND runs.id <> ?")
            ORDER BY recipients.customer, recipients.changed
            """,
            [since.milliseconds] + StatementArguments([customer?.text, run?.text].compactMap(\.self))
        ) {
            CustomerMail(
                customer: CustomerID($0[0]), campaign: $0[1], topic: $0[2],
                at: Timestamp(milliseconds: $0[3]))
        }
    }
}
