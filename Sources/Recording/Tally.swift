import GRDB

/// Counts texts, or keeps a number for each, without memory that grows with them: a temporary table that
/// SQLite keeps in memory while it is small and in a file without a name beyond that.
package final class Tally {
    private let queue: DatabaseQueue
    private let insert: Write
    private let increment: Write

    /// An empty tally.
    /// - Throws: `StoreError` when the disk for temporary files cannot be used.
    package init() throws {
        do {
            // An empty path is a temporary database on disk (sqlite.org/inmemorydb.html, "Temporary Databases").
            queue = try DatabaseQueue(path: "")
            (insert, increment) = try queue.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
                        CREATE TABLE tally ("key" TEXT PRIMARY KEY, value BIGINT NOT NULL) WITHOUT ROWID;
                        """)
                return (
                    try Write(database, "INSERT INTO tally VALUES (?, ?) ON CONFLICT DO NOTHING"),
                    try Write(database, #"UPDATE tally SET value = value + 1 WHERE "key" = ?"#)
                )
            }
        } catch {
            throw StoreError.index(reason: "\(error)")
        }
    }

    /// Counts each text once more, in order.
    /// - Returns: for each, how often it has come so far, itself included.
    package func count(_ keys: [String]) throws -> [Int64] {
        try transaction { database in
            try keys.map { key in
                if try add(key, 1, database) { return 1 }
                try increment(database) { $0.bind(key) }
                return try Self.value(of: key, database) ?? 1
            }
        }
    }

    /// Gives each text a number unless it has one, in order.
    /// - Returns: for each, the number that it has.
    package func keep(_ entries: [(key: String, value: Int64)]) throws -> [Int64] {
        try transaction { database in
            try entries.map { key, value in
                try add(key, value, database) ? value : Self.value(of: key, database) ?? value
            }
        }
    }

    /// The number of a text; nil when it has none.
    package func value(of key: String) throws -> Int64? {
        try transaction { try Self.value(of: key, $0) }
    }

    /// Whether the text is new, which is the common case and costs one statement.
    private func add(_ key: String, _ value: Int64, _ database: Database) throws -> Bool {
        let changes = database.totalChangesCount
        try insert(database) { row in
            row.bind(key)
            row.bind(value)
        }
        return database.totalChangesCount > changes
    }

    private static func value(of key: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: #"SELECT value FROM tally WHERE "key" = ?"#), arguments: [key])
    }

    private func transaction<Answer>(_ work: (Database) throws -> Answer) throws -> Answer {
        do {
            return try queue.write(work)
        } catch {
            throw StoreError.index(reason: "\(error)")
        }
    }
}
