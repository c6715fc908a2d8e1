import Campaigns
import GRDB
import Model

/// Sums over orders, their lines and events, as SQL.
extension ConditionSQL {
    func orders(_ field: OrdersField, within period: Period?, in currency: Currency?) -> OperandSQL {
        let rows: SQL = """
            orders WHERE orders.customer = customers.id AND \(happened("orders.occurred", within: period))
            """
        return switch field {
        case .count: .whole("count(*)", over: rows)
        case .total: .sum("orders.total", parts: 1, over: "\(rows) AND orders.currency = \(currency?.code)")
        case .last: .instant("max(orders.occurred)", over: rows)
        case .first: .instant("min(orders.occurred)", over: rows)
        }
    }

    func sum(_ aggregate: Aggregate, in currency: Currency?) throws(Unanswerable) -> OperandSQL {
        switch aggregate.function {
        case .countOrders:
            let lines = try lines(that: aggregate.condition)
            return .whole(
                "count(*)",
                over: """
                    orders WHERE orders.customer = customers.id
                    AND \(happened("orders.occurred", within: aggregate.within))
                    AND EXISTS (SELECT 1 FROM order_lines WHERE \(lines))
                    """)
        case .sumOrders(let summand):
            let isComparable: SQL = summand == .quantity ? "TRUE" : "orders.currency = \(currency?.code)"
            return .sum(
                "order_lines.\(sql: summand.rawValue)", parts: 1,
                over: """
                    orders JOIN order_lines ON \(try lines(that: aggregate.condition))
                    WHERE orders.customer = customers.id AND \(isComparable)
                    AND \(happened("orders.occurred", within: aggregate.within))
                    """)
        case .countEvents: return .whole("count(*)", over: try events(of: aggregate))
        case .sumEvents(let name):
            let number: SQL = "boon_millionths(\(Self.text(name, in: "events.properties")))"
            return .sum(number, parts: 1_000_000, over: try events(of: aggregate))
        }
    }

    /// Which lines are an order's and pass.
    private func lines(that condition: Condition?) throws(Unanswerable) -> SQL {
        #"order_lines."order" = orders.id AND \#(try passing(condition))"#
    }

    private func events(of aggregate: Aggregate) throws(Unanswerable) -> SQL {
        """
        events WHERE events.customer = customers.id
        AND \(happened("events.occurred", within: aggregate.within)) AND \(try passing(aggregate.condition))
        """
    }

    private func passing(_ condition: Condition?) throws(Unanswerable) -> SQL {
        guard let condition else { return "TRUE" }
        return try self.condition(condition)
    }
}
