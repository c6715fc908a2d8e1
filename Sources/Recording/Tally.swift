import GRDB
import GRDBSQLite

/// Counts texts, or keeps a number for each, without memory that grows with them: a temporary table that
/// SQLite keeps in memory while it is small and in a file without a name beyond that.
package final class Tally {
    private let queue: DatabaseQueue

    /// An empty tally.
    /// - Throws: `StoreError` when the disk for temporary files cannot be used.
    package init() throws {
        do {
            // An empty path is a temporary database on disk (sqlite.org/inmemorydb.html, "Temporary Databases").
            queue = try DatabaseQueue(path: "")
            try queue.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
                        CREATE TABLE tally ("key" TEXT PRIMARY KEY, value BIGINT NOT NULL) WITHOUT ROWID;
                        """)
            }
        } catch {
            throw StoreError.index(reason: "\(error)")
        }
    }

    /// Counts each text once more, in order.
    /// - Returns: for each, how often it has come so far, itself included.
    package func count(_ keys: [String]) throws -> [Int64] {
        try run(
            #"INSERT INTO tally VALUES (?, 1) ON CONFLICT ("key") DO UPDATE SET value = value + 1 RETURNING value"#,
            keys.map { [$0] })
    }

    /// Gives each text a number unless it has one, in order.
    /// - Returns: for each, the number that it has.
    package func keep(_ entries: [(key: String, value: Int64)]) throws -> [Int64] {
        try run(
            #"INSERT INTO tally VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET value = value RETURNING value"#,
            entries.map { [$0.key, $0.value] })
    }

    /// The number of a text; nil when it has none.
    package func value(of key: String) throws -> Int64? {
        try run(#"SELECT value FROM tally WHERE "key" = ?"#, [[key]]).first
    }

    private func run(_ sql: String, _ arguments: [StatementArguments]) throws -> [Int64] {
        do {
            return try queue.writeWithoutTransaction { database in
                var values: [Int64] = []
                try database.inTransaction {
                    let statement = try database.cachedStatement(sql: sql)
                    for arguments in arguments {
                        if let value = try Int64.fetchOne(statement, arguments: arguments) {
                            values.append(value)
                        }
                    }
                    return .commit
                }
                return values
            }
        } catch {
            throw StoreError.index(reason: "\(error)")
        }
    }
}
