/// The tokens of one tag or output, read from left to right.
struct Markup {
    private let tokens: [Token]
    private let source: [UInt8]
    private var index = 0

    init(_ range: Range<Int>, in source: [UInt8]) throws {
        tokens = try Lexer.tokens(of: range, in: source)
        self.source = source
    }

    /// The next token. The last one is `end`, and it is never passed.
    var current: Token { tokens[index] }

    /// The token after the next.
    var following: Token.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

    /// Where the token that was passed last ends, its quote included.
    var previousEnd: Int {
        guard index > 0 else { return current.offset }
        let token = tokens[index - 1]
        return token.kind == .string ? token.range.upperBound + 1 : token.range.upperBound
    }

    func text(_ token: Token) -> String { String(decoding: source[token.range], as: UTF8.self) }

    mutating func advance() -> Token {
        let token = tokens[index]
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    /// Passes a token of this kind; false when another one stands here.
    mutating func accept(_ kind: Token.Kind) -> Bool {
        guard current.kind == kind else { return false }
        _ = advance()
        return true
    }

    /// Passes this word; false when something else stands here.
    mutating func accept(word: String) -> Bool {
        guard current.kind == .identifier, text(current) == word else { return false }
        _ = advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind, _ what: String) throws -> Token {
        guard current.kind == kind else { throw unexpected(what) }
        return advance()
    }

    func expectEnd() throws {
        if current.kind != .end { throw unexpected("the end of the tag") }
    }

    func unexpected(_ what: String) -> Failure {
        guard current.kind != .end else { return .syntax("expected \(what)", at: current.offset) }
        return .syntax("expected \(what), found '\(text(current))'", at: current.offset)
    }

    /// The name of a variable: letters, digits, `_`, `-` and, as Liquid allows for `assign`, digits alone and dots.
    ///
    /// - Parameter quoted: whether it may stand in quotes, as `capture` has always let it.
    mutating func variableName(quoted: Bool = true) throws -> Key {
        let first = current
        guard first.kind == .identifier || first.kind == .number || (quoted && first.kind == .string) else {
            throw unexpected(quoted ? "the name of a variable" : "the name of a variable, without quotes")
        }
        var name = text(advance())
        while current.kind == .dot || current.kind == .identifier || current.kind == .number,
            current.offset == tokens[index - 1].range.upperBound
        {
            name += text(advance())
        }
        guard !name.hasSuffix("?"), !name.hasPrefix("-") else {
            throw Failure.syntax("'\(name)' is not a name of a variable", at: first.offset)
        }
        return Key(name)
    }
}
