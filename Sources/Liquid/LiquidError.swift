/// Why a template could not be parsed or rendered, and where.
public struct LiquidError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Kind: Sendable, Equatable {
        /// The template's text is wrong; it can never be rendered.
        case syntax
        /// A value did not fit what the template does with it.
        case render
        /// A limit was reached, see ``Limits``.
        case limit
        /// A partial could not be read.
        case partial
    }

    /// What kind of mistake it is.
    public let kind: Kind
    /// One sentence.
    public let message: String
    /// The name of the template or partial that holds the mistake.
    public let template: String
    /// The line, counted from 1.
    public let line: Int
    /// The character within the line, counted from 1.
    public let column: Int
    /// The text of the line, without its line break.
    public let lineText: String

    /// `name:line:column: error: message`.
    public var description: String { "\(template):\(line):\(column): error: \(message)" }

    /// The line and, under the place of the mistake, a caret. Tabs stay tabs, so that the caret stays below.
    public var excerpt: String {
        let indent = lineText.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        return "\(lineText)\n\(indent)^"
    }

    init(_ failure: Failure, in source: [UInt8], named template: String, at offset: Int) {
        let place = Lines(source).place(of: offset)
        kind = failure.kind
        message = failure.message
        self.template = template
        line = place.line
        column = place.column
        lineText = String(decoding: source[place.range], as: UTF8.self)
    }
}

/// A mistake before its place is known. Parser and renderer add the place.
struct Failure: Error {
    let kind: LiquidError.Kind
    let message: String
    /// Where it is, when that is known better than by whoever catches it.
    var offset: Int?

    static func syntax(_ message: String, at offset: Int) -> Failure {
        Failure(kind: .syntax, message: message, offset: offset)
    }
    static func render(_ message: String) -> Failure { Failure(kind: .render, message: message) }
    static func limit(_ message: String) -> Failure { Failure(kind: .limit, message: message) }
    static func partial(_ message: String) -> Failure { Failure(kind: .partial, message: message) }
}

/// What a filter throws when it cannot work with what it was given. The renderer adds template, line and column.
public struct FilterError: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public let message: String

    /// An error with one sentence for the template's author.
    public init(_ message: String) { self.message = message }

    /// The sentence.
    public var description: String { message }
}
