import GRDB
import GRDBSQLite
import Model

/// One prepared statement of the index, bound value by value.
///
/// GRDB boxes every argument of a statement, which costs more than the insert itself when a million records
/// are replayed; here values go straight to SQLite. This is the only place that does so.
class Binding {
    private let statement: Statement
    private var column: Int32 = 0

    init(_ database: Database, _ sql: String) throws {
        statement = try database.makeStatement(sql: sql)
    }

    /// Takes the first step with the values that are bound, and makes the statement ready for the next ones.
    /// - Parameter read: given the row, where there is one.
    fileprivate func step(_ database: Database, read: (OpaquePointer) -> Void = { _ in }) throws {
        let handle = statement.sqliteStatement
        column = 0
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { read(handle) }
        sqlite3_reset(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            throw DatabaseError(resultCode: .init(rawValue: code), message: database.lastErrorMessage)
        }
    }

    func bind(_ value: Int64?) {
        column += 1
        if let value {
            sqlite3_bind_int64(statement.sqliteStatement, column, value)
        } else {
            sqlite3_bind_null(statement.sqliteStatement, column)
        }
    }

    func bind(_ value: String?) {
        column += 1
        guard var value else {
            sqlite3_bind_null(statement.sqliteStatement, column)
            return
        }
        value.withUTF8 { bytes in
            let start = UnsafeRawPointer(bytes.baseAddress ?? StaticString("").utf8Start)
            // SQLITE_TRANSIENT: SQLite takes its own copy before the text goes away.
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            _ = sqlite3_bind_text(
                statement.sqliteStatement, column, start.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count), transient)
        }
    }

    func bind(_ value: Timestamp?) {
        bind(value?.milliseconds)
    }
}

/// A write, which answers nothing.
final class Write: Binding {
    /// Runs the statement with values in the order of its question marks.
    func callAsFunction(_ database: Database, _ bind: (Write) -> Void) throws {
        bind(self)
        try step(database)
    }
}

/// A question that is asked for every record, and whose answer is two whole numbers.
final class Lookup: Binding {
    /// Runs the statement with values in the order of its question marks.
    /// - Returns: the first row; nil when there is none.
    func callAsFunction(_ database: Database, _ bind: (Lookup) -> Void) throws -> (Int64, Int64)? {
        bind(self)
        var answer: (Int64, Int64)?
        try step(database) { answer = (sqlite3_column_int64($0, 0), sqlite3_column_int64($0, 1)) }
        return answer
    }
}
