/// Runs a program: walks its nodes and writes bytes.
struct Renderer {
    enum Flow { case on, breakLoop, continueLoop }

    var output: Output
    var frame: Frame
    /// The frames of the programs that wait for an included partial, the nearest last.
    var waiting: [Frame] = []
    var registers = Registers()
    var context: FilterContext
    let environment: Environment
    var depth = 0
    /// The place in the source that is being worked on: where an error is.
    var offset: Int32 = 0
    /// How many bytes the output had before.
    private let written: Int

    init(_ program: Program, environment: Environment, scope: Scope, output bytes: [UInt8]) {
        output = Output(bytes, escaping: environment.escaping)
        frame = Frame(program)
        self.environment = environment
        context = FilterContext(
            scope: scope, escaping: environment.escaping, budget: Budget(environment.limits))
        written = bytes.count
    }

    /// Renders the whole template; returns what went wrong.
    mutating func run() -> LiquidError? {
        do {
            _ = try render(frame.program.root, of: frame.program)
            return nil
        } catch let error as LiquidError {
            return error
        } catch let failure as Failure {
            return located(failure)
        } catch let error as FilterError {
            return located(.render(error.message))
        } catch {
            return located(.render("\(error)"))
        }
    }

    private func located(_ failure: Failure) -> LiquidError {
        LiquidError(
            failure, in: frame.program.source, named: frame.program.name, at: failure.offset ?? Int(offset))
    }

    mutating func render(_ body: Body, of program: Program) throws -> Flow {
        for index in Int(body.start)..<Int(body.start) + Int(body.count) {
            offset = program.code.offsets[index]
            try context.budget.spend(1)
            let flow = try render(program.code.nodes[index], of: program)
            try context.budget.check(written: output.bytes.count - written)
            if flow != .on { return flow }
        }
        return .on
    }

    private mutating func render(_ node: Node, of program: Program) throws -> Flow {
        switch node {
        case .text(let span):
            program.source.withUnsafeBufferPointer {
                output.write(UnsafeBufferPointer(rebasing: $0[span.indices]))
            }
        case .output(let expression): output.write(try value(expression, of: program))
        case .assign(let slot, let expression): assign(slot, try value(expression, of: program))
        case .capture(let slot, let body): return try capture(slot, body, of: program)
        case .branch(let arms): return try branch(arms, of: program)
        case .select(let subject, let choices): return try select(subject, choices, of: program)
        case .loop(let index): return try loop(program.code.loops[Int(index)], of: program)
        case .tableRow(let index): return try tableRow(program.code.loops[Int(index)], of: program)
        case .cycle(let index): try cycle(index, of: program)
        case .count(let name, let step): try count(program.code.keys[Int(name)], by: Int(step))
        case .ifChanged(let body): return try ifChanged(body, of: program)
        case .partial(let index): return try partial(program.code.partials[Int(index)])
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        }
        return .on
    }

    /// Renders a block's body one level deeper.
    mutating func nested(_ body: Body, of program: Program) throws -> Flow {
        depth += 1
        try context.budget.check(depth: depth)
        let flow = try render(body, of: program)
        depth -= 1
        return flow
    }

    // MARK: Blocks

    private mutating func branch(_ arms: Span, of program: Program) throws -> Flow {
        for index in arms.indices {
            let arm = program.code.arms[index]
            offset = arm.offset
            if let condition = arm.condition, try isTrue(condition, of: program) == arm.negated { continue }
            return try nested(arm.body, of: program)
        }
        return .on
    }

    private mutating func select(_ subject: ExpressionID, _ choices: Span, of program: Program) throws -> Flow
    {
        let subject = try value(subject, of: program)
        var isMatched = false
        for index in choices.indices {
            let choice = program.code.choices[index]
            offset = choice.offset
            if let wanted = choice.value {
                guard subject.equals(try value(wanted, of: program)) else { continue }
                isMatched = true
            } else if isMatched {
                continue
            }
            let flow = try nested(choice.body, of: program)
            if flow != .on { return flow }
        }
        return .on
    }

    private mutating func capture(_ slot: Int32, _ body: Body, of program: Program) throws -> Flow {
        let (bytes, flow) = try captured(body, of: program)
        let text = String(decoding: bytes, as: UTF8.self)
        assign(slot, context.markup(text))
        return flow
    }

    private mutating func ifChanged(_ body: Body, of program: Program) throws -> Flow {
        let (bytes, flow) = try captured(body, of: program)
        if bytes != registers.lastChange {
            output.write(bytes)
            registers.lastChange = bytes
        }
        return flow
    }

    /// What a body writes, kept from the output. Its bytes count against the limit as they are made.
    private mutating func captured(_ body: Body, of program: Program) throws -> ([UInt8], Flow) {
        let start = output.bytes.count
        let flow = try nested(body, of: program)
        return (output.cut(from: start), flow)
    }

    // MARK: Variables

    /// An assignment belongs to the template, also from within loops and included partials.
    private mutating func assign(_ slot: Int32, _ value: Value) {
        if frame.included == nil {
            frame.variables[Int(slot)] = value
        } else if let root = waiting.lastIndex(where: { $0.included == nil }) {
            waiting[root].set(frame.program.code.names[Int(slot)], to: value)
        }
    }

    /// `increment` shows the number before it grows, `decrement` the number after it fell. Both begin with what the
    /// scope holds under that name, or with 0.
    private mutating func count(_ name: Key, by step: Int) throws {
        let before = registers.counters[name] ?? context.scope.value(name) ?? .int(0)
        switch before {
        case .int, .double, .null, .bool(false): break
        default: throw Failure.render("\(name.name.quoted) cannot be counted on from \(before.inspected)")
        }
        let number = Number(before)
        let after = try Operation.add(number, .int(step)).value
        registers.counters[name] = after
        output.write(step > 0 ? number.value : after)
    }

    private mutating func cycle(_ index: Int32, of program: Program) throws {
        let cycle = program.code.cycles[Int(index)]
        let key: Registers.CycleKey =
            switch cycle.turn {
            case .named(let name): .name(try value(name, of: program).inspected)
            case .literals(let text): .literals(text)
            case .own: .tag(index, program: program.name)
            }
        let turn = registers.cycles[key] ?? 0
        if turn < cycle.values.count { output.write(try value(cycle.values[turn])) }
        registers.cycles[key] = turn + 1 < cycle.values.count ? turn + 1 : 0
    }
}
