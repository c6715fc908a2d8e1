/// Decodes encoded words in a header value (RFC 2047, section 6).
struct EncodedWordReader {
    private let bytes: [UInt8]
    private var position = 0
    private var output = ""
    /// Decoded octets of the words so far, kept back since a careless writer splits code points.
    private var pending: (charset: String, octets: [UInt8])?

    /// The text of an unfolded value. What is not a word in a known character set stays as it is; octets
    /// outside ASCII are read as UTF-8.
    static func decode(_ bytes: [UInt8]) -> String {
        guard bytes.contains(.equals) else { return String(decoding: bytes, as: UTF8.self) }
        var reader = EncodedWordReader(bytes: bytes)
        return reader.run()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run() -> String {
        var plainStart = 0
        while position < bytes.count {
            guard bytes[position] == .equals, let word = word(at: position) else {
                position += 1
                continue
            }
            let between = bytes[plainStart..<position]
            if pending == nil || !between.allSatisfy(\.isBlank) {
                flush()
                output += String(decoding: between, as: UTF8.self)
            }
            take(word)
            position = word.end
            plainStart = position
        }
        flush()
        return output + String(decoding: bytes[plainStart...], as: UTF8.self)
    }

    private struct Word {
        var charset: String
        var octets: [UInt8]
        var end: Int
    }

    /// Reads `=?charset?encoding?text?=`, nil when there is none.
    private func word(at start: Int) -> Word? {
        guard start + 1 < bytes.count, bytes[start + 1] == .question,
            let charsetEnd = end(of: start + 2, limit: 60), charsetEnd > start + 2,
            charsetEnd + 2 < bytes.count, bytes[charsetEnd + 2] == .question,
            let textEnd = end(of: charsetEnd + 3, limit: 2000),
            textEnd + 1 < bytes.count, bytes[textEnd + 1] == .equals
        else { return nil }
        // RFC 2231, section 5: a language may follow the character set.
        let label = bytes[start + 2..<charsetEnd].prefix { $0 != UInt8(ascii: "*") }
        let charset = String(decoding: label, as: UTF8.self)
        let text = bytes[charsetEnd + 3..<textEnd]
        let octets: [UInt8]
        switch bytes[charsetEnd + 1].lowercased {
        case UInt8(ascii: "b"): octets = Base64.decode(text)
        case UInt8(ascii: "q"): octets = QuotedPrintable.decode(text, word: true)
        default: return nil
        }
        guard Charset.decode(EmptyCollection(), label: charset) != nil else { return nil }
        return Word(charset: charset.lowercasedASCII, octets: octets, end: textEnd + 2)
    }

    /// Where the next `?` stands, with no blank before it.
    private func end(of start: Int, limit: Int) -> Int? {
        guard start < bytes.count else { return nil }
        let range = bytes[start..<min(bytes.count, start + limit)]
        guard let end = range.firstIndex(where: { $0 == .question || $0.isBlank }) else { return nil }
        return bytes[end] == .question ? end : nil
    }

    private mutating func take(_ word: Word) {
        if pending?.charset != word.charset {
            flush()
            pending = (word.charset, [])
        }
        pending?.octets.append(contentsOf: word.octets)
    }

    private mutating func flush() {
        if let pending { output += Charset.decode(pending.octets, label: pending.charset) ?? "" }
        pending = nil
    }
}
