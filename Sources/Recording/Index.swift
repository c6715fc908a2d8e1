import Foundation
import GRDB
import Model

/// The SQLite index: disposable, made from the journals, and brought up to date by whoever holds the lock.
struct Index: Sendable {
    let pool: DatabasePool

    /// Opens the index, or begins an empty one where there is none or the file is no database.
    init(folder: String) throws(StoreError) {
        let path = Self.path(folder)
        do {
            pool = try Self.open(path)
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
        {
            try Self.remove(folder: folder)
            do { pool = try Self.open(path) } catch { throw .index(reason: "\(error)") }
        } catch {
            throw .index(reason: "\(error)")
        }
    }

    static func path(_ folder: String) -> String { "\(folder)/index.sqlite" }

    private static func remove(folder: String) throws(StoreError) {
        for suffix in ["", "-wal", "-shm"] where File.exists(path(folder) + suffix) {
            guard unlink(path(folder) + suffix) == 0 else {
                throw File.failure(path(folder) + suffix, "removed")
            }
        }
    }

    private static func open(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000")
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    // MARK: - Checkpoints

    /// How far each journal is applied; nil when the tables are missing or of another version.
    static func checkpoints(_ database: Database) throws -> [StoreName: Checkpoint]? {
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") == IndexSchema.version else {
            return nil
        }
        var checkpoints: [StoreName: Checkpoint] = [:]
        let rows = try Row.fetchCursor(
            database, sql: #"SELECT store, file, "offset", line, seq, sum FROM journals"#)
        while let row = try rows.next() {
            guard let store = StoreName(rawValue: row[0]), let sum = ChainSum(hex: (row[5] as String).utf8)
            else { return nil }
            checkpoints[store] = Checkpoint(file: row[1], offset: row[2], line: row[3], seq: row[4], sum: sum)
        }
        return checkpoints.count == StoreName.allCases.count ? checkpoints : nil
    }

    static func save(_ checkpoint: Checkpoint, of store: StoreName, in database: Database) throws {
        try database.cachedStatement(sql: #"REPLACE INTO journals VALUES (?, ?, ?, ?, ?, ?)"#).execute(
            arguments: [
                store.rawValue, checkpoint.file, checkpoint.offset, checkpoint.line, checkpoint.seq,
                String(decoding: checkpoint.sum.hex, as: UTF8.self),
            ])
    }

    // MARK: - Tables

    /// Drops everything and makes empty tables, those indexes left out that are made after a full replay.
    static func makeTables(_ database: Database) throws {
        try database.execute(sql: IndexSchema.drop)
        try database.execute(sql: IndexSchema.tables)
        try database.execute(sql: IndexSchema.keys)
    }

    /// Makes the indexes that queries use, and declares the tables complete.
    static func finishTables(_ database: Database) throws {
        try database.execute(sql: IndexSchema.lookups)
        try database.execute(sql: "PRAGMA user_version = \(IndexSchema.version)")
    }
}
