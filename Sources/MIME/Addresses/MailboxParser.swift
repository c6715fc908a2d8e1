/// Takes a list of mailboxes apart, without judging the addresses (RFC 5322, sections 3.2 and 3.4).
struct MailboxParser {
    /// One mailbox as it stands in the text.
    struct Item {
        /// The display name, unquoted, its encoded words not yet decoded.
        var name: String?
        var address: String
    }

    private enum Token: Equatable {
        case word([UInt8])
        case quoted([UInt8])
        case mark(UInt8)
    }

    private let bytes: [UInt8]
    private let allowsGroups: Bool
    private var position = 0

    /// - Parameter allowsGroups: Whether to read over the names of groups, `friends: a@b, c@d;`.
    init(_ bytes: [UInt8], allowsGroups: Bool = false) {
        self.bytes = bytes
        self.allowsGroups = allowsGroups
    }

    /// Refuses control characters and counts positions for the message in code points.
    static func refuseControls(in text: String) throws(AddressError) {
        guard text.utf8.contains(where: \.isControl) else { return }
        for (offset, scalar) in text.unicodeScalars.enumerated()
        where scalar.value < 0x20 || scalar.value == 0x7F {
            throw .forbidden(scalar, position: offset + 1)
        }
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// Reads `addr-spec` or `phrase <addr-spec>`.
    mutating func next() throws(AddressError) -> Item {
        var phrase: [Token] = []
        while let token = try peek(), token != .mark(.comma), token != .mark(.semicolon) {
            try advance()
            if token == .mark(.less) { return try angleAddress(name: phrase) }
            if token == .mark(.colon), allowsGroups {
                phrase = []
                continue
            }
            if case .mark = token { throw .unexpectedText }
            phrase.append(token)
        }
        guard let first = phrase.first else { throw .empty }
        guard phrase.count == 1, case .word(let address) = first else {
            throw phrase.contains(where: Self.hasAt) ? .unexpectedText : .missingAt
        }
        return Item(name: nil, address: String(decoding: address, as: UTF8.self))
    }

    /// Steps over a comma between two mailboxes.
    /// - Returns: Whether there was one.
    mutating func skipComma() throws(AddressError) -> Bool {
        guard let token = try peek() else { return false }
        guard token == .mark(.comma) else { throw .unexpectedText }
        try advance()
        return true
    }

    /// Goes on behind the next comma or semicolon, also after a fault.
    mutating func skipItem() {
        while position < bytes.count {
            guard let token = try? takeToken() else {
                position += 1
                continue
            }
            if token == .mark(.comma) || token == .mark(.semicolon) { return }
        }
    }

    private mutating func angleAddress(name: [Token]) throws(AddressError) -> Item {
        var address: [UInt8]?
        while let token = try peek(), token != .mark(.greater) {
            try advance()
            guard address == nil, case .word(let word) = token else {
                if case .quoted = token { throw .quotedLocalPart }
                throw token == .mark(.comma) ? .unclosedBracket : .unexpectedText
            }
            address = word
        }
        guard try peek() != nil else { throw .unclosedBracket }
        try advance()
        if let after = try peek(), after != .mark(.comma), after != .mark(.semicolon) {
            throw .unexpectedText
        }
        guard let address else { throw .empty }
        return Item(name: Self.phrase(name), address: String(decoding: address, as: UTF8.self))
    }

    private static func phrase(_ tokens: [Token]) -> String? {
        guard !tokens.isEmpty else { return nil }
        let words = tokens.map { token in
            switch token {
            case .word(let bytes), .quoted(let bytes): String(decoding: bytes, as: UTF8.self)
            case .mark(let byte): String(Unicode.Scalar(byte))
            }
        }
        return words.joined(separator: " ")
    }

    private static func hasAt(_ token: Token) -> Bool {
        if case .word(let bytes) = token { return bytes.contains(.at) }
        return false
    }

    // MARK: Tokens

    private func peek() throws(AddressError) -> Token? {
        var ahead = self
        return try ahead.takeToken()
    }

    private mutating func advance() throws(AddressError) { _ = try takeToken() }

    private mutating func takeToken() throws(AddressError) -> Token? {
        try skipBlanksAndComments()
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        if byte == .quote { return .quoted(try quotedString()) }
        if Self.isMark(byte) {
            position += 1
            return .mark(byte)
        }
        let start = position
        while position < bytes.count, !Self.endsWord(bytes[position]) { position += 1 }
        return .word(Array(bytes[start..<position]))
    }

    private mutating func quotedString() throws(AddressError) -> [UInt8] {
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            var byte = bytes[position]
            position += 1
            if byte == .quote { return content }
            if byte == .backslash, position < bytes.count {
                byte = bytes[position]
                position += 1
            }
            content.append(byte)
        }
        throw .unclosedQuote
    }

    private mutating func skipBlanksAndComments() throws(AddressError) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "(") {
                depth += 1
            } else if depth > 0 {
                if byte == UInt8(ascii: ")") { depth -= 1 }
                if byte == .backslash { position += 1 }
            } else if !byte.isBlank && byte != .carriageReturn && byte != .lineFeed {
                return
            }
            position += 1
        }
        if depth > 0 { throw .unclosedQuote }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == .comma || byte == .semicolon || byte == .colon || byte == .less || byte == .greater
            || byte == UInt8(ascii: ")")
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        isMark(byte) || byte == .quote || byte == UInt8(ascii: "(") || byte.isBlank
            || byte == .carriageReturn || byte == .lineFeed
    }
}
