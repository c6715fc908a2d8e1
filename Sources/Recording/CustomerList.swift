import GRDB
import Model

/// Customers who were asked for once, in the order of their identifiers.
///
/// They stand in a temporary table of a connection of its own, which SQLite moves to a file without a name when there
/// are many: a million take no more memory than ten thousand, and neither asking nor reading holds up anybody else.
package final class CustomerList: Sendable {
    /// How many they are.
    package let count: Int
    private let connection: DatabaseQueue

    /// Memory for the list's pages, in kibibytes: it is written and read from one end to the other.
    private static let cache = 200

    /// - Parameters:
    ///   - connection: nobody else's; it may be for reading only.
    ///   - fill: fills `listed`, in order.
    init(_ connection: DatabaseQueue, _ fill: (IndexView) throws -> Void) throws {
        self.connection = connection
        count = try connection.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA temp.cache_size = -\(Self.cache)")
            try database.inTransaction(.deferred) {
                try database.execute(
                    sql: "CREATE TEMP TABLE listed (id TEXT PRIMARY KEY, timezone TEXT) WITHOUT ROWID")
                try fill(IndexView(database))
                return .commit
            }
            return try Int.fetchOne(database, sql: "SELECT count(*) FROM listed") ?? 0
        }
    }

    /// Tells all of them, in order, and the zone that each names where the list was asked for zones.
    /// - Throws: `StoreError`, or what `tell` throws.
    package func each(_ tell: (_ customer: CustomerID, _ timezone: String?) throws -> Void) throws {
        do {
            try connection.writeWithoutTransaction { database in
                let rows = try Row.fetchCursor(database, sql: "SELECT id, timezone FROM listed ORDER BY id")
                while let row = try rows.next() { try tell(CustomerID(row[0]), row[1]) }
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}

extension Store {
    /// Of whom a condition holds and who may be mailed, without holding up any other reader or writer.
    /// - Parameters:
    ///   - days: only those whose birthday is one of these days of the year, `02-29`; nil for all.
    ///   - withZones: whether the zones that they name are asked for too, which costs a look at each.
    ///   - query: makes the condition's query, on the same state of the index that it is asked of.
    /// - Throws: `StoreError`, or what `query` throws.
    package func list(
        bornOn days: [String]? = nil, withZones: Bool, _ query: (IndexView) throws -> CustomerQuery
    ) throws -> CustomerList {
        do {
            return try CustomerList(index.separateReader()) { view in
                try view.list(query(view), bornOn: days, withZones: withZones)
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}
