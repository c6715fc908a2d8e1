import Campaigns
import Foundation
import GRDB
import GRDBSQLite
import Loyalty
import Model
import Value

/// The question of whom a condition holds, for the index to answer.
package struct CustomerQuery: Sendable {
    fileprivate let condition: SQL
    /// What tells tiers and what customers are worth, where the condition asks for it: each knows the instant, and what
    /// else it goes by.
    private let functions: [DatabaseFunction]

    /// A condition at an instant.
    /// - Parameters:
    ///   - definitions: the workspace's programme, segments, surveys and settings.
    ///   - rfm: what RFM groups are told by at the instant, where the condition asks for them.
    ///   - zone: the workspace's.
    /// - Throws: what cannot be decided.
    package init(
        _ condition: Condition, in definitions: Definitions, rfm scales: RFMScales?, at now: Timestamp,
        zone: TimeZone
    ) throws(Unanswerable) {
        let sql = ConditionSQL(definitions: definitions, scales: scales, now: now, zone: zone)
        self.condition = try sql.condition(condition)
        var functions: [DatabaseFunction] = []
        if condition.asks(for: .tier, segments: definitions.segments), let programme = definitions.programme {
            functions.append(ConditionFunctions.tier(under: programme, at: now))
        }
        if let scales { functions.append(ConditionFunctions.rfm(by: scales, sql.purchases)) }
        if condition.asks(for: .ltv, segments: definitions.segments) {
            functions.append(ConditionFunctions.lifetime(by: definitions.lifetime, sql.purchases))
        }
        self.functions = functions
    }

    /// Adds what the query needs to a connection on which no statement is under way.
    fileprivate func prepare(_ database: Database) {
        for function in functions { database.add(function: function) }
    }
}

/// How many customers a condition holds for.
package struct CustomerCount: Hashable, Sendable {
    /// Whatever their consent.
    package let all: Int
    /// Those of them who may be mailed.
    package let mailable: Int
}

extension IndexView {
    /// The question of whom a condition holds, with what answering it takes.
    /// - Parameter zone: the workspace's.
    /// - Throws: `Unanswerable`, `StoreError`.
    package func query(
        _ condition: Condition, in definitions: Definitions, at now: Timestamp, zone: TimeZone
    ) throws -> CustomerQuery {
        let scales = try rfmScales(for: [condition], in: definitions, at: now, zone: zone)
        return try CustomerQuery(condition, in: definitions, rfm: scales, at: now, zone: zone)
    }

    /// Of whom a condition holds and who may be mailed, in the order of their identifiers.
    package func mailable(_ query: CustomerQuery) throws -> [CustomerID] {
        try rows(Self.mailable(query), query) { CustomerID($0[0]) }
    }

    /// Fills `listed` with those of whom a condition holds and who may be mailed, and with their zones where wanted.
    /// - Parameter days: only those whose birthday is one of these days of the year; nil for all.
    func list(_ query: CustomerQuery, bornOn days: [String]?, withZones: Bool) throws {
        query.prepare(database)
        let zone: SQL = withZones ? "timezone" : "NULL"
        // Asked for apart, so that the few who are born on a day are looked up by it.
        let born: SQL =
            days.map { "AND id IN (SELECT id FROM customers WHERE substr(birthday, 6) IN \($0))" } ?? ""
        let sql: SQL = """
            INSERT INTO listed SELECT id, \(zone) FROM customers WHERE \(Self.isMailable) AND \(query.condition)
            \(born) ORDER BY id
            """
        try database.execute(literal: sql)
    }

    /// Of whom a condition holds, whether they may be mailed or not, in the order of their identifiers.
    /// - Parameter limit: how many at most.
    package func customers(_ query: CustomerQuery, limit: Int) throws -> [Customer] {
        try rows(
            "SELECT * FROM customers WHERE \(query.condition) ORDER BY id LIMIT \(limit)", query,
            CustomerRows.customer)
    }

    /// How many customers a condition holds for.
    package func count(_ query: CustomerQuery) throws -> CustomerCount {
        let mailable: SQL = "COALESCE(sum(CASE WHEN \(Self.isMailable) THEN 1 ELSE 0 END), 0)"
        let counts = try rows("SELECT count(*), \(mailable) FROM customers WHERE \(query.condition)", query) {
            CustomerCount(all: $0[0], mailable: $0[1])
        }
        return counts.first ?? CustomerCount(all: 0, mailable: 0)
    }

    /// Whether a condition holds for a customer who may be mailed.
    package func isMailable(_ customer: CustomerID, _ query: CustomerQuery) throws -> Bool {
        let found: SQL = """
            SELECT 1 FROM customers WHERE id = \(customer.text) AND \(Self.isMailable) AND \(query.condition)
            """
        return try !rows(found, query) { $0[0] as Int }.isEmpty
    }

    /// What `mailable` asks the index, with all values in their places.
    package func sql(_ query: CustomerQuery) throws -> String {
        query.prepare(database)
        let (text, arguments) = try Self.mailable(query).build(database)
        let statement = try database.makeStatement(sql: text)
        try statement.setArguments(arguments)
        guard let expanded = sqlite3_expanded_sql(statement.sqliteStatement) else { return text }
        defer { sqlite3_free(expanded) }
        return String(cString: expanded)
    }

    private static func mailable(_ query: CustomerQuery) -> SQL {
        "SELECT id FROM customers WHERE \(isMailable) AND \(query.condition) ORDER BY id"
    }

    private static let isMailable: SQL =
        "customers.consent = 'subscribed' AND NOT \(sql: BounceRows.isSuppressed)"

    /// The statement is not kept: conditions are many, and few are asked twice.
    private func rows<Value>(_ sql: SQL, _ query: CustomerQuery, _ read: (Row) throws -> Value) throws
        -> [Value]
    {
        query.prepare(database)
        let (text, arguments) = try sql.build(database)
        let cursor = try Row.fetchCursor(try database.makeStatement(sql: text), arguments: arguments)
        var values: [Value] = []
        while let row = try cursor.next() { values.append(try read(row)) }
        return values
    }
}
