extension Renderer {
    /// The value of an expression of the running program.
    mutating func value(_ id: ExpressionID) throws -> Value { try value(id, of: frame.program) }

    /// Whether an expression stands in the template as a value.
    func isConstant(_ id: ExpressionID) -> Bool {
        if case .constant = frame.program.code.expressions[Int(id)] { true } else { false }
    }

    /// The value of an expression. The program comes along, so that nobody holds on to it anew at each step.
    mutating func value(_ id: ExpressionID, of program: Program) throws -> Value {
        switch program.code.expressions[Int(id)] {
        case .constant(let index): return program.code.constants[Int(index)]
        case .variable(let slot): return variable(Int(slot), of: program)
        case .item(let depth): return frame.items[Int(depth)]
        case .loopObject(let depth): return frame.loopObject(at: Int(depth))
        case .loopField(let depth, let field): return loopField(Int(depth), field)
        case .path(let base, let segments): return try path(base, segments, of: program)
        case .sharedField(let place, let path): return try sharedField(Int(place), path, of: program)
        case .named(let name, let bindings): return named(try value(name, of: program), bindings)
        case .range(let lower, let upper):
            return try range(value(lower, of: program), value(upper, of: program))
        case .filtered(let base, let calls): return try filtered(base, calls, of: program)
        case .comparison, .condition: return .bool(try isTrue(id, of: program))
        }
    }

    /// Whether an expression holds as a condition.
    mutating func isTrue(_ id: ExpressionID, of program: Program) throws -> Bool {
        switch program.code.expressions[Int(id)] {
        case .comparison(let comparison, let left, let right):
            return try comparison.holds(value(left, of: program), value(right, of: program))
        case .condition(let terms):
            // `and` and `or` bind to the right: `a and (b or (c ...))`. So an operand that decides ends the chain.
            for index in terms.indices {
                let term = program.code.terms[index]
                let holds = try isTrue(term.operand, of: program)
                if term.joint == .last || holds == (term.joint == .or) { return holds }
            }
            return false
        default: return try value(id, of: program).isTruthy
        }
    }

    private func loopField(_ depth: Int, _ field: LoopField) -> Value {
        let state = frame.loops[depth]
        return field.isOfTable && state.columns == 0 ? .null : state.value(field)
    }

    private func range(_ lower: Value, _ upper: Value) throws -> Value {
        .range(lower: try bound(lower), upper: try bound(upper))
    }

    private func bound(_ value: Value) throws -> Int {
        switch value {
        case .int(let number): number
        case .string(let text), .markup(let text): Number.leadingInteger(text)
        case .double(let number): try truncated(number)
        case .null, .empty, .blank: 0
        default: throw Failure.render("a range cannot start or end with \(value.kind)")
        }
    }

    private func truncated(_ number: Double) throws -> Int {
        guard let whole = Int(exactly: number.rounded(.towardZero)) else {
            throw Failure.render("a range cannot start or end with a number that large")
        }
        return whole
    }

    // MARK: Variables

    private mutating func variable(_ slot: Int, of program: Program) -> Value {
        guard frame.included == nil else { return lookUp(program.code.names[slot]) }
        if let value = frame.variables[slot] { return value }
        let key = program.code.names[slot]
        guard let value = frame.others[key] ?? registers.counters[key] ?? context.scope.value(key) else {
            return .null
        }
        if !program.code.counts { frame.variables[slot] = value }
        return value
    }

    /// A variable whose name was computed.
    private func named(_ name: Value, _ bindings: Span) -> Value {
        let key = Key(name.text)
        if let target = frame.bound(key, in: bindings) { return frame.value(of: target) }
        return lookUp(key)
    }

    /// A variable by its name: what the program was given, then, for an included partial, what the program around
    /// sees, then counters, then the scope.
    func lookUp(_ key: Key) -> Value {
        if let value = frame.known(key) { return value }
        var visible = frame.included
        var index = waiting.count
        while let bindings = visible, index > 0 {
            index -= 1
            if let target = waiting[index].bound(key, in: bindings) {
                return waiting[index].value(of: target)
            }
            if let value = waiting[index].known(key) { return value }
            visible = waiting[index].included
        }
        return registers.counters[key] ?? context.scope.value(key) ?? .null
    }

    // MARK: Paths

    private mutating func sharedField(_ place: Int, _ path: ExpressionID, of program: Program) throws -> Value
    {
        guard frame.included == nil else { return try value(path, of: program) }
        if let value = frame.sharedFields[place] { return value }
        let value = try value(path, of: program)
        frame.sharedFields[place] = value
        return value
    }

    private mutating func path(_ base: ExpressionID, _ segments: Span, of program: Program) throws -> Value {
        var current = try value(base, of: program)
        for index in segments.indices {
            switch program.code.segments[index] {
            case .key(let key): current = current.member(program.code.keys[Int(key)])
            case .field(let key): current = current.field(program.code.keys[Int(key)])
            case .computed(let expression): current = current.element(try value(expression, of: program))
            }
        }
        return current
    }

    // MARK: Filters

    private mutating func filtered(_ base: ExpressionID, _ calls: Span, of program: Program) throws -> Value {
        var current = try value(base, of: program)
        let before = offset
        for index in calls.indices {
            let call = program.code.calls[index]
            let arguments: FilterArguments
            if let literals = call.literals {
                arguments = literals
            } else {
                var values: [Value] = []
                values.reserveCapacity(call.arguments.count)
                for argument in call.arguments { values.append(try value(argument, of: program)) }
                arguments = FilterArguments(values: values, names: call.names)
            }
            offset = call.offset
            current = try call.filter.body(current, arguments, &context)
            try context.budget.make(bytes: current.weight)
        }
        offset = before
        return current
    }
}

extension Value {
    /// `value.name`.
    func member(_ key: Key) -> Value {
        switch self {
        case .object(let object):
            if let value = object.field(key) { return value }
            return key.name == "size"
                ? .int(object.fieldNames.count) : key.name == "first" ? object.pairs.first ?? .null : .null
        case .array(let items):
            switch key.name {
            case "size": return .int(items.count)
            case "first": return items.first ?? .null
            case "last": return items.last ?? .null
            default: return .null
            }
        case .string(let text), .markup(let text):
            switch key.name {
            case "size": return .int(text.unicodeScalars.count)
            case "first": return text.unicodeScalars.first.map { .string(String($0)) } ?? .null
            case "last": return text.unicodeScalars.last.map { .string(String($0)) } ?? .null
            default: return .null
            }
        case .range(let lower, let upper):
            switch key.name {
            case "size": return .int(Value.count(lower: lower, upper: upper))
            case "first": return .int(lower)
            case "last": return .int(upper)
            default: return .null
            }
        default: return .null
        }
    }

    /// `value['name']`.
    func field(_ key: Key) -> Value {
        guard case .object(let object) = self else { return .null }
        return object.field(key) ?? .null
    }

    /// `value[index]`, where the index was computed.
    func element(_ index: Value) -> Value {
        switch (self, index) {
        case (.array(let items), .int(let place)):
            let place = place < 0 ? place + items.count : place
            return items.indices.contains(place) ? items[place] : .null
        case (_, .string(let name)), (_, .markup(let name)): return field(Key(name))
        case (_, .int(let number)): return field(Key(String(number)))
        default: return .null
        }
    }
}
