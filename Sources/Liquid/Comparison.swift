/// The operators of conditions.
enum Comparison: Sendable, Equatable {
    case equal, unequal, less, atMost, greater, atLeast, contains

    func holds(_ left: Value, _ right: Value) throws -> Bool {
        switch self {
        case .equal: left.equals(right)
        case .unequal: !left.equals(right)
        case .contains: left.contains(right)
        case .less, .atMost, .greater, .atLeast: try ordered(left, right)
        }
    }

    /// Only two numbers or two texts have an order. A number and a text are a mistake in the template; anything else
    /// is simply not less and not greater, so that a missing variable makes a condition false.
    private func ordered(_ left: Value, _ right: Value) throws -> Bool {
        guard left.hasOrder, right.hasOrder else { return false }
        guard let order = left.order(to: right) else {
            throw Failure.render("cannot compare \(left.kind) with \(right.kind)")
        }
        return switch self {
        case .less: order < 0
        case .atMost: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    }
}

extension Value {
    fileprivate var hasOrder: Bool {
        switch self {
        case .int, .double, .string, .markup: true
        default: false
        }
    }

    /// Liquid's `==`: numbers by value, text byte by byte, `empty` and `blank` by what the other side is.
    func equals(_ other: Value) -> Bool {
        switch (self, other) {
        case (.empty, .empty), (.blank, .blank), (.null, .null): true
        case (.empty, .blank), (.blank, .empty): false
        case (.empty, let value), (let value, .empty): value.isEmpty
        case (.blank, let value), (let value, .blank): value.isBlank
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.int(let left), .double(let right)), (.double(let right), .int(let left)): Double(left) == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)), (.string(let left), .markup(let right)),
            (.markup(let left), .string(let right)), (.markup(let left), .markup(let right)):
            left.sameBytes(as: right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
        case (.range(let a, let b), .range(let c, let d)): a == c && b == d
        case (.object(let left), .object(let right)): left === right || left.hasSameFields(as: right)
        default: false
        }
    }

    /// Empty text, array or object.
    var isEmpty: Bool {
        switch self {
        case .string(let text), .markup(let text): text.utf8.isEmpty
        case .array(let items): items.isEmpty
        case .object(let object): object.fieldNames.isEmpty
        default: false
        }
    }

    /// Nothing, false, or text, array or object with nothing in it but spaces.
    var isBlank: Bool {
        switch self {
        case .null, .bool(false): true
        case .string(let text), .markup(let text): text.utf8.allSatisfy(\.isSpace)
        default: isEmpty
        }
    }

    /// Negative, zero or positive; nothing when the two have no order.
    func order(to other: Value) -> Int? {
        switch (self, other) {
        case (.int(let left), .int(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.int(let left), .double(let right)): order(Double(left), right)
        case (.double(let left), .int(let right)): order(left, Double(right))
        case (.double(let left), .double(let right)): order(left, right)
        case (.string(let left), .string(let right)), (.string(let left), .markup(let right)),
            (.markup(let left), .string(let right)), (.markup(let left), .markup(let right)):
            left.byteOrder(to: right)
        default: nil
        }
    }

    private func order(_ left: Double, _ right: Double) -> Int? {
        left.isNaN || right.isNaN ? nil : left < right ? -1 : left > right ? 1 : 0
    }

    /// Liquid's `contains`: text in text, an item in an array, a field in an object, a number in a range.
    func contains(_ other: Value) -> Bool {
        guard other.isTruthy else { return false }
        switch self {
        case .string(let text), .markup(let text):
            return Search(other.text).first(in: Array(text.utf8)) != nil
        case .array(let items): return items.contains { $0.equals(other) }
        case .object(let object):
            guard case .string(let name) = other else { return false }
            return object.field(Key(name)) != nil
        case .range(let lower, let upper):
            guard case .int(let number) = other else { return false }
            return lower <= number && number <= upper
        default: return false
        }
    }
}

extension LiquidObject {
    fileprivate func hasSameFields(as other: any LiquidObject) -> Bool {
        let names = fieldNames
        guard !names.isEmpty || !other.fieldNames.isEmpty else { return true }
        guard names.count == other.fieldNames.count else { return false }
        return names.allSatisfy { name in
            guard let left = field(Key(name)), let right = other.field(Key(name)) else { return false }
            return left.equals(right)
        }
    }
}

extension String {
    /// The order of the bytes, which for UTF-8 is that of the code points.
    func byteOrder(to other: String) -> Int {
        utf8.elementsEqual(other.utf8) ? 0 : utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    }
}
