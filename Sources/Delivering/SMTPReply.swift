import MIME

/// A complete reply of a relay (RFC 5321, section 4.2), fit to be stored: addresses are taken out.
package struct SMTPReply: Hashable, Sendable, CustomStringConvertible {
    /// The three digits, 200 to 599.
    package let code: Int
    /// The enhanced status (RFC 3463), where the relay gives one.
    package let status: EnhancedStatus?
    /// What the relay says beside the numbers, its lines joined by blanks, at most `mostTextBytes`.
    package let text: String

    /// More says nothing that helps, and a store line should stay readable.
    static let mostTextBytes = 500

    /// Reads a reply.
    /// - Parameters:
    ///   - bytes: The reply's lines.
    ///   - recipient: Whose address is taken out of the text, beside every other address.
    /// - Returns: nil when the bytes are no reply.
    package init?(_ bytes: [UInt8], hiding recipient: String) {
        guard let code = Self.code(ofReply: bytes) else { return nil }
        var status: EnhancedStatus?
        var words: [UInt8] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            var rest = line.dropFirst(4)
            if let found = Self.takeStatus(from: &rest) { status = found }
            if !words.isEmpty { words.append(UInt8(ascii: " ")) }
            words.append(contentsOf: rest.lazy.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 })
            if words.last == UInt8(ascii: " ") { words.removeLast() }
        }
        self.code = code
        self.status = status
        let hidden = AddressHiding(recipient: recipient).hidden(words)
        text = String(decoding: hidden.prefix(Self.mostTextBytes), as: UTF8.self)
    }

    /// `550 5.1.1 User unknown`.
    package var description: String {
        let numbers = status.map { "\(code) \($0)" } ?? "\(code)"
        return text.isEmpty ? numbers : "\(numbers) \(text)"
    }

    /// Whether a line ends a reply: the character after the digits is no hyphen.
    /// - Returns: nil when the line is not part of a reply.
    static func isLastLine(_ line: some Collection<UInt8>) -> Bool? {
        guard code(line) != nil else { return nil }
        switch line.dropFirst(3).first {
        case UInt8(ascii: "-"): return false
        case nil, UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
        default: return nil
        }
    }

    /// The code of a reply's last line, should its lines differ: the one that libcurl goes by.
    /// - Returns: nil when there is no line of a reply.
    static func code(ofReply bytes: some BidirectionalCollection<UInt8>) -> Int? {
        bytes.split(separator: UInt8(ascii: "\n")).reversed().lazy.compactMap { code($0) }.first
    }

    private static func code(_ bytes: some Collection<UInt8>) -> Int? {
        let digits = bytes.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (200..<600).contains(code) ? code : nil
    }

    /// Takes a status and the blank after it from the start of `bytes`; one further on is just words.
    private static func takeStatus(from bytes: inout ArraySlice<UInt8>) -> EnhancedStatus? {
        let word = bytes.prefix { $0 == UInt8(ascii: ".") || ($0 >= 0x30 && $0 <= 0x39) }
        let rest = bytes.dropFirst(word.count)
        guard rest.first.map({ $0 <= UInt8(ascii: " ") }) ?? true,
            let status = EnhancedStatus(in: String(decoding: word, as: UTF8.self))
        else { return nil }
        bytes = rest.drop { $0 == UInt8(ascii: " ") }
        return status
    }
}
