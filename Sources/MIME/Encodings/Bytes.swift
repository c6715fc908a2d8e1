/// Names for the bytes to which mail gives a meaning.
extension UInt8 {
    static var tab: UInt8 { 0x09 }
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var space: UInt8 { 0x20 }
    static var quote: UInt8 { UInt8(ascii: "\"") }
    static var backslash: UInt8 { UInt8(ascii: "\\") }
    static var equals: UInt8 { UInt8(ascii: "=") }
    static var question: UInt8 { UInt8(ascii: "?") }
    static var dot: UInt8 { UInt8(ascii: ".") }
    static var at: UInt8 { UInt8(ascii: "@") }
    static var comma: UInt8 { UInt8(ascii: ",") }
    static var colon: UInt8 { UInt8(ascii: ":") }
    static var semicolon: UInt8 { UInt8(ascii: ";") }
    static var hyphen: UInt8 { UInt8(ascii: "-") }
    static var less: UInt8 { UInt8(ascii: "<") }
    static var greater: UInt8 { UInt8(ascii: ">") }

    /// A C0 control or DEL: never allowed in a header value or an address.
    var isControl: Bool { self < 0x20 || self == 0x7F }
    var isBlank: Bool { self == .space || self == .tab }
    var isASCII: Bool { self < 0x80 }
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// The upper-case hexadecimal digit for the low four bits.
    var hexDigit: UInt8 {
        let value = self & 0x0F
        return value < 10 ? 0x30 + value : 0x37 + value
    }

    /// The value of a hexadecimal digit of either case.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}

/// A set of ASCII characters, tested without memory access.
struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: String) {
        for byte in characters.utf8 where byte.isASCII {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        guard byte.isASCII else { return false }
        return byte < 64 ? low >> UInt64(byte) & 1 == 1 : high >> UInt64(byte - 64) & 1 == 1
    }

    private static let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    /// `atext` of RFC 5322, section 3.2.3.
    static let atext = ByteSet(alphanumeric + "!#$%&'*+-/=?^_`{|}~")
    /// `token` of RFC 2045, section 5.1.
    static let token = ByteSet(alphanumeric + "!#$%&'*+-.^_`{|}~")
    /// `attribute-char` of RFC 2231, section 7.
    static let attribute = ByteSet(alphanumeric + "!#$&+-.^_`{|}~")
    /// What stands for itself in a Q word inside a phrase: RFC 2047, section 5 (3).
    static let phraseWord = ByteSet(alphanumeric + "!*+-/")
    /// What stands for itself in a Q word of unstructured text: printable but for `=`, `?` and `_`.
    static let textWord = ByteSet(alphanumeric + "!\"#$%&'()*+,-./:;<>@[\\]^`{|}~")
}

extension [UInt8] {
    /// Appends literal text without making a `String` of it.
    mutating func append(ascii text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends a line break as mail has it.
    mutating func appendLineBreak() {
        append(.carriageReturn)
        append(.lineFeed)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes are UTF-8, found out without a copy.
    var isUTF8: Bool {
        withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
    }
}

extension Collection<UInt8> {
    /// Whether the bytes equal an ASCII text but for case; `text` must be lower case.
    func equalsIgnoringCase(_ text: String) -> Bool {
        elementsEqual(text.utf8) { $0.lowercased == $1 }
    }
}

extension String {
    /// Lower case for ASCII letters only, so that no other script's case rules apply.
    var lowercasedASCII: String {
        guard utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
        return String(decoding: utf8.map { $0.lowercased }, as: UTF8.self)
    }

    var isASCII: Bool { utf8.allSatisfy(\.isASCII) }
}
