/// The tokens of a tag's or an output's markup.
struct Token {
    enum Kind: Equatable {
        case identifier
        case string
        case number
        case comparison(Comparison)
        case pipe, dot, dotDot, colon, comma
        case openSquare, closeSquare, openRound, closeRound
        case question, dash, equals
        case end
    }

    let kind: Kind
    /// Bytes of the source; for a string without its quotes.
    let range: Range<Int>
    /// Where the token starts, quotes included.
    let offset: Int
}

/// Cuts markup into tokens.
struct Lexer {
    private let source: [UInt8]
    private var position: Int
    private let end: Int

    /// The tokens of this part of the source, with one `end` as the last.
    static func tokens(of range: Range<Int>, in source: [UInt8]) throws -> [Token] {
        var lexer = Lexer(source: source, position: range.lowerBound, end: range.upperBound)
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws -> Token {
        while position < end, source[position].isSpace { position += 1 }
        guard position < end else { return Token(kind: .end, range: end..<end, offset: end) }
        let start = position
        let byte = source[start]
        if byte == Byte.quote || byte == Byte.doubleQuote { return try string(byte) }
        if byte.isDigit || (byte == Byte.dash && peek(1)?.isDigit == true) { return number() }
        if byte.isLetter || byte == UInt8(ascii: "_") { return word() }
        let (kind, length) = try symbol(byte)
        position += length
        return Token(kind: kind, range: start..<position, offset: start)
    }

    private func peek(_ ahead: Int) -> UInt8? { position + ahead < end ? source[position + ahead] : nil }

    private mutating func string(_ quote: UInt8) throws -> Token {
        let start = position
        guard let close = source[(start + 1)..<end].firstIndex(of: quote) else {
            throw Failure.syntax("this text in quotes is never closed", at: start)
        }
        position = close + 1
        return Token(kind: .string, range: start + 1..<close, offset: start)
    }

    private mutating func number() -> Token {
        let start = position
        position += 1
        skipDigits()
        if peek(0) == Byte.dot, peek(1)?.isDigit == true {
            position += 1
            skipDigits()
        }
        return Token(kind: .number, range: start..<position, offset: start)
    }

    private mutating func skipDigits() {
        while position < end, source[position].isDigit { position += 1 }
    }

    private mutating func word() -> Token {
        let start = position
        while position < end, source[position].isWordByte || source[position] == Byte.dash { position += 1 }
        if source[start..<position].elementsEqual("contains".utf8), peek(0)?.isSpace == true {
            return Token(kind: .comparison(.contains), range: start..<position, offset: start)
        }
        if peek(0) == UInt8(ascii: "?") { position += 1 }
        return Token(kind: .identifier, range: start..<position, offset: start)
    }

    private func symbol(_ byte: UInt8) throws -> (Token.Kind, length: Int) {
        let next = peek(1)
        switch (byte, next) {
        case (UInt8(ascii: "="), UInt8(ascii: "=")): return (.comparison(.equal), 2)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): return (.comparison(.unequal), 2)
        case (UInt8(ascii: "<"), UInt8(ascii: ">")): return (.comparison(.unequal), 2)
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): return (.comparison(.atMost), 2)
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): return (.comparison(.atLeast), 2)
        case (UInt8(ascii: "<"), _): return (.comparison(.less), 1)
        case (UInt8(ascii: ">"), _): return (.comparison(.greater), 1)
        case (Byte.dot, Byte.dot): return (.dotDot, 2)
        case (Byte.dot, _): return (.dot, 1)
        case (UInt8(ascii: "="), _): return (.equals, 1)
        case (UInt8(ascii: "|"), _): return (.pipe, 1)
        case (UInt8(ascii: ":"), _): return (.colon, 1)
        case (UInt8(ascii: ","), _): return (.comma, 1)
        case (UInt8(ascii: "["), _): return (.openSquare, 1)
        case (UInt8(ascii: "]"), _): return (.closeSquare, 1)
        case (UInt8(ascii: "("), _): return (.openRound, 1)
        case (UInt8(ascii: ")"), _): return (.closeRound, 1)
        case (UInt8(ascii: "?"), _): return (.question, 1)
        case (Byte.dash, _): return (.dash, 1)
        default:
            let character =
                String(decoding: source[position..<end].prefix(4), as: UTF8.self).first.map(String.init) ?? ""
            throw Failure.syntax("unexpected character '\(character)'", at: position)
        }
    }
}
