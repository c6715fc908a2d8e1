import Foundation
import Model

/// Why a text is no condition.
struct ConditionProblem: Error {
    /// One sentence.
    var message: String
    var hint: String?
    /// Byte offset in the condition's text.
    var offset: Int
}

/// All that is wrong with a condition, in the order of the text.
struct ConditionProblems: Error {
    var all: [ConditionProblem]
    /// The condition without the tests that are wrong: what it names can be checked, and nobody may be chosen by it. Nil
    /// where too little was understood.
    var rest: Condition?
}

/// A word of a condition.
struct ConditionToken: Equatable {
    enum Kind: Equatable {
        /// A name, a keyword, a number, a date: whatever stands without quotes.
        case word(String)
        /// A text in quotes.
        case quoted(String)
        case comparison(Condition.Comparison)
        case open, close, openList, closeList, comma
        case end
    }

    var kind: Kind
    /// Byte offset in the condition's text.
    var offset: Int

    /// Whether it is a word without a meaning of its own.
    var isName: Bool {
        if case .word(let word) = kind { !ConditionWords.keywords.contains(word) } else { false }
    }
}

/// Cuts a condition into words, over UTF-8 bytes.
struct ConditionLexer {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// All tokens, an `end` at last.
    static func tokens(of text: String) throws(ConditionProblem) -> [ConditionToken] {
        var lexer = ConditionLexer(text)
        var tokens: [ConditionToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(ConditionProblem) -> ConditionToken {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            position += 1
        }
        let start = position
        return ConditionToken(kind: try kind(), offset: start)
    }

    private mutating func kind() throws(ConditionProblem) -> ConditionToken.Kind {
        guard let byte = peek() else { return .end }
        switch byte {
        case UInt8(ascii: "("): return take(.open)
        case UInt8(ascii: ")"): return take(.close)
        case UInt8(ascii: "["): return take(.openList)
        case UInt8(ascii: "]"): return take(.closeList)
        case UInt8(ascii: ","): return take(.comma)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quoted(by: byte)
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            return try comparison()
        case _ where Self.isWordByte(byte): return word()
        default:
            let rest = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
            throw ConditionProblem(
                message: "`\(rest.prefix(1))` has no meaning in a condition", offset: position)
        }
    }

    private mutating func take(_ kind: ConditionToken.Kind) -> ConditionToken.Kind {
        position += 1
        return kind
    }

    private mutating func word() -> ConditionToken.Kind {
        let word = bytes[position...].prefix(while: Self.isWordByte)
        position = word.endIndex
        return .word(Self.text(word))
    }

    /// `\"` and `\\` are the only escapes.
    private mutating func quoted(by quote: UInt8) throws(ConditionProblem) -> ConditionToken.Kind {
        let start = position
        var text: [UInt8] = []
        position += 1
        while let byte = peek(), byte != quote {
            guard byte >= 0x20 else {
                throw ConditionProblem(
                    message: "a control character has no meaning in a condition", offset: position)
            }
            if byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
                bytes[position + 1] == quote || bytes[position + 1] == byte
            {
                position += 1
            }
            text.append(bytes[position])
            position += 1
        }
        guard peek() == quote else {
            throw ConditionProblem(message: "the quote is never closed", offset: start)
        }
        position += 1
        return .quoted(Self.text(text))
    }

    /// In NFC, as the stores hold texts: what is typed on one machine is found on another.
    private static func text(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    }

    private mutating func comparison() throws(ConditionProblem) -> ConditionToken.Kind {
        let symbol = String(decoding: bytes[position...].prefix(2), as: UTF8.self)
        if let comparison = Condition.Comparison(rawValue: symbol) {
            position += 2
            return .comparison(comparison)
        }
        if let comparison = Condition.Comparison(rawValue: String(symbol.prefix(1))) {
            return take(.comparison(comparison))
        }
        throw ConditionProblem(
            message: "`\(symbol.prefix(1))` is no comparison", hint: "use == != < <= > >= or `not`",
            offset: position)
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "+"), 0x80...:
            true
        default: false
        }
    }
}
