extension Parser {
    static let tagNames = [
        "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement", "doc", "echo",
        "for", "if",
        "ifchanged", "include", "increment", "liquid", "raw", "render", "tablerow", "unless",
    ]

    /// Reads one tag, with its body if it has one.
    mutating func parse(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        switch tag.name {
        case "#": try checkInlineComment(tag)
        case "comment": try skipComment(tag)
        case "doc": try skipDoc(tag)
        case "raw": try raw(tag, into: &draft)
        case "liquid": try lines(of: tag, into: &draft)
        case "assign": draft.add(try assign(tag), at: tag.offset, blank: true)
        case "capture": draft.add(try capture(tag), at: tag.offset, blank: true)
        case "if": try branch(tag, negated: false, into: &draft)
        case "unless": try branch(tag, negated: true, into: &draft)
        case "case": try select(tag, into: &draft)
        case "for": try loop(tag, into: &draft)
        case "tablerow": try tableRow(tag, into: &draft)
        case "cycle": draft.add(try cycle(tag), at: tag.offset)
        case "increment": draft.add(try count(tag, by: 1), at: tag.offset)
        case "decrement": draft.add(try count(tag, by: -1), at: tag.offset)
        case "echo": try echo(tag, into: &draft)
        case "ifchanged": try ifChanged(tag, into: &draft)
        case "render": draft.add(try partial(tag, isolated: true), at: tag.offset)
        case "include": draft.add(try partial(tag, isolated: false), at: tag.offset)
        case "break": draft.add(try bare(tag, .breakLoop), at: tag.offset)
        case "continue": draft.add(try bare(tag, .continueLoop), at: tag.offset)
        default: throw misplaced(tag)
        }
    }

    private func checkInlineComment(_ tag: Scanner.Tag) throws {
        for line in scanner.source[tag.markup].split(separator: Byte.newline).dropFirst() {
            let text = line.drop { $0.isSpace }
            guard let first = text.first, first != Byte.hash else { continue }
            throw Failure.syntax("each line of an inline comment starts with '#'", at: text.startIndex)
        }
    }

    private mutating func skipDoc(_ tag: Scanner.Tag) throws {
        let text = try verbatim(tag)
        if let nested = Scanner(scanner.source).firstTag("doc", in: text) {
            throw Failure.syntax("a 'doc' cannot hold another 'doc'", at: nested)
        }
    }

    private mutating func raw(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        let text = try verbatim(tag)
        guard !text.isEmpty else { return }
        let span = Span(start: Int32(text.lowerBound), count: Int32(text.count))
        draft.add(.text(span), at: text.lowerBound)
    }

    private func bare(_ tag: Scanner.Tag, _ node: Node) throws -> Node {
        guard tag.markup.isEmpty else {
            throw Failure.syntax("'\(tag.name)' takes no arguments", at: tag.markup.lowerBound)
        }
        return node
    }

    private mutating func echo(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        var markup = try markup(tag.markup)
        let offset = markup.current.offset
        if let value = try filteredExpression(&markup) { draft.add(.output(value), at: offset) }
        draft.isBlank = false
    }

    // MARK: Variables

    private mutating func assign(_ tag: Scanner.Tag) throws -> Node {
        var markup = try markup(tag.markup)
        let name = try markup.variableName(quoted: false)
        _ = try markup.expect(.equals, "'=' after the variable's name")
        let value = try filteredExpression(&markup) ?? constant(.null)
        assigned.insert(name)
        return .assign(slot: slot(name), value)
    }

    private mutating func capture(_ tag: Scanner.Tag) throws -> Node {
        var markup = try markup(tag.markup)
        let name = try markup.variableName()
        try markup.expectEnd()
        let (draft, _) = try body(of: tag, until: ["endcapture"])
        assigned.insert(name)
        return .capture(slot: slot(name), seal(draft))
    }

    private mutating func count(_ tag: Scanner.Tag, by step: Int32) throws -> Node {
        var markup = try markup(tag.markup)
        let name = try markup.variableName()
        try markup.expectEnd()
        assigned.insert(name)
        code.counts = true
        return .count(name: key(name), by: step)
    }

    // MARK: Choices

    private mutating func branch(_ tag: Scanner.Tag, negated: Bool, into draft: inout Draft) throws {
        let end = "end" + tag.name
        var bodies: [(draft: Draft, condition: ExpressionID?, offset: Int)] = []
        var head = tag
        repeat {
            var condition: ExpressionID?
            if head.name != "else" {
                var markup = try markup(head.markup)
                condition = try self.condition(&markup)
            }
            let (body, stop) = try body(of: tag, until: ["elsif", "else", end])
            bodies.append((body, condition, head.offset))
            head = stop
        } while head.name != end
        let isBlank = bodies.allSatisfy(\.draft.isBlank)
        let arms = bodies.enumerated().map { index, part in
            Arm(
                condition: part.condition, negated: negated && index == 0,
                body: seal(part.draft, withoutBlanks: isBlank), offset: Int32(part.offset))
        }
        let start = code.arms.count
        code.arms += arms
        draft.add(
            .branch(arms: Span(start: Int32(start), count: Int32(arms.count))), at: tag.offset, blank: isBlank
        )
    }

    private mutating func select(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        var markup = try markup(tag.markup)
        let subject = try expression(&markup)
        // What stands between `case` and the first `when` can never be written.
        var (_, head) = try body(of: tag, until: ["when", "else", "endcase"])
        var bodies: [(draft: Draft, values: [ExpressionID?], offset: Int)] = []
        while head.name != "endcase" {
            let values = head.name == "when" ? try whenValues(head) : try elseValue(head)
            let (body, stop) = try body(of: tag, until: ["when", "else", "endcase"])
            bodies.append((body, values, head.offset))
            head = stop
        }
        let isBlank = bodies.allSatisfy(\.draft.isBlank)
        var choices: [Choice] = []
        for part in bodies {
            let body = seal(part.draft, withoutBlanks: isBlank)
            choices += part.values.map { Choice(value: $0, body: body, offset: Int32(part.offset)) }
        }
        let start = code.choices.count
        code.choices += choices
        let span = Span(start: Int32(start), count: Int32(choices.count))
        draft.add(.select(subject: subject, choices: span), at: tag.offset, blank: isBlank)
    }

    /// The values of `when`, separated by commas or `or`. As in the reference implementation, what follows them is
    /// ignored.
    private mutating func whenValues(_ tag: Scanner.Tag) throws -> [ExpressionID?] {
        var markup = try markup(tag.markup)
        var values: [ExpressionID?] = []
        repeat {
            values.append(try expression(&markup))
        } while markup.accept(.comma) || markup.accept(word: "or")
        return values
    }

    private func elseValue(_ tag: Scanner.Tag) throws -> [ExpressionID?] {
        guard tag.markup.isEmpty else {
            throw Failure.syntax("'else' of a 'case' takes no value", at: tag.markup.lowerBound)
        }
        return [nil]
    }

    private mutating func ifChanged(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        let (body, _) = try body(of: tag, until: ["endifchanged"])
        draft.add(.ifChanged(seal(body)), at: tag.offset, blank: body.isBlank)
    }
}
