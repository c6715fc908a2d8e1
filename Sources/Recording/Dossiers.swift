import Campaigns
import GRDB
import Model

/// All that the stores hold about one customer that a message may tell.
package struct Dossier: Sendable {
    package let customer: Customer
    /// What the index knows the customer by.
    package let number: Int64
    /// Why the customer is not mailed; nil for one who may be.
    package let suppression: Suppression?
    /// Oldest first.
    package let orders: [Order]
    /// The points ledger, in the order recorded.
    package let points: [PointsEntry]
    /// Nothing where it was not asked for.
    package let responses: Responses
}

extension IndexView {
    /// What is known of some customers, read together: a query for each customer would cost several times as much.
    /// - Parameter withResponses: whether conditions ask for them, which takes four more queries.
    /// - Returns: by identifier; who is not known is left out.
    package func dossiers(
        of customers: [CustomerID], withResponses: Bool = true
    ) throws -> [CustomerID: Dossier] {
        let responses = withResponses ? try responses(of: customers) : [:]
        let orders = try orders(of: customers)
        let points = try points(of: customers)
        let known = try fetch(
            """
            SELECT customers.*, suppressions.reason, suppressions.detail, suppressions.actor
            FROM customers LEFT JOIN suppressions ON suppressions.customer = customers.id AND \(BounceRows.isSuppressed)
            WHERE id IN (\(Self.marks(customers)))
            """, StatementArguments(customers.map(\.text))
        ) { row in
            let customer = try CustomerRows.customer(row)
            return Dossier(
                customer: customer, number: row["number"],
                suppression: try BounceRows.suppression(row, of: customer.id),
                orders: orders[customer.id] ?? [],
                points: points[customer.id] ?? [],
                responses: responses[customer.id] ?? Responses())
        }
        return Dictionary(uniqueKeysWithValues: known.map { ($0.customer.id, $0) })
    }

    private func orders(of customers: [CustomerID]) throws -> [CustomerID: [Order]] {
        let lines = try fetch(
            """
            SELECT order_lines.* FROM orders JOIN order_lines ON order_lines."order" = orders.id
            WHERE orders.customer IN (\(Self.marks(customers))) ORDER BY orders.id, position
            """, StatementArguments(customers.map(\.text))
        ) { row in (row["order"] as String, OrderRows.line(row)) }
        if lines.isEmpty { return [:] }
        let byOrder = Dictionary(grouping: lines, by: \.0).mapValues { $0.map(\.1) }
        let orders = try fetch(
            "SELECT * FROM orders WHERE customer IN (\(Self.marks(customers))) ORDER BY occurred, id",
            StatementArguments(customers.map(\.text))
        ) { row in try OrderRows.order(row, lines: byOrder[row["id"]] ?? []) }
        return Dictionary(grouping: orders, by: \.customer)
    }

    private func points(of customers: [CustomerID]) throws -> [CustomerID: [PointsEntry]] {
        let taken = try fetch(
            "SELECT * FROM points_taken WHERE customer IN (\(Self.marks(customers))) ORDER BY entry, rowid",
            StatementArguments(customers.map(\.text))
        ) { row in (row["entry"] as Int64, PointsEntry.LotChange(lot: row["lot"], points: row["points"])) }
        let byEntry = Dictionary(grouping: taken, by: \.0).mapValues { $0.map(\.1) }
        let entries = try fetch(
            "SELECT * FROM points_entries WHERE customer IN (\(Self.marks(customers))) ORDER BY seq",
            StatementArguments(customers.map(\.text))
        ) { row in try PointsRows.entry(row, lots: byEntry[row["seq"]] ?? []) }
        return Dictionary(grouping: entries, by: \.customer)
    }

    private static func marks(_ customers: [CustomerID]) -> String {
        customers.map { _ in "?" }.joined(separator: ", ")
    }
}
