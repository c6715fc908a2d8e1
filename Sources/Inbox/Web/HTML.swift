/// Markup, in which every interpolated text is escaped. Only literals and other markup are taken as they are,
/// so nothing that comes from a mail can become markup.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var bytes: [UInt8]

    init(stringLiteral literal: String) {
        bytes = Array(literal.utf8)
    }

    init(stringInterpolation interpolation: StringInterpolation) {
        bytes = interpolation.bytes
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Pieces one after the other.
    static func joined(_ pieces: some Sequence<HTML>) -> HTML {
        HTML(bytes: pieces.reduce(into: []) { $0 += $1.bytes })
    }

    /// Builds up the bytes, escaping as it goes.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            bytes.append(contentsOf: literal.utf8)
        }

        mutating func appendInterpolation(_ markup: HTML) {
            bytes.append(contentsOf: markup.bytes)
        }

        mutating func appendInterpolation(_ number: Int) {
            appendLiteral(String(number))
        }

        /// Escapes byte by byte: to a browser `"` is one, whatever combining character follows it. Controls
        /// but for line breaks and tabs are shown as what they are.
        mutating func appendInterpolation(_ text: String) {
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "&"): appendLiteral("&amp;")
                case UInt8(ascii: "<"): appendLiteral("&lt;")
                case UInt8(ascii: ">"): appendLiteral("&gt;")
                case UInt8(ascii: "\""): appendLiteral("&quot;")
                case UInt8(ascii: "'"): appendLiteral("&#39;")
                case 0x09, 0x0A, 0x0D: bytes.append(byte)
                case 0..<0x20, 0x7F: appendLiteral("\u{FFFD}")
                default: bytes.append(byte)
                }
            }
        }
    }
}
