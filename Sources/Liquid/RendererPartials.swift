extension Renderer {
    mutating func partial(_ call: PartialCall) throws -> Flow {
        let name = try value(call.name)
        guard case .string(let name) = name else {
            throw Failure.render("the name of a partial is text, not \(name.kind)")
        }
        let program = try partial(named: name, isComputed: !isConstant(call.name))
        let before = offset
        depth += 1
        try context.budget.check(depth: depth)
        let arguments = try call.arguments.map { ($0.key, try value($0.value)) }
        let subject = try call.subject.map { try value($0) }
        let variable = call.alias ?? Key(name.split(separator: "/").last.map(String.init) ?? name)
        let flow: Flow
        if call.isIsolated {
            try renderIsolated(program, subject, as: variable, repeats: call.repeats, arguments)
            flow = .on
        } else {
            flow = try include(program, subject ?? lookUp(Key(name)), as: variable, arguments, call.bindings)
        }
        depth -= 1
        offset = before
        return flow
    }

    /// - Parameter isComputed: whether the name is the data's and not the template's own: then no error repeats it.
    private func partial(named name: String, isComputed: Bool) throws -> Program {
        do {
            return try environment.partial(name)
        } catch let failure as Failure where isComputed && failure.kind == .partial {
            throw Failure.partial("there is no partial of the name that was computed")
        }
    }

    // MARK: render

    /// A rendered partial sees the scope and its arguments, but no variable of the template around.
    private mutating func renderIsolated(
        _ program: Program, _ subject: Value?, as variable: Key, repeats: Bool, _ arguments: [(Key, Value)]
    ) throws {
        guard repeats, let items = try items(of: subject ?? .null) else {
            return try renderOnce(program, subject, as: variable, loop: nil, arguments)
        }
        for (index, item) in items.enumerated() {
            try context.budget.spend(1)
            let state = LoopState(index: index, length: items.count, name: program.name)
            try renderOnce(program, item, as: variable, loop: state, arguments)
        }
    }

    private mutating func renderOnce(
        _ program: Program, _ subject: Value?, as variable: Key, loop: LoopState?, _ arguments: [(Key, Value)]
    ) throws {
        var outer = Frame(program, isolated: true)
        if let loop { outer.set("forloop", to: .object(LoopObject(loop, parent: .null))) }
        for (key, value) in arguments { outer.set(key, to: value) }
        if let subject, !subject.isNull { outer.set(variable, to: subject) }
        var outerWaiting: [Frame] = []
        var outerRegisters = Registers()
        swap(&frame, &outer)
        swap(&waiting, &outerWaiting)
        swap(&registers, &outerRegisters)
        _ = try render(program.root, of: program)
        frame = outer
        waiting = outerWaiting
        registers = outerRegisters
    }

    /// What `for` repeats a partial over; nothing for a single value.
    private mutating func items(of value: Value) throws -> [Value]? {
        switch value {
        case .array(let items): return items
        case .object(let object) where !object.fieldNames.isEmpty: return object.pairs
        case .range(let lower, let upper):
            let count = Value.count(lower: lower, upper: upper)
            try context.budget.spend(count)
            return (0..<count).map { .int(lower + $0) }
        default: return nil
        }
    }

    // MARK: include

    /// An included partial sees all that is visible where it is included, and sets variables there.
    private mutating func include(
        _ program: Program, _ subject: Value, as variable: Key, _ arguments: [(Key, Value)], _ bindings: Span
    ) throws -> Flow {
        guard !(waiting.first ?? frame).isIsolated else {
            throw Failure.render("a partial that was rendered cannot include another; use 'render'")
        }
        var included = Frame(program, included: bindings)
        for (key, value) in arguments { included.set(key, to: value) }
        swap(&frame, &included)
        waiting.append(included)
        let flow = try includeEach(program, subject, as: variable)
        frame = waiting.removeLast()
        return flow
    }

    private mutating func includeEach(_ program: Program, _ subject: Value, as variable: Key) throws -> Flow {
        guard case .array(let items) = subject else {
            if !subject.isNull { frame.set(variable, to: subject) }
            return try render(program.root, of: program)
        }
        for item in items {
            try context.budget.spend(1)
            frame.set(variable, to: item)
            let flow = try render(program.root, of: program)
            if flow != .on { return flow }
        }
        return .on
    }
}
