/// How a text becomes 7-bit lines: whichever of both encodings makes it shorter (RFC 2045, section 6).
enum TransferEncoding {
    case quotedPrintable(QuotedPrintable.Count)
    /// Quoted-printable of which a part is there already.
    case linewise(KnownLines, [KnownLines.Piece])
    case base64

    /// Quoted-printable when it is not longer, since people can read it; base64 for scripts of which
    /// nearly every byte would be escaped.
    init(forText text: [UInt8]) {
        let count = text.withUnsafeBytes { QuotedPrintable.Count(of: $0) }
        self = Self.isShorter(text, count) ? .quotedPrintable(count) : .base64
    }

    /// The same choice with lines that the text probably has.
    /// - Returns: nil when the text is not UTF-8.
    init?(forText text: [UInt8], known: KnownLines) {
        guard let (pieces, count) = known.pieces(of: text) else { return nil }
        self = Self.isShorter(text, count) ? .linewise(known, pieces) : .base64
    }

    /// Whether quoted-printable is not longer than base64.
    private static func isShorter(_ text: [UInt8], _ count: QuotedPrintable.Count) -> Bool {
        let goal = Base64.encodedLength(text.count)
        if quotedLength(text, escapes: count.specials) <= goal { return true }
        // Line breaks and tabs count as special but are not escaped; only a close decision needs them.
        let layout = text.count { $0 == .lineFeed || $0 == .carriageReturn || $0 == .tab }
        return quotedLength(text, escapes: count.specials - layout) <= goal
    }

    private static func quotedLength(_ text: [UInt8], escapes: Int) -> Int {
        let columns = text.count + 2 * escapes
        return columns + columns / 75 * 3
    }

    var name: String {
        switch self {
        case .quotedPrintable, .linewise: "quoted-printable"
        case .base64: "base64"
        }
    }

    func append(_ text: [UInt8], to output: inout [UInt8]) {
        switch self {
        case .quotedPrintable(let count):
            text.withUnsafeBytes { QuotedPrintable.append($0, count, to: &output) }
        case .linewise(let known, let pieces): known.append(pieces, of: text, to: &output)
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
