extension Parser {
    mutating func loop(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        var markup = try markup(tag.markup)
        let head = try loopHead(&markup)
        let isReversed = markup.accept(word: "reversed")
        var offset = Loop.Offset.none
        var limit: ExpressionID?
        while markup.current.kind != .end {
            _ = markup.accept(.comma)
            switch try loopOption(&markup) {
            case "offset" where markup.accept(word: "continue"):
                offset = .resume
                code.continuesLoops = true
            case "offset": offset = .given(try expression(&markup))
            case "limit": limit = try expression(&markup)
            case let other:
                throw Failure.syntax("'for' takes limit and offset, not '\(other)'", at: tag.offset)
            }
        }
        let depth = enter(head.variable, object: "forloop")
        enclosingLoops.append(depth)
        var (body, stop) = try body(of: tag, until: ["else", "endfor"])
        enclosingLoops.removeLast()
        leave()
        var otherwise: Draft?
        while stop.name == "else" { (otherwise, stop) = try self.body(of: tag, until: ["else", "endfor"]) }
        let isBlank = body.isBlank && otherwise?.isBlank != false
        code.loops.append(
            Loop(
                name: head.name, collection: head.collection, offset: offset, limit: limit, columns: nil,
                isReversed: isReversed, depth: depth, parent: enclosingLoops.last ?? -1,
                body: seal(body, withoutBlanks: isBlank),
                otherwise: otherwise.map { seal($0, withoutBlanks: isBlank) }))
        draft.add(.loop(Int32(code.loops.count - 1)), at: tag.offset, blank: isBlank)
    }

    mutating func tableRow(_ tag: Scanner.Tag, into draft: inout Draft) throws {
        var markup = try markup(tag.markup)
        let head = try loopHead(&markup)
        var options: [String: ExpressionID] = [:]
        while markup.current.kind != .end {
            _ = markup.accept(.comma)
            let name = try loopOption(&markup)
            guard ["cols", "limit", "offset"].contains(name) else {
                throw Failure.syntax("'tablerow' takes cols, limit and offset, not '\(name)'", at: tag.offset)
            }
            options[name] = try expression(&markup)
        }
        let depth = enter(head.variable, object: "tablerowloop")
        let (body, _) = try body(of: tag, until: ["endtablerow"])
        leave()
        code.loops.append(
            Loop(
                name: head.name, collection: head.collection,
                offset: options["offset"].map(Loop.Offset.given) ?? .none,
                limit: options["limit"], columns: options["cols"], isReversed: false, depth: depth,
                parent: enclosingLoops.last ?? -1, body: seal(body), otherwise: nil))
        // Blank or not by its body alone: then the blanks around it in a block that holds nothing else are left out,
        // while its own stay in their cells.
        draft.add(.tableRow(Int32(code.loops.count - 1)), at: tag.offset, blank: body.isBlank)
    }

    private mutating func loopHead(
        _ markup: inout Markup
    ) throws -> (variable: Key, name: String, collection: ExpressionID) {
        let variable = Key(markup.text(try markup.expect(.identifier, "the name of a variable")))
        guard markup.accept(word: "in") else { throw markup.unexpected("'in' after the loop's variable") }
        let start = markup.current.offset
        let collection = try expression(&markup)
        let written = scanner.source[start..<max(start, markup.previousEnd)].filter { !$0.isSpace }
        return (variable, "\(variable.name)-\(String(decoding: written, as: UTF8.self))", collection)
    }

    private mutating func loopOption(_ markup: inout Markup) throws -> String {
        let name = markup.text(try markup.expect(.identifier, "an option such as 'limit:'"))
        _ = try markup.expect(.colon, "':' after '\(name)'")
        return name
    }

    /// Makes the loop's variables visible. Loops beside each other use the same place.
    private mutating func enter(_ variable: Key, object: Key) -> Int32 {
        let depth = loopDepth
        bindings.append(Binding(key: object, target: .loopObject(depth)))
        bindings.append(Binding(key: variable, target: .item(depth)))
        loopDepth += 1
        code.loopDepth = max(code.loopDepth, Int(loopDepth))
        return depth
    }

    private mutating func leave() {
        bindings.removeLast(2)
        loopDepth -= 1
    }

    mutating func cycle(_ tag: Scanner.Tag) throws -> Node {
        var markup = try markup(tag.markup)
        var first: ExpressionID? = try expression(&markup)
        var group: ExpressionID?
        if markup.accept(.colon) {
            group = first
            first = nil
        } else {
            _ = markup.accept(.comma)
        }
        var values = first.map { [$0] } ?? []
        while markup.current.kind != .end {
            values.append(try expression(&markup))
            if !markup.accept(.comma) { break }
        }
        try markup.expectEnd()
        guard !values.isEmpty else {
            throw Failure.syntax("'cycle' needs values to go through", at: tag.offset)
        }
        let turn =
            group.map(Cycle.Turn.named) ?? literals(values).map { .literals(Value.array($0).inspected) }
            ?? .own
        code.cycles.append(Cycle(turn: turn, values: values))
        return .cycle(Int32(code.cycles.count - 1))
    }

    // MARK: Partials

    /// `render 'name'` or `include name`, with `with` or `for` a value, `as` a name, and arguments.
    mutating func partial(_ tag: Scanner.Tag, isolated: Bool) throws -> Node {
        var markup = try markup(tag.markup)
        if isolated, markup.current.kind != .string {
            throw markup.unexpected("the partial's name in quotes")
        }
        let nameToken = markup.current
        let name = try expression(&markup)
        if nameToken.kind == .string {
            code.partialMentions.append(
                PartialMention(name: markup.text(nameToken), offset: nameToken.offset))
        }
        let repeats = markup.current.kind == .identifier && markup.text(markup.current) == "for"
        var subject: ExpressionID?
        if markup.following != .colon, markup.accept(word: "with") || markup.accept(word: "for") {
            subject = try expression(&markup)
        }
        let alias = markup.following != .colon && markup.accept(word: "as") ? try markup.variableName() : nil
        let arguments = try partialArguments(&markup)
        if !isolated {
            code.continuesLoops = true
            code.counts = true
        }
        code.partials.append(
            PartialCall(
                name: name, isIsolated: isolated, subject: subject, repeats: repeats && subject != nil,
                alias: alias,
                arguments: arguments, bindings: isolated ? Span(start: 0, count: 0) : visibleBindings()))
        return .partial(Int32(code.partials.count - 1))
    }

    private mutating func partialArguments(_ markup: inout Markup) throws -> [(key: Key, value: ExpressionID)]
    {
        var arguments: [(key: Key, value: ExpressionID)] = []
        while markup.current.kind != .end {
            _ = markup.accept(.comma)
            if markup.current.kind == .end { break }
            let name = markup.text(try markup.expect(.identifier, "an argument such as 'name: value'"))
            _ = try markup.expect(.colon, "':' after '\(name)'")
            arguments.append((Key(name), try expression(&markup)))
        }
        return arguments
    }
}
