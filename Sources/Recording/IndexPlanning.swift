import GRDB
import Model

/// A campaign's schedule as it was seen last.
package struct KnownSchedule: Hashable, Sendable {
    /// The schedule's rule in one line.
    package let schedule: String
    /// From when on it holds.
    package let since: Timestamp
    /// Whether another schedule of the campaign came before it.
    package let isChanged: Bool

    /// A schedule with all its parts.
    package init(schedule: String, since: Timestamp, isChanged: Bool) {
        (self.schedule, self.since, self.isChanged) = (schedule, since, isChanged)
    }
}

extension IndexView {
    /// The schedules that were seen, by campaign.
    package func schedules() throws -> [String: KnownSchedule] {
        let rows = try fetch("SELECT * FROM schedules", []) { row in
            (
                row["campaign"] as String,
                KnownSchedule(
                    schedule: row["schedule"], since: Timestamp(milliseconds: row["since"]),
                    isChanged: row["changed"])
            )
        }
        return Dictionary(uniqueKeysWithValues: rows)
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
