import GRDB
import Model

/// Orders and their lines as rows of the index, both ways.
struct OrderRows {
    private let saveOrder: Write
    private let deleteLines: Write
    private let insertLine: Write

    init(_ database: Database) throws {
        saveOrder = try Write(
            database,
            """
            INSERT INTO orders (number, id, customer, occurred, currency, channel, total) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, occurred = excluded.occurred,
            currency = excluded.currency, channel = excluded.channel, total = excluded.total
            """)
        deleteLines = try Write(database, #"DELETE FROM order_lines WHERE "order" = ?"#)
        insertLine = try Write(database, "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?)")
    }

    func save(_ order: Order, seq: Int64, in database: Database) throws {
        guard let total = order.total else {
            throw StoreError.index(reason: "the total of order '\(order.id)' is out of range")
        }
        try saveOrder(database) { row in
            row.bind(seq)
            row.bind(order.id.text)
            row.bind(order.customer.text)
            row.bind(order.at)
            row.bind(order.currency.code)
            row.bind(order.channel)
            row.bind(total.minor)
        }
        try deleteLines(database) { $0.bind(order.id.text) }
        for (position, line) in order.lines.enumerated() {
            try insertLine(database) { row in
                row.bind(order.id.text)
                row.bind(Int64(position))
                row.bind(line.total)
                row.bind(line.category)
                row.bind(line.sku)
                row.bind(line.quantity)
                row.bind(line.cost)
            }
        }
    }

    static func order(_ row: Row, lines: [OrderLine]) throws -> Order {
        guard let currency = Currency(row["currency"] as String) else {
            throw StoreError.index(reason: "an order's currency is '\(row["currency"] as String)'")
        }
        return Order(
            id: OrderID(row["id"]), customer: CustomerID(row["customer"]),
            at: Timestamp(milliseconds: row["occurred"]), currency: currency, lines: lines,
            channel: row["channel"])
    }

    static func line(_ row: Row) -> OrderLine {
        OrderLine(
            total: row["total"], category: row["category"], sku: row["sku"], quantity: row["quantity"],
            cost: row["cost"])
    }
}
