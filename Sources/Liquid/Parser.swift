/// Reads a template once and fills the tables of a program.
struct Parser {
    var code = Code()
    /// The loop variables that are visible here, the innermost last.
    var bindings: [Binding] = []
    /// The depths of the `for` loops around here.
    var enclosingLoops: [Int32] = []
    var loopDepth: Int32 = 0
    /// The names that the template sets itself.
    var assigned: Set<Key> = []
    private(set) var scanner: Scanner
    let filters: [String: Filter]
    private var depth = 0

    init(_ source: [UInt8], filters: [String: Filter]) {
        scanner = Scanner(source)
        self.filters = filters
    }

    /// The whole template.
    mutating func template() throws -> Body {
        guard scanner.source.count <= Limits.sourceBytes else {
            throw Failure.syntax("the template is larger than \(Limits.sourceBytes) bytes", at: 0)
        }
        var draft = Draft()
        if let stray = try elements(into: &draft, until: []) { throw misplaced(stray) }
        code.mentions.removeAll { assigned.contains(Key($0.path[0])) }
        shareFields()
        return seal(draft)
    }

    /// Nodes of one body while it is read. They enter the program when the body is complete, because only then it is
    /// known whether the body writes nothing but blanks.
    struct Draft {
        var nodes: [(node: Node, offset: Int)] = []
        var isBlank = true

        mutating func add(_ node: Node, at offset: Int, blank: Bool = false) {
            nodes.append((node, offset))
            if !blank { isBlank = false }
        }
    }

    /// Puts a body into the program. A block whose bodies are all blank writes nothing, so its blanks are left out.
    mutating func seal(_ draft: Draft, withoutBlanks: Bool = false) -> Body {
        let start = code.nodes.count
        for (node, offset) in draft.nodes {
            if withoutBlanks, case .text = node { continue }
            code.nodes.append(node)
            code.offsets.append(Int32(offset))
        }
        return Body(start: Int32(start), count: Int32(code.nodes.count - start))
    }

    /// Reads elements until one of these tags, which is returned, or until the end.
    mutating func elements(into draft: inout Draft, until stops: Set<String>) throws -> Scanner.Tag? {
        while true {
            switch try scanner.next() {
            case .end: return nil
            case .text(let range):
                let blank = scanner.source[range].allSatisfy { $0.isSpace }
                let span = Span(start: Int32(range.lowerBound), count: Int32(range.count))
                draft.add(.text(span), at: range.lowerBound, blank: blank)
            case .output(let range):
                var markup = try markup(range)
                let offset = markup.current.offset
                if let value = try filteredExpression(&markup) { draft.add(.output(value), at: offset) }
                draft.isBlank = false
            case .tag(let tag):
                if stops.contains(tag.name) { return tag }
                try nested(at: tag.offset) { parser in try parser.parse(tag, into: &draft) }
            }
        }
    }

    /// Reads a block's body up to the tag that ends it.
    mutating func body(of block: Scanner.Tag, until stops: Set<String>) throws -> (Draft, Scanner.Tag) {
        var draft = Draft()
        guard let stop = try elements(into: &draft, until: stops) else {
            throw Failure.syntax(
                "this '\(block.name)' is never closed with 'end\(block.name)'", at: block.offset)
        }
        return (draft, stop)
    }

    /// Does something one level deeper, so that no template can exhaust the stack.
    mutating func nested<Result>(at offset: Int, _ work: (inout Parser) throws -> Result) throws -> Result {
        guard depth < Limits.parseDepth else {
            throw Failure.syntax("nested more than \(Limits.parseDepth) deep", at: offset)
        }
        depth += 1
        defer { depth -= 1 }
        return try work(&self)
    }

    /// Reads the lines of a `liquid` tag into the same body.
    mutating func lines(of tag: Scanner.Tag, into draft: inout Draft) throws {
        let outer = scanner
        scanner = Scanner(outer.source, lines: tag.markup)
        if let stray = try elements(into: &draft, until: []) { throw misplaced(stray) }
        scanner = outer
    }

    mutating func skipComment(_ tag: Scanner.Tag) throws { try scanner.skipComment(from: tag) }

    mutating func verbatim(_ tag: Scanner.Tag) throws -> Range<Int> {
        guard tag.markup.isEmpty else {
            throw Failure.syntax("'\(tag.name)' takes no arguments", at: tag.markup.lowerBound)
        }
        return try scanner.verbatim(until: "end" + tag.name, of: tag)
    }

    func markup(_ range: Range<Int>) throws -> Markup { try Markup(range, in: scanner.source) }

    func misplaced(_ tag: Scanner.Tag) -> Failure {
        if tag.name.hasPrefix("end") {
            return .syntax("'\(tag.name)' closes nothing here", at: tag.offset)
        }
        if ["else", "elsif", "when"].contains(tag.name) {
            return .syntax("'\(tag.name)' has no place here", at: tag.offset)
        }
        let hint = tag.name.nearest(in: Parser.tagNames).map { "; did you mean '\($0)'?" } ?? ""
        return .syntax("there is no tag '\(tag.name)'\(hint)", at: tag.offset)
    }

    // MARK: Tables

    mutating func add(_ expression: Expression) -> ExpressionID {
        code.expressions.append(expression)
        return ExpressionID(code.expressions.count - 1)
    }

    mutating func constant(_ value: Value) -> ExpressionID {
        code.constants.append(value)
        return add(.constant(Int32(code.constants.count - 1)))
    }

    mutating func key(_ key: Key) -> Int32 {
        code.keys.append(key)
        return Int32(code.keys.count - 1)
    }

    /// The slot of a variable of the template.
    mutating func slot(_ key: Key) -> Int32 {
        if let known = code.slots[key] { return known }
        let slot = Int32(code.names.count)
        code.names.append(key)
        code.slots[key] = slot
        return slot
    }

    /// The loop variables that are visible here, kept for what looks up names while rendering.
    mutating func visibleBindings() -> Span {
        let start = code.bindings.count
        code.bindings += bindings.reversed()
        return Span(start: Int32(start), count: Int32(bindings.count))
    }
}
