/// What a condition is made of, the segments that it names included.
extension Condition {
    /// Every test of the condition and of the segments it names, each segment once where it is named first, in the
    /// order of the text. A segment that nobody defined stands for itself.
    func tests(segments: [String: Segment]) -> [Condition] {
        var seen: Set<String> = []
        return tests(segments: segments, seen: &seen)
    }

    private func tests(segments: [String: Segment], seen: inout Set<String>) -> [Condition] {
        switch self {
        case .all(let members), .any(let members):
            return members.flatMap { $0.tests(segments: segments, seen: &seen) }
        case .not(let condition): return condition.tests(segments: segments, seen: &seen)
        case .segment(let name, _):
            guard let segment = segments[name] else { return [self] }
            return seen.insert(name).inserted ? segment.condition.tests(segments: segments, seen: &seen) : []
        default: return [self]
        }
    }

    /// What a test tests; nil for what is no test of a value.
    var operand: Operand? {
        switch self {
        case .compares(let operand, _, _), .isOneOf(let operand, _), .contains(let operand, _),
            .isEmpty(let operand), .within(let operand, _), .isOlder(let operand, _),
            .withinNext(let operand, _):
            operand
        case .all, .any, .not, .subscribed, .segment, .mail: nil
        }
    }

    /// Whether deciding the condition takes a field of the customer, such as the tier.
    package func asks(for field: Operand.Field, segments: [String: Segment]) -> Bool {
        tests(segments: segments).contains { $0.operand?.field == field }
    }

    /// Whether deciding the condition takes more of a customer than fields, orders and points.
    package func asksForResponses(segments: [String: Segment]) -> Bool {
        tests(segments: segments).contains { test in
            if case .mail = test { return true }
            switch test.operand?.field {
            case .npsScore, .npsGroup: return true
            case .aggregate(let aggregate): return !aggregate.function.isOverOrders
            default: return false
            }
        }
    }
}

/// How large a condition is with the segments that it names written out, as the database is asked.
struct ConditionSize {
    /// Tests, and members of lists.
    private(set) var values: Int
    /// Levels of `and`, `or`, `not` and `where`.
    private(set) var depth: Int

    /// What the database surely takes: SQLite has 32,766 places for values, of which a test needs up to five, and
    /// nests expressions to 1,000 levels.
    static let limit = (values: 5000, depth: 100)

    var isTooLarge: Bool { values > Self.limit.values || depth > Self.limit.depth }

    private static let test = ConditionSize(values: 1, depth: 1)

    /// - Parameter segments: the sizes of those that the condition names; others count as one test.
    init(of condition: Condition, segments: [String: ConditionSize]) {
        switch condition {
        case .all(let members), .any(let members):
            self.init(values: 0, depth: 1)
            for member in members { add(ConditionSize(of: member, segments: segments)) }
        case .not(let inner):
            self.init(values: 0, depth: 1)
            add(ConditionSize(of: inner, segments: segments))
        case .segment(let name, _): self = segments[name] ?? Self.test
        case .isOneOf(_, let literals): self.init(values: literals.count, depth: 1)
        default:
            self = Self.test
            if case .aggregate(let aggregate) = condition.operand?.field, let inner = aggregate.condition {
                add(ConditionSize(of: inner, segments: segments))
            }
        }
    }

    private init(values: Int, depth: Int) {
        (self.values, self.depth) = (values, depth)
    }

    /// Segments that name others twice double with each, so what is too large is not counted any further.
    private mutating func add(_ part: ConditionSize) {
        values = min(values + part.values, Self.limit.values + 1)
        depth = min(max(depth, part.depth + 1), Self.limit.depth + 1)
    }
}
