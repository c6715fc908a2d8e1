extension Filter {
    /// The filters of Liquid, and `raw`.
    static let standard: [String: Filter] = {
        let all = general + math + text + encoding + array + [date]
        return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }()

    private static let general: [Filter] = [
        Filter("default", arity: 0...1, options: ["allow_false"]) { input, arguments, _ in
            let allowsFalse = arguments.option("allow_false")?.isTruthy == true
            let isMissing = allowsFalse ? input.isNull : !input.isTruthy
            guard isMissing || input.isEmpty || input.isEmptyLiteral else { return input }
            return arguments.count > 0 ? arguments[0] : .string("")
        },
        Filter("size") { input, _, _ in
            let size = input.listMember("size")
            return size.isNull ? .int(0) : size
        },
        // What the author vouches for is written as it is.
        Filter("raw") { input, _, context in raw(input, context) },
    ]

    private static func raw(_ input: Value, _ context: FilterContext) -> Value {
        guard case .array(let items) = input else { return context.markup(input.text) }
        return .array(items.map { raw($0, context) })
    }
}

extension Value {
    /// `size`, `first` or `last` as a filter. Data with fields is the list of its pairs then, also when one of them
    /// has such a name; only an object of the host answers for itself, as it does after a dot.
    func listMember(_ name: Key) -> Value {
        guard case .object(let object) = self, object is Fields else { return member(name) }
        return name == "last" ? .null : Value.array(object.pairs).member(name)
    }

    fileprivate var isEmptyLiteral: Bool {
        switch self {
        case .empty, .blank: true
        default: false
        }
    }
}
