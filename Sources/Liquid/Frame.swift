/// The variables of one running program.
struct Frame {
    let program: Program
    /// By slot: what was assigned, or what the scope was found to hold. Nothing until it is asked for.
    var variables: [Value?]
    /// What shared fields were found to be. Nothing until they are asked for, and always for an included partial,
    /// whose variables change with every round.
    var sharedFields: [Value?]
    /// The items of the running loops, by depth.
    var items: [Value]
    /// The states of the running loops, by depth.
    var loops: [LoopState]
    /// Variables that the program's own text does not mention: set by an included partial, or given to one.
    var others: [Key: Value] = [:]
    /// For an included partial: which loop variables of the program that included it are visible.
    let included: Span?
    /// Whether this is a rendered partial.
    let isIsolated: Bool

    init(_ program: Program, included: Span? = nil, isolated: Bool = false) {
        isIsolated = isolated
        self.program = program
        self.included = included
        let (names, fields) = (program.code.names.count, Int(program.code.sharedFields))
        variables = included != nil || names == 0 ? [] : [Value?](repeating: nil, count: names)
        sharedFields = included != nil || fields == 0 ? [] : [Value?](repeating: nil, count: fields)
        let depth = program.code.loopDepth
        items = depth == 0 ? [] : [Value](repeating: .null, count: depth)
        loops = depth == 0 ? [] : [LoopState](repeating: LoopState(), count: depth)
    }

    /// Sets a variable by its name.
    mutating func set(_ key: Key, to value: Value) {
        if included == nil, let slot = program.code.slots[key] {
            variables[Int(slot)] = value
        } else {
            others[key] = value
        }
    }

    /// What was set under this name.
    func known(_ key: Key) -> Value? {
        if included == nil, let slot = program.code.slots[key], let value = variables[Int(slot)] {
            return value
        }
        return others.isEmpty ? nil : others[key]
    }

    /// A visible loop variable of this name.
    func bound(_ key: Key, in bindings: Span) -> Binding.Target? {
        for index in bindings.indices where program.code.bindings[index].key == key {
            return program.code.bindings[index].target
        }
        return nil
    }

    /// `forloop` or `tablerowloop` as a value.
    func loopObject(at depth: Int) -> Value {
        let state = loops[depth]
        return .object(
            LoopObject(state, parent: state.parent < 0 ? .null : loopObject(at: Int(state.parent))))
    }

    func value(of target: Binding.Target) -> Value {
        switch target {
        case .item(let depth): items[Int(depth)]
        case .loopObject(let depth): loopObject(at: Int(depth))
        }
    }
}

/// What tags remember from one time to the next. An included partial shares it, a rendered one has its own.
struct Registers {
    /// What `increment` and `decrement` have made of the scope's values.
    var counters: [Key: Value] = [:]
    /// Which value of each cycle comes next.
    var cycles: [CycleKey: Int] = [:]
    var loopEnds: [String: Int] = [:]
    var lastChange: [UInt8]?

    /// Which turn a cycle takes (see ``Cycle/Turn``).
    enum CycleKey: Hashable {
        case name(String)
        case literals(String)
        case tag(Int32, program: String)
    }
}
