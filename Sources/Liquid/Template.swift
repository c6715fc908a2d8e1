/// A parsed template. It never changes, and any number of threads may render it at the same time.
public struct Template: Sendable {
    let program: Program
    let environment: Environment

    /// Parses a template.
    ///
    /// - Parameters:
    ///   - source: the template's text.
    ///   - name: what errors call it, a file's path for example.
    ///   - environment: filters, partials, escaping and limits.
    /// - Throws: ``LiquidError`` at the first mistake.
    public init(parsing source: String, name: String, environment: Environment) throws {
        program = try Program(parsing: Array(source.utf8), name: name, filters: environment.filters)
        self.environment = environment
    }

    /// The template's name.
    public var name: String { program.name }

    /// The variables that the template reads and does not set itself, each time it does, in order. What a partial
    /// reads is in the partial's own list.
    public var variables: [VariableMention] { program.variableMentions }

    /// The partials that the template names in quotes, in order.
    public var partials: [PartialMention] { program.partialMentions }

    /// Appends the rendered bytes.
    ///
    /// - Parameters:
    ///   - output: UTF-8; as it was when rendering fails.
    ///   - scope: what the template sees.
    /// - Throws: ``LiquidError`` with the template or partial, line and column where rendering stopped.
    public func render(into output: inout [UInt8], scope: Scope) throws {
        let length = output.count
        var bytes: [UInt8] = []
        swap(&bytes, &output)
        // Most outputs are about as long as their templates.
        if length == 0 { bytes.reserveCapacity(program.source.count) }
        var renderer = Renderer(program, environment: environment, scope: scope, output: bytes)
        bytes = []
        let failure = renderer.run()
        output = renderer.output.take()
        guard let failure else { return }
        output.removeSubrange(length...)
        throw failure
    }

    /// The rendered text.
    ///
    /// - Throws: as ``render(into:scope:)``.
    public func render(scope: Scope) throws -> String {
        var bytes: [UInt8] = []
        try render(into: &bytes, scope: scope)
        return String(decoding: bytes, as: UTF8.self)
    }
}
