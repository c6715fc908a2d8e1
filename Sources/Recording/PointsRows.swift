import GRDB
import Model

/// The points ledger as rows of the index, both ways. Rows are only ever added.
struct PointsRows {
    private let insertEntry: Write
    private let insertTaken: Write

    init(_ database: Database) throws {
        insertEntry = try Write(
            database, "INSERT INTO points_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        insertTaken = try Write(database, "INSERT INTO points_taken VALUES (?, ?, ?, ?)")
    }

    func add(_ entry: PointsEntry, seq: Int64, in database: Database) throws {
        try insertEntry(database) { row in
            row.bind(seq)
            row.bind(entry.customer.text)
            row.bind(entry.kind.rawValue)
            row.bind(entry.key)
            row.bind(entry.points)
            row.bind(entry.occurred)
            row.bind(entry.activates)
            row.bind(entry.expires)
            row.bind(entry.prolongs)
            row.bind(entry.source)
            row.bind(entry.rule)
            row.bind(entry.actor)
            row.bind(entry.reason)
        }
        for change in entry.lots {
            try insertTaken(database) { row in
                row.bind(seq)
                row.bind(entry.customer.text)
                row.bind(change.lot)
                row.bind(change.points)
            }
        }
    }

    static func entry(_ row: Row, lots: [PointsEntry.LotChange]) throws -> PointsEntry {
        let kind: PointsEntry.Kind = try row.word("kind", named: "a points entry's kind")
        return PointsEntry(
            kind: kind, customer: CustomerID(row["customer"]), key: row["key"], points: row["points"],
            occurred: Timestamp(milliseconds: row["occurred"]), lots: lots,
            activates: instant(row["activates"]), expires: instant(row["expires"]),
            prolongs: instant(row["prolongs"]),
            source: row["source"], rule: row["rule"], actor: row["actor"], reason: row["reason"])
    }

    private static func instant(_ milliseconds: Int64?) -> Timestamp? {
        milliseconds.map { Timestamp(milliseconds: $0) }
    }
}
