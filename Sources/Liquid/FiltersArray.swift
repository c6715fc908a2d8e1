extension Filter {
    /// Filters that work on lists. A list in a list is taken apart first, a single value is a list of one.
    static let array: [Filter] = [
        Filter("first") { input, _, _ in input.listMember("first") },
        Filter("last") { input, _, _ in input.listMember("last") },
        Filter("join", arity: 0...1) { input, arguments, context in try joined(input, arguments, &context) },
        Filter("reverse") { input, _, context in .array(try input.items(&context).reversed()) },
        Filter("concat", arity: 1...1) { input, arguments, context in
            guard case .array(let more) = arguments[0] else {
                throw FilterError("'concat' needs a list to add")
            }
            let items = try input.items(&context)
            try context.budget.make(bytes: (items.count + more.count) * 16)
            return .array(items + more)
        },
        Filter("map", arity: 1...1) { input, arguments, context in
            .array(try input.items(&context).map { try $0.property(arguments[0]) ?? .null })
        },
        Filter("slice", arity: 1...2) { input, arguments, _ in try slice(input, arguments) },
        Filter("sort", arity: 0...1) { input, arguments, context in
            try sorted(input, arguments, &context) { left, right in
                guard let order = left.sortOrder(to: right) else {
                    throw FilterError("'sort' cannot compare \(left.kind) with \(right.kind)")
                }
                return order
            }
        },
        Filter("sort_natural", arity: 0...1) { input, arguments, context in
            try sorted(input, arguments, &context) { $0.foldedOrder(to: $1) }
        },
        Filter("uniq", arity: 0...1) { input, arguments, context in
            var seen: Set<Identity> = []
            return try filtered(input, arguments[0], &context) { seen.insert(Identity($0)).inserted }
        },
        Filter("compact", arity: 0...1) { input, arguments, context in
            try filtered(input, arguments[0], &context) { !$0.isNull }
        },
        Filter("where", arity: 1...2) { input, arguments, context in
            try selected(input, arguments, &context) { items, matches in
                .array(items.indices.filter { matches[$0] }.map { items[$0] })
            }
        },
        Filter("reject", arity: 1...2) { input, arguments, context in
            try selected(input, arguments, &context) { items, matches in
                .array(items.indices.filter { !matches[$0] }.map { items[$0] })
            }
        },
        Filter("has", arity: 1...2) { input, arguments, context in
            try selected(input, arguments, &context, stopsAtFirst: true) { _, matches in
                .bool(matches.contains(true))
            }
        },
        Filter("find", arity: 1...2) { input, arguments, context in
            try selected(input, arguments, &context, stopsAtFirst: true) { items, matches in
                matches.firstIndex(of: true).map { items[$0] } ?? .null
            }
        },
        Filter("find_index", arity: 1...2) { input, arguments, context in
            try selected(input, arguments, &context, stopsAtFirst: true) { _, matches in
                matches.firstIndex(of: true).map(Value.int) ?? .null
            }
        },
        Filter("sum", arity: 0...1) { input, arguments, context in
            var total = Number.int(0)
            for item in try input.items(&context) {
                let part = arguments[0].isNull ? item : try item.property(arguments[0]) ?? .int(0)
                for number in try part.items(&context) { total = try Operation.add(total, Number(number)) }
            }
            return total.value
        },
    ]

    /// Parts of a list in HTML mode: markup stays markup, so the rest is escaped beside it.
    private static func joined(
        _ input: Value, _ arguments: FilterArguments, _ context: inout FilterContext
    ) throws -> Value {
        let items = try input.items(&context)
        let glue = arguments.count > 0 ? arguments[0] : .string(" ")
        let isMarkup = glue.isMarkup || items.contains(where: \.isMarkup)
        let parts = items.map { isMarkup ? context.escaped($0) : $0.text }
        let separator = isMarkup ? context.escaped(glue) : glue.text
        let (glueBytes, overflow) = separator.utf8.count.multipliedReportingOverflow(by: items.count)
        try context.budget.make(bytes: overflow ? .max : glueBytes)
        let text = parts.joined(separator: separator)
        return isMarkup ? .markup(text) : .string(text)
    }

    private static func slice(_ input: Value, _ arguments: FilterArguments) throws -> Value {
        let start = try Number.integer(arguments[0])
        let length = arguments[1].isTruthy ? try Number.integer(arguments[1]) : 1
        func part<Items: RandomAccessCollection>(of items: Items) -> Items.SubSequence
        where Items.Index == Int {
            let first = start < 0 ? start + items.count : start
            guard first >= 0, first <= items.count, length >= 0 else { return items.prefix(0) }
            return items.dropFirst(first).prefix(length)
        }
        if case .array(let items) = input { return .array(Array(part(of: items))) }
        return .string(String(String.UnicodeScalarView(part(of: Array(input.text.unicodeScalars)))))
    }

    private static func sorted(
        _ input: Value, _ arguments: FilterArguments, _ context: inout FilterContext,
        by order: (Value, Value) throws -> Int
    ) throws -> Value {
        let items = try input.items(&context)
        try context.spend(items.count * (1 + items.count.bitWidth - items.count.leadingZeroBitCount))
        guard !arguments[0].isNull else { return .array(try items.sorted { try order($0, $1) < 0 }) }
        var keyed: [(key: Value, item: Value)] = []
        for item in items {
            guard let key = try item.property(arguments[0]) else { return .null }
            keyed.append((key, item))
        }
        return .array(try keyed.sorted { try order($0.key, $1.key) < 0 }.map(\.item))
    }

    /// The items that pass, judged by themselves or by a property of theirs.
    private static func filtered(
        _ input: Value, _ property: Value, _ context: inout FilterContext, by passes: (Value) -> Bool
    ) throws -> Value {
        var result: [Value] = []
        for item in try input.items(&context) {
            guard let key = property.isNull ? item : try item.property(property) else { return .null }
            if passes(key) { result.append(item) }
        }
        return .array(result)
    }

    /// Which items have a property that is true, or that equals the second argument. An item that can have no
    /// properties makes the result nothing, as in the reference implementation.
    private static func selected(
        _ input: Value, _ arguments: FilterArguments, _ context: inout FilterContext,
        stopsAtFirst: Bool = false,
        _ result: ([Value], [Bool]) -> Value
    ) throws -> Value {
        let items = try input.items(&context)
        var matches: [Bool] = []
        for item in items {
            guard let value = try item.property(arguments[0]) else { return .null }
            let isMatch = arguments[1].isNull ? value.isTruthy : value.equals(arguments[1])
            matches.append(isMatch)
            if isMatch, stopsAtFirst { break }
        }
        return result(items, matches)
    }
}

extension Value {
    /// The value as a flat list.
    func items(_ context: inout FilterContext) throws -> [Value] {
        switch self {
        case .null, .empty, .blank: return []
        case .array(let items):
            try context.spend(items.count)
            guard items.contains(where: \.isArray) else { return items }
            var flat: [Value] = []
            for item in items {
                if item.isArray { flat += try item.items(&context) } else { flat.append(item) }
            }
            return flat
        case .range(let lower, let upper):
            let count = Value.count(lower: lower, upper: upper)
            try context.spend(count)
            return (0..<count).map { .int(lower + $0) }
        default: return [self]
        }
    }

    private var isArray: Bool {
        if case .array = self { true } else { false }
    }

    /// A property as filters read it; nothing when the value can have none.
    ///
    /// - Throws: when the value has properties, but not of that kind.
    fileprivate func property(_ property: Value) throws -> Value? {
        switch (self, property) {
        case (.object(let object), _): return object.field(Key(property.text)) ?? .null
        case (.string(let text), .string(let part)), (.markup(let text), .string(let part)):
            return Search(part).first(in: Array(text.utf8)) == nil ? .null : property
        case (.string(let text), .int(let place)), (.markup(let text), .int(let place)):
            let characters = Array(text.unicodeScalars)
            let index = place < 0 ? place + characters.count : place
            return characters.indices.contains(index) ? .string(String(characters[index])) : .null
        case (.array, _): return element(property)
        case (.int, _), (.string, _), (.markup, _):
            throw FilterError("\(kind) has no properties")
        default: return nil
        }
    }

    /// The order of `sort`: nothing comes last.
    fileprivate func sortOrder(to other: Value) -> Int? {
        switch (self, other) {
        case (.null, .null): return 0
        case (.null, _): return 1
        case (_, .null): return -1
        case (.bool(let left), .bool(let right)): return left == right ? 0 : nil
        case (.array(let left), .array(let right)):
            for (left, right) in zip(left, right) {
                guard let order = left.sortOrder(to: right) else { return nil }
                if order != 0 { return order }
            }
            return left.count - right.count
        case (.object(let left), .object(let right)): return left === right || equals(other) ? 0 : nil
        default: return order(to: other)
        }
    }

    /// The order of `sort_natural`: of the texts, without regard to ASCII case; nothing comes last.
    fileprivate func foldedOrder(to other: Value) -> Int {
        switch (self, other) {
        case (.null, .null): return 0
        case (.null, _): return 1
        case (_, .null): return -1
        default: return text.asciiFolded.byteOrder(to: other.text.asciiFolded)
        }
    }
}

extension String {
    fileprivate var asciiFolded: String {
        String(decoding: utf8.map { $0.isLetter ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// What makes two values the same for `uniq`.
private struct Identity: Hashable {
    private let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: Identity, right: Identity) -> Bool { left.value.equals(right.value) }

    func hash(into hasher: inout Hasher) {
        switch value {
        case .int(let number): hasher.combine(Double(number))
        case .double(let number): hasher.combine(number)
        case .string(let text), .markup(let text): for byte in text.utf8 { hasher.combine(byte) }
        case .array(let items): hasher.combine(items.count)
        default: break
        }
    }
}
