import Model

/// What `count(...)` and `sum(...)` are, decided in memory.
extension Evaluation {
    /// - Parameter currency: of a sum of money.
    func sum(_ aggregate: Aggregate, in currency: Currency?) throws(Unanswerable) -> OperandValue {
        switch aggregate.function {
        case .countOrders:
            var count: Int64 = 0
            for order in orders(of: aggregate) where try !lines(of: order, aggregate).isEmpty { count += 1 }
            return OperandValue(whole: count)
        case .sumOrders(let summand): return try sum(summand, aggregate, in: currency)
        case .countEvents: return OperandValue(whole: Int64(try events(of: aggregate).count))
        case .sumEvents(let name):
            let numbers = try events(of: aggregate).compactMap { $0.properties[name] }.compactMap {
                DecimalNumber($0)
            }
            return .number(numbers.reduce(0) { $0 + Int128($1.millionths) })
        }
    }

    private func sum(
        _ summand: Aggregate.Summand, _ aggregate: Aggregate, in currency: Currency?
    ) throws(Unanswerable) -> OperandValue {
        var sum: Int128 = 0
        for order in orders(of: aggregate) where summand == .quantity || order.currency == currency {
            for line in try lines(of: order, aggregate) { sum += Int128(line.value(of: summand) ?? 0) }
        }
        if summand == .quantity { return .number(sum * 1_000_000) }
        return currency.map { OperandValue(minor: sum, $0) } ?? .missing
    }

    private func orders(of aggregate: Aggregate) -> [Order] {
        facts.happened(facts.orders, within: aggregate.within, at: \.at)
    }

    /// The lines of an order that pass.
    private func lines(of order: Order, _ aggregate: Aggregate) throws(Unanswerable) -> [OrderLine] {
        guard let condition = aggregate.condition else { return order.lines }
        var lines: [OrderLine] = []
        for line in order.lines where try passes(.line(line, of: order), condition) { lines.append(line) }
        return lines
    }

    private func events(of aggregate: Aggregate) throws(Unanswerable) -> [CustomerEvent] {
        let happened = facts.happened(facts.responses.events, within: aggregate.within, at: \.occurred)
        guard let condition = aggregate.condition else { return happened }
        var events: [CustomerEvent] = []
        for event in happened where try passes(.event(event), condition) { events.append(event) }
        return events
    }

    private func passes(_ row: Row, _ condition: Condition) throws(Unanswerable) -> Bool {
        var inner = Evaluation(facts: facts, row: row)
        return try inner.holds(condition)
    }
}

extension OrderLine {
    fileprivate func value(of summand: Aggregate.Summand) -> Int64? {
        switch summand {
        case .total: total
        case .quantity: quantity
        case .cost: cost
        }
    }
}
