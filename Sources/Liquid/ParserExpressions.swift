extension Parser {
    /// A value with filters; nothing for an empty output.
    mutating func filteredExpression(_ markup: inout Markup) throws -> ExpressionID? {
        if markup.current.kind == .end { return nil }
        let value = try expression(&markup)
        let start = code.calls.count
        while markup.accept(.pipe) { code.calls.append(try filterCall(&markup)) }
        try markup.expectEnd()
        let count = code.calls.count - start
        return count == 0
            ? value : add(.filtered(value, calls: Span(start: Int32(start), count: Int32(count))))
    }

    /// A literal, a variable with its path, or a range.
    mutating func expression(_ markup: inout Markup) throws -> ExpressionID {
        let token = markup.current
        switch token.kind {
        case .string: return constant(.string(markup.text(markup.advance())))
        case .number: return constant(number(markup.text(markup.advance())))
        case .openRound: return try nested(at: token.offset) { try $0.range(&markup) }
        case .identifier, .openSquare: return try nested(at: token.offset) { try $0.variable(&markup) }
        default: throw markup.unexpected("a value")
        }
    }

    private func number(_ text: String) -> Value {
        if let whole = Int(text) { return .int(whole) }
        return .double(Double(text) ?? 0)
    }

    private mutating func range(_ markup: inout Markup) throws -> ExpressionID {
        _ = markup.advance()
        let lower = try expression(&markup)
        _ = try markup.expect(.dotDot, "'..'")
        let upper = try expression(&markup)
        _ = try markup.expect(.closeRound, "')'")
        if let bounds = literals([lower, upper]), case .int(let lower) = bounds[0],
            case .int(let upper) = bounds[1]
        {
            return constant(.range(lower: lower, upper: upper))
        }
        return add(.range(lower, upper))
    }

    private mutating func variable(_ markup: inout Markup) throws -> ExpressionID {
        let start = markup.current
        if markup.accept(.openSquare) {
            let name = try expression(&markup)
            _ = try markup.expect(.closeSquare, "']'")
            return try path(from: root(computed: name, at: start), &markup)
        }
        let name = markup.text(markup.advance())
        if markup.current.kind != .dot, markup.current.kind != .openSquare,
            let literal = Parser.literals[name]
        {
            return constant(literal)
        }
        let key = Key(name)
        guard let binding = bindings.last(where: { $0.key == key }) else {
            mention(key, at: start)
            return try path(from: add(.variable(slot(key))), &markup)
        }
        switch binding.target {
        case .item(let depth): return try path(from: add(.item(depth)), &markup)
        case .loopObject(let depth): return try loopValue(depth, &markup)
        }
    }

    private static let literals: [String: Value] = [
        "nil": .null, "null": .null, "true": .bool(true), "false": .bool(false), "blank": .blank,
        "empty": .empty,
    ]

    /// `['some name']` is a variable like any other; only a name that is computed is looked up while rendering.
    private mutating func root(computed name: ExpressionID, at token: Token) -> ExpressionID {
        guard case .constant(let index) = code.expressions[Int(name)],
            case .string(let text) = code.constants[Int(index)],
            !bindings.contains(where: { $0.key == Key(text) })
        else { return add(.named(name, bindings: visibleBindings())) }
        mention(Key(text), at: token)
        return add(.variable(slot(Key(text))))
    }

    private mutating func path(from base: ExpressionID, _ markup: inout Markup) throws -> ExpressionID {
        var segments: [Segment] = []
        var isKnown = true
        while true {
            if markup.accept(.dot) {
                let name = Key(markup.text(try markup.expect(.identifier, "a name after the dot")))
                segments.append(.key(key(name)))
                if isKnown { extendMention(of: base, with: name) }
            } else if markup.accept(.openSquare) {
                let value = try expression(&markup)
                _ = try markup.expect(.closeSquare, "']'")
                segments.append(segment(value))
                isKnown = isKnown && extendMention(of: base, with: segments.last)
            } else {
                break
            }
        }
        guard !segments.isEmpty else { return base }
        code.segments += segments
        let start = code.segments.count - segments.count
        return add(.path(base: base, segments: Span(start: Int32(start), count: Int32(segments.count))))
    }

    private mutating func segment(_ value: ExpressionID) -> Segment {
        if case .constant(let index) = code.expressions[Int(value)],
            case .string(let name) = code.constants[Int(index)]
        {
            return .field(key(Key(name)))
        }
        return .computed(value)
    }

    /// `forloop.index` needs no object: which loop is meant and which field is known here.
    private mutating func loopValue(_ depth: Int32, _ markup: inout Markup) throws -> ExpressionID {
        guard markup.current.kind == .dot else { return try path(from: add(.loopObject(depth)), &markup) }
        var ahead = markup
        _ = ahead.advance()
        let name = ahead.text(try ahead.expect(.identifier, "a name after the dot"))
        if let field = LoopField(rawValue: name), ahead.current.kind != .dot,
            ahead.current.kind != .openSquare
        {
            markup = ahead
            return add(.loopField(depth, field))
        }
        return try path(from: add(.loopObject(depth)), &markup)
    }

    // MARK: Filters

    private mutating func filterCall(_ markup: inout Markup) throws -> FilterCall {
        let token = try markup.expect(.identifier, "the name of a filter")
        let name = markup.text(token)
        guard let filter = filters[name] else {
            let hint = name.nearest(in: filters.keys.sorted()).map { "; did you mean '\($0)'?" } ?? ""
            throw Failure.syntax("there is no filter '\(name)'\(hint)", at: token.offset)
        }
        var positional: [ExpressionID] = []
        var named: [(name: String, value: ExpressionID)] = []
        if markup.accept(.colon) {
            repeat {
                if markup.current.kind == .identifier, markup.following == .colon {
                    let option = markup.advance()
                    _ = markup.advance()
                    try check(option: markup.text(option), of: filter, at: option.offset)
                    named.append((markup.text(option), try expression(&markup)))
                } else {
                    positional.append(try expression(&markup))
                }
            } while markup.accept(.comma)
        }
        try check(count: positional.count, of: filter, at: token.offset)
        let arguments = positional + named.map(\.value)
        let names = named.map(\.name)
        return FilterCall(
            filter: filter, arguments: arguments, names: names,
            literals: literals(arguments).map { FilterArguments(values: $0, names: names) },
            offset: Int32(token.offset))
    }

    private func check(option: String, of filter: Filter, at offset: Int) throws {
        guard !filter.options.contains(option) else { return }
        let known = filter.options.isEmpty ? "no argument by name" : filter.options.joined(separator: ", ")
        throw Failure.syntax(
            "the filter '\(filter.name)' has no argument '\(option)', it takes \(known)", at: offset)
    }

    private func check(count: Int, of filter: Filter, at offset: Int) throws {
        guard !filter.arity.contains(count) else { return }
        let (least, most) = (filter.arity.lowerBound, filter.arity.upperBound)
        let wanted = least == most ? "\(least)" : "\(least) to \(most)"
        let noun = most == 1 ? "argument" : "arguments"
        throw Failure.syntax("the filter '\(filter.name)' takes \(wanted) \(noun), not \(count)", at: offset)
    }

    /// What these expressions are worth, when all of them are literals.
    func literals(_ expressions: [ExpressionID]) -> [Value]? {
        var values: [Value] = []
        for expression in expressions {
            guard case .constant(let index) = code.expressions[Int(expression)] else { return nil }
            values.append(code.constants[Int(index)])
        }
        return values
    }

    // MARK: Conditions

    /// Comparisons joined by `and` and `or`, to the end of the markup.
    mutating func condition(_ markup: inout Markup) throws -> ExpressionID {
        var terms: [ConditionTerm] = []
        while true {
            let operand = try comparison(&markup)
            let joint: ConditionTerm.Joint =
                markup.accept(word: "and") ? .and : markup.accept(word: "or") ? .or : .last
            terms.append(ConditionTerm(operand: operand, joint: joint))
            if joint == .last { break }
        }
        try markup.expectEnd()
        if terms.count == 1 { return terms[0].operand }
        code.terms += terms
        let start = code.terms.count - terms.count
        return add(.condition(terms: Span(start: Int32(start), count: Int32(terms.count))))
    }

    private mutating func comparison(_ markup: inout Markup) throws -> ExpressionID {
        let left = try expression(&markup)
        guard case .comparison(let comparison) = markup.current.kind else { return left }
        _ = markup.advance()
        return add(.comparison(comparison, left, try expression(&markup)))
    }

    // MARK: Mentions

    private mutating func mention(_ key: Key, at token: Token) {
        code.mentions.append(VariableMention(path: [key.name], offset: token.offset))
    }

    /// Only the latest mention can still grow, and only when this path started it.
    @discardableResult
    private mutating func extendMention(of base: ExpressionID, with segment: Segment?) -> Bool {
        guard case .field(let index) = segment else { return false }
        extendMention(of: base, with: code.keys[Int(index)])
        return true
    }

    private mutating func extendMention(of base: ExpressionID, with name: Key) {
        guard case .variable = code.expressions[Int(base)], let last = code.mentions.indices.last else {
            return
        }
        code.mentions[last].path.append(name.name)
    }
}
