/// A named function that a template applies with `|`.
public struct Filter: Sendable {
    /// What a filter does: input, arguments, and what it may know of the rendering.
    public typealias Body = @Sendable (Value, FilterArguments, inout FilterContext) throws -> Value

    /// The name in templates.
    public let name: String
    /// How many positional arguments it takes.
    public let arity: ClosedRange<Int>
    /// The names of the arguments it takes by name.
    public let options: [String]
    let body: Body

    /// A filter of the host, or one that replaces a standard one.
    ///
    /// - Parameters:
    ///   - name: what stands after `|`.
    ///   - arity: how many positional arguments; a template with another number is refused when it is parsed.
    ///   - options: the arguments that may be given by name.
    ///   - body: throws ``FilterError`` when it cannot work with what it was given.
    public init(_ name: String, arity: ClosedRange<Int> = 0...0, options: [String] = [], body: @escaping Body)
    {
        self.name = name
        self.arity = arity
        self.options = options
        self.body = body
    }
}

/// The arguments of one call of a filter.
public struct FilterArguments: Sendable {
    let values: [Value]
    let names: [String]

    /// How many positional arguments were given.
    public var count: Int { values.count - names.count }

    /// The positional argument at this place, counted from 0; null when it was not given.
    public subscript(index: Int) -> Value {
        index < count ? values[index] : .null
    }

    /// The argument of this name, or nothing when it was not given.
    public func option(_ name: String) -> Value? {
        guard let index = names.lastIndex(of: name) else { return nil }
        return values[count + index]
    }
}

/// What a filter may know of the rendering it works in.
public struct FilterContext {
    /// What the template sees: the host's values and the time.
    public let scope: Scope
    /// How outputs are protected.
    public let escaping: Escaping
    var budget: Budget

    /// Pays for work in steps (see ``Limits``); a filter that loops over more than its input calls this first.
    ///
    /// - Throws: when the limit is reached.
    public mutating func spend(_ steps: Int) throws { try budget.spend(steps) }

    /// HTML in HTML mode, text in text mode: what a filter returns that has escaped what it put into it.
    public func markup(_ text: String) -> Value { escaping == .html ? .markup(text) : .string(text) }

    /// The value's text, escaped in HTML mode unless it is markup already.
    public func escaped(_ value: Value) -> String {
        escaping == .html && !value.isMarkup ? HTML.escaped(value.text) : value.text
    }
}
