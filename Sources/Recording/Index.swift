import Foundation
import GRDB
import Model
import Synchronization

/// The SQLite index: disposable, made from the journals, and brought up to date by whoever holds the lock.
///
/// One connection reads and one writes, each opened when it is first needed: a command that only asks a question
/// writes nothing, which makes it several times faster than with a pool.
final class Index: Sendable {
    private let folder: String
    private let reader: Connection
    private let writer: Connection

    /// Memory for pages, in kibibytes. What is asked and recorded while mails go out lies together; imports and
    /// rebuilds go all over the tables.
    private static let (ordinaryCache, bulkCache) = (1_000, 32_000)
    /// Of who goes through a table once, from one end to the other.
    private static let passingCache = 500

    init(folder: String, expectsBulk: Bool = false) {
        self.folder = folder
        let cache = expectsBulk ? Self.bulkCache : Self.ordinaryCache
        reader = Self.reader(folder, cache)
        writer = Connection(Self.path(folder), cache: cache, makesFile: true) { $0.journalMode = .wal }
    }

    /// Answers a question from one consistent state.
    func read<Answer>(_ question: (Database) throws -> Answer) throws -> Answer {
        try reader.open().read(question)
    }

    /// A connection of its own for a reader that would hold up all others, with little memory.
    func separateReader() throws -> DatabaseQueue { try Self.reader(folder, Self.passingCache).open() }

    private static func reader(_ folder: String, _ cache: Int) -> Connection {
        Connection(path(folder), cache: cache, makesFile: false) { $0.readonly = true }
    }

    /// Writes; only the holder of the store's lock does so. A file that is no database is begun anew.
    func write<Answer>(_ work: (Database) throws -> Answer) throws -> Answer {
        do {
            return try writer.open().writeWithoutTransaction(work)
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
        {
            try discard()
            return try writer.open().writeWithoutTransaction(work)
        }
    }

    private func discard() throws {
        try reader.close()
        try writer.close()
        for suffix in ["", "-wal", "-shm"] where File.exists(Self.path(folder) + suffix) {
            guard unlink(Self.path(folder) + suffix) == 0 else {
                throw File.failure(Self.path(folder) + suffix, "removed")
            }
        }
    }

    /// Whether a process has the index open, which can then be read without writing beside it.
    static func isOpen(in folder: String) -> Bool { File.exists(path(folder) + "-shm") }

    static func path(_ folder: String) -> String { "\(folder)/index.sqlite" }

    // MARK: - Checkpoints

    /// How far each journal is applied; nil when the tables are missing or of another version.
    static func checkpoints(_ database: Database) throws -> [StoreName: Checkpoint]? {
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") == IndexSchema.version else {
            return nil
        }
        let applied = try applied(database)
        return applied.count == StoreName.allCases.count ? applied : nil
    }

    /// How far an index of any version has applied the journals; nothing where there is none.
    static func applied(_ database: Database) throws -> [StoreName: Checkpoint] {
        guard try database.tableExists("journals") else { return [:] }
        var applied: [StoreName: Checkpoint] = [:]
        let rows = try Row.fetchCursor(
            database, sql: #"SELECT store, file, "offset", line, seq, sum FROM journals"#)
        while let row = try rows.next() {
            guard let store = StoreName(rawValue: row[0]), let sum = ChainSum(hex: (row[5] as String).utf8)
            else { continue }
            applied[store] = Checkpoint(file: row[1], offset: row[2], line: row[3], seq: row[4], sum: sum)
        }
        return applied
    }

    /// How far each journal is applied; nil without an index that can be read. Changes nothing.
    func checkpoints() -> [StoreName: Checkpoint]? {
        guard File.exists(Self.path(folder)) else { return nil }
        return try? read { try Self.checkpoints($0) }
    }

    /// What `applied` tells of an index that can be read. Changes nothing.
    func applied() -> [StoreName: Checkpoint] {
        guard File.exists(Self.path(folder)) else { return [:] }
        return (try? read { try Self.applied($0) }) ?? [:]
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
        try database.execute(sql: "PRAGMA cache_size = -\(bulkCache)")
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

/// A connection to the index that is opened when it is first needed.
private final class Connection: Sendable {
    private let path: String
    private let makesFile: Bool
    private let configuration: Configuration
    private let queue = Mutex<DatabaseQueue?>(nil)

    /// - Parameter cache: memory for pages, in kibibytes.
    init(_ path: String, cache: Int, makesFile: Bool, _ configure: (inout Configuration) -> Void) {
        (self.path, self.makesFile) = (path, makesFile)
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { database in
            ConditionFunctions.add(to: database)
            try database.execute(sql: "PRAGMA cache_size = -\(cache); PRAGMA wal_autocheckpoint = 4000")
        }
        configure(&configuration)
        self.configuration = configuration
    }

    func open() throws -> DatabaseQueue {
        try queue.withLock { known in
            if let known { return known }
            // The index names customers. SQLite would make a file that everyone may read; it gives those beside it
            // the mode that it finds here. A file that is there stays unopened: closing it would drop the POSIX
            // locks that the reader's SQLite holds on it.
            if makesFile && !File.exists(path) { _ = try File(path, flags: O_RDWR | O_CREAT) }
            let opened = try DatabaseQueue(path: path, configuration: configuration)
            known = opened
            return opened
        }
    }

    func close() throws {
        try queue.withLock { known in
            try known?.close()
            known = nil
        }
    }
}
