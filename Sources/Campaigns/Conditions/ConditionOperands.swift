import Model

/// What a condition can test.
extension ConditionParser {
    /// The operand that begins here; nil when the word names none.
    mutating func operand() throws(ConditionProblem) -> Operand? {
        let start = current
        guard case .word(let word) = start.kind, let field = try field(word) else { return nil }
        return Operand(field, at: place(start.offset))
    }

    private mutating func field(_ word: String) throws(ConditionProblem) -> Operand.Field? {
        switch scope {
        case .customer: return try customerField(word)
        case .orders:
            let field = RowField(rawValue: word)
            if field != nil { advance() }
            return field.map(Operand.Field.row)
        case .events:
            guard !ConditionWords.keywords.contains(word) else { return nil }
            advance()
            return .event(word)
        }
    }

    private mutating func customerField(_ word: String) throws(ConditionProblem) -> Operand.Field? {
        if let field = Self.plainField(word) {
            advance()
            return try windowed(field)
        }
        if let dot = word.firstIndex(of: ".") {
            let (group, name) = (String(word[..<dot]), String(word[word.index(after: dot)...]))
            guard let field = try member(name, of: group) else { return nil }
            advance()
            return try windowed(field)
        }
        guard word == "count" || word == "sum" else { return nil }
        advance()
        return .aggregate(try aggregate(isSum: word == "sum"))
    }

    private static func plainField(_ word: String) -> Operand.Field? {
        switch word {
        case "tier": .tier
        case "rfm": .rfm
        case "ltv": .ltv
        case "nps": .npsScore
        case "last_order": .orders(.last, within: nil)
        case "first_order": .orders(.first, within: nil)
        default: CustomerField(rawValue: word).map(Operand.Field.customer)
        }
    }

    private func member(_ name: String, of group: String) throws(ConditionProblem) -> Operand.Field? {
        switch group {
        case "attributes":
            guard !name.isEmpty else { throw problem("`attributes.` needs the name of a field") }
            return .attribute(name)
        case "points":
            if let field = PointsField(rawValue: name) { return .points(field) }
            throw unknownMember(name, of: group, among: PointsField.allCases.map(\.rawValue))
        case "orders":
            if let field = OrdersField(rawValue: name) { return .orders(field, within: nil) }
            throw unknownMember(name, of: group, among: OrdersField.allCases.map(\.rawValue))
        default: return nil
        }
    }

    private func unknownMember(_ name: String, of group: String, among known: [String]) -> ConditionProblem {
        problem(
            "`\(group)` has no field `\(name)`", hint: Nearest.hint(for: name, among: known, called: "fields")
        )
    }

    /// `orders.count within 180 days` is a count over a window; `orders.last within ...` is a test.
    private mutating func windowed(_ field: Operand.Field) throws(ConditionProblem) -> Operand.Field {
        guard case .orders(let sum, _) = field, sum == .count || sum == .total, takeWord("within") else {
            return field
        }
        return .orders(sum, within: try period())
    }

    /// What stands in the parentheses of `count` and `sum`.
    private mutating func aggregate(isSum: Bool) throws(ConditionProblem) -> Aggregate {
        guard take(.open) else {
            throw problem(
                "`(` is expected, not \(described(current))", hint: "write `count(orders where ...)`")
        }
        let function = try function(isSum: isSum)
        var aggregate = Aggregate(function: function, condition: nil, within: nil)
        if takeWord("where") {
            let outer = scope
            scope = function.isOverOrders ? .orders : .events
            defer { scope = outer }
            aggregate.condition = try alternatives()
        }
        if takeWord("within") { aggregate.within = try period() }
        guard take(.close) else {
            throw problem("`)` is expected, not \(described(current))", hint: "first `where`, then `within`")
        }
        return aggregate
    }

    private mutating func function(isSum: Bool) throws(ConditionProblem) -> Aggregate.Function {
        let token = current
        guard case .word(let word) = token.kind else {
            throw problem("`orders` or `events` is expected, not \(described(token))")
        }
        let names = Aggregate.Summand.allCases.map { "orders.\($0.rawValue)" }
        let parts = word.split(separator: ".", maxSplits: 1).map(String.init)
        let function: Aggregate.Function? =
            switch (parts.first, parts.count == 2 ? parts[1] : nil) {
            case ("orders", nil) where !isSum: .countOrders
            case ("events", nil) where !isSum: .countEvents
            case ("orders", let name?) where isSum:
                Aggregate.Summand(rawValue: name).map(Aggregate.Function.sumOrders)
            case ("events", let name?) where isSum: .sumEvents(name)
            default: nil
            }
        guard let function else {
            let known = isSum ? names + ["events.NAME"] : ["orders", "events"]
            throw problem(
                "`\(word)` cannot be \(isSum ? "summed" : "counted")",
                hint: "known: \(known.joined(separator: ", "))")
        }
        advance()
        return function
    }
}

extension Aggregate.Function {
    /// Whether the rows are order lines.
    package var isOverOrders: Bool {
        switch self {
        case .countOrders, .sumOrders: true
        case .countEvents, .sumEvents: false
        }
    }
}
