import Model

extension Condition {
    /// Whether the condition holds for a customer.
    /// - Throws: what cannot be decided (see `unanswerable(segments:)`).
    package func holds(for facts: Facts) throws(Unanswerable) -> Bool {
        try Evaluation(facts: facts).holds(self)
    }
}

/// Decides conditions for one customer, or for one order line inside an aggregate.
struct Evaluation {
    let facts: Facts
    /// The line that `row` operands look at.
    var row: Row?
    /// The segments being decided, so that a circle ends.
    private var segments: Set<String> = []

    /// One line of an order.
    struct Row {
        let order: Order
        let line: OrderLine
    }

    init(facts: Facts) {
        self.facts = facts
    }

    func holds(_ condition: Condition) throws(Unanswerable) -> Bool {
        switch condition {
        case .all(let members):
            for member in members where try !holds(member) { return false }
            return true
        case .any(let members):
            for member in members where try holds(member) { return true }
            return false
        case .not(let condition): return try !holds(condition)
        case .subscribed: return facts.customer.consent == .subscribed
        case .segment(let name, let place): return try belongs(to: name, at: place)
        case .compares(let operand, let comparison, let literal):
            return try compares(operand, comparison, literal)
        case .isOneOf(let operand, let literals):
            for literal in literals where try compares(operand, .equal, literal) { return true }
            return false
        case .contains(let operand, let text): return try contains(operand, text)
        case .isEmpty(let operand): return try value(of: operand).isEmpty
        case .within(let operand, let period): return try value(of: operand).isWithin(period, of: facts)
        case .isOlder(let operand, let period): return try value(of: operand).isOlder(than: period, of: facts)
        case .withinNext(let operand, let period):
            return try value(of: operand).isWithinNext(period, of: facts)
        case .mail(let history): throw history.unanswerable
        }
    }

    private func belongs(to name: String, at place: Place) throws(Unanswerable) -> Bool {
        guard let segment = facts.segments[name] else { throw .unknownSegment(name, at: place) }
        var inner = self
        guard inner.segments.insert(name).inserted else { throw .segmentCircle(name, at: place) }
        return try inner.holds(segment.condition)
    }

    private func compares(
        _ operand: Operand, _ comparison: Condition.Comparison, _ literal: Literal
    ) throws(Unanswerable) -> Bool {
        let value = try value(of: operand, in: literal.currency)
        return switch (value, literal) {
        case (.text(let text), .text(let other)): comparison.holds(equal: Self.isSame(text, other))
        case (.language(let tag), .text(let range)):
            comparison.holds(equal: Language.range(range, matches: tag))
        case (.attribute(let text), .text(let other)): comparison.holds(equal: Self.isSame(text, other))
        case (.attribute(let text), .number(let other)):
            Literal.number(text).map { comparison.holds($0, other) } ?? false
        case (.attribute(let text), .date(let other)):
            CalendarDate(text).map { comparison.holds($0, other) } ?? false
        case (.number(let number), .number(let other)): comparison.holds(number, other)
        case (.money(let money), .money(let other)):
            money.currency == other.currency && comparison.holds(money.minor, other.minor)
        case (.instant(let instant), .date(let other)):
            // The whole day: its parts are equal to it.
            comparison.holds(instant.local(in: facts.zone).date, other)
        case (.birthday(let date), .date(let other)): comparison.holds(date, other)
        case (.tier(let rank), .text(let name)):
            facts.tiers.firstIndex(of: name).map { comparison.holds(rank, $0) } ?? false
        default: false
        }
    }

    private func contains(_ operand: Operand, _ text: String) throws(Unanswerable) -> Bool {
        switch try value(of: operand) {
        case .tags(let tags): tags.contains { Self.isSame($0, text) }
        case .text(let whole), .attribute(let whole), .language(let whole):
            Array(whole.utf8).contains(Array(text.utf8))
        default: false
        }
    }

    /// Byte for byte: the stores hold NFC, and so does what is compared in SQL.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}

extension Condition.Comparison {
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .atMost: left <= right
        case .greater: left > right
        case .atLeast: left >= right
        }
    }

    /// For values that have no order.
    func holds(equal isEqual: Bool) -> Bool {
        switch self {
        case .equal: isEqual
        case .notEqual: !isEqual
        case .less, .atMost, .greater, .atLeast: false
        }
    }
}

extension Literal {
    var currency: Currency? {
        if case .money(let money) = self { money.currency } else { nil }
    }
}
