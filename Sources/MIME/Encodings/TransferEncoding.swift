/// How a text becomes 7-bit lines: whichever of both encodings makes it shorter (RFC 2045, section 6).
enum TransferEncoding {
    case quotedPrintable(specials: Int)
    case base64

    /// Quoted-printable when it is not longer, since people can read it; base64 for scripts of which
    /// nearly every byte would be escaped.
    init(forText text: [UInt8]) {
        let specials = QuotedPrintable.specials(in: text)
        let goal = Base64.encodedLength(text.count)
        var isShorter = Self.quotedLength(text, escapes: specials) <= goal
        if !isShorter {
            // Line breaks and tabs count as special but are not escaped; only a close decision needs them.
            let layout = text.count { $0 == .lineFeed || $0 == .carriageReturn || $0 == .tab }
            isShorter = Self.quotedLength(text, escapes: specials - layout) <= goal
        }
        self = isShorter ? .quotedPrintable(specials: specials) : .base64
    }

    private static func quotedLength(_ text: [UInt8], escapes: Int) -> Int {
        let columns = text.count + 2 * escapes
        return columns + columns / 75 * 3
    }

    var name: String {
        switch self {
        case .quotedPrintable: "quoted-printable"
        case .base64: "base64"
        }
    }

    func append(_ text: [UInt8], to output: inout [UInt8]) {
        switch self {
        case .quotedPrintable(let specials): QuotedPrintable.append(text, specials: specials, to: &output)
        case .base64: Base64.appendLines(Self.canonical(text), to: &output)
        }
    }

    /// The text with CRLF for every line break (RFC 2045, section 6.8: before base64, not after).
    static func canonical(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 == .lineFeed || $0 == .carriageReturn }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 16)
        var previous: UInt8 = 0
        for byte in text {
            if byte == .carriageReturn || (byte == .lineFeed && previous != .carriageReturn) {
                result.appendLineBreak()
            } else if byte != .lineFeed {
                result.append(byte)
            }
            previous = byte
        }
        return result
    }
}
