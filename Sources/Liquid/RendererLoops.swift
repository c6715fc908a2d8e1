extension Renderer {
    /// What a loop goes over: items that are there, or numbers that need not be made.
    enum Segment {
        case items(ArraySlice<Value>)
        case numbers(lower: Int, count: Int)

        var count: Int {
            switch self {
            case .items(let items): items.count
            case .numbers(_, let count): count
            }
        }

        func item(_ index: Int) -> Value {
            switch self {
            case .items(let items): items[items.startIndex + index]
            case .numbers(let lower, _): .int(lower + index)
            }
        }
    }

    mutating func loop(_ loop: Loop, of program: Program) throws -> Flow {
        let start = try offset(of: loop)
        let limit = try loop.limit.map { try whole(value($0)) } ?? nil
        let segment = try segment(of: value(loop.collection, of: program), from: start, limit: limit)
        if program.code.continuesLoops {
            registers.loopEnds[loop.name] = start.addingReportingOverflow(segment.count).partialValue
        }
        guard segment.count > 0 else { return try loop.otherwise.map { try nested($0, of: program) } ?? .on }
        let depth = Int(loop.depth)
        frame.loops[depth] = LoopState(length: segment.count, name: loop.name, parent: loop.parent)
        for round in 0..<segment.count {
            try context.budget.spend(1)
            frame.loops[depth].index = round
            frame.items[depth] = segment.item(loop.isReversed ? segment.count - 1 - round : round)
            if try nested(loop.body, of: program) == .breakLoop { break }
        }
        return .on
    }

    mutating func tableRow(_ loop: Loop, of program: Program) throws -> Flow {
        let collection = try value(loop.collection)
        guard collection.isTruthy else { return .on }
        var start = 0
        if case .given(let offset) = loop.offset { start = try lenientWhole(value(offset)) }
        let limit = try loop.limit.map { try lenientWhole(value($0)) }
        let segment = try segment(of: collection, from: start, limit: limit)
        let columns = try loop.columns.map { try lenientWhole(value($0)) } ?? segment.count
        let depth = Int(loop.depth)
        // Without a sensible number of columns a row never ends.
        frame.loops[depth] = LoopState(
            length: segment.count, columns: columns > 0 ? columns : .max, name: loop.name)
        output.write(markup: "<tr class=\"row1\">\n")
        for round in 0..<segment.count {
            try context.budget.spend(1)
            frame.loops[depth].index = round
            frame.items[depth] = segment.item(round)
            let column = frame.loops[depth].column
            output.write(markup: "<td class=\"col\(column + 1)\">")
            let flow = try nested(loop.body, of: program)
            output.write(markup: "</td>")
            if flow == .breakLoop { break }
            if column + 1 == columns, round + 1 < segment.count {
                output.write(markup: "</tr>\n<tr class=\"row\((round + 1) / columns + 1)\">")
            }
        }
        output.write(markup: "</tr>\n")
        return .on
    }

    private mutating func offset(of loop: Loop) throws -> Int {
        switch loop.offset {
        case .none: 0
        case .given(let expression): try whole(value(expression)) ?? 0
        case .resume: registers.loopEnds[loop.name] ?? 0
        }
    }

    /// Part of what can be looped over; nothing of anything else. Text is one item.
    private mutating func segment(of collection: Value, from start: Int, limit: Int?) throws -> Segment {
        if case .range(let lower, let upper) = collection {
            let bounds = bounds(of: Value.count(lower: lower, upper: upper), from: start, limit: limit)
            return .numbers(lower: lower &+ bounds.lowerBound, count: bounds.count)
        }
        let items: [Value]
        switch collection {
        case .array(let all): items = all
        case .object(let object):
            items = object.pairs
            try context.budget.spend(items.count)
        case .string(let text), .markup(let text):
            // Neither offset nor limit apply to text.
            return .items(text.isEmpty ? [] : [collection])
        default: items = []
        }
        return .items(items[bounds(of: items.count, from: start, limit: limit)])
    }

    private func bounds(of count: Int, from start: Int, limit: Int?) -> Range<Int> {
        let first = min(max(start, 0), count)
        guard let limit else { return first..<count }
        let (end, overflow) = start.addingReportingOverflow(limit)
        return first..<max(first, min(overflow && limit > 0 ? count : end, count))
    }

    /// A whole number, also written as text; nothing for nothing.
    private func whole(_ value: Value) throws -> Int? {
        value.isNull ? nil : try Number.integer(value)
    }

    /// A whole number where `tablerow` takes anything that starts like one.
    private func lenientWhole(_ value: Value) throws -> Int {
        switch value {
        case .null, .empty, .blank: 0
        case .int(let number): number
        case .double(let number): Int(exactly: number.rounded(.towardZero)) ?? 0
        case .string(let text), .markup(let text): Number.leadingInteger(text)
        default: throw Failure.render("\(value.kind) stands where a whole number is needed")
        }
    }
}
