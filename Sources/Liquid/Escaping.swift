/// How a template's output is protected.
public enum Escaping: Sendable, Equatable {
    /// Every output is escaped for HTML, in text and in quoted attributes, unless it is markup already.
    case html
    /// Outputs are written as they are: plain text.
    case none
}

/// Escaping on bytes. Swift's characters would not do: `"` followed by a combining mark is one character that is not
/// a quote to Swift, but it ends an attribute for every browser.
enum HTML {
    static func escape(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    /// Appends text, escaped: whole runs of harmless bytes at once.
    static func append(_ text: Swift.Span<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        for index in text.indices {
            guard let entity = escape(text[index]) else { continue }
            bytes.append(text.extracting(start..<index))
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount))
            start = index + 1
        }
        bytes.append(text.extracting(start...))
    }

    /// The text, escaped; itself when there is nothing to escape.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { escape($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        append(text.utf8.span, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text, escaped, but with its character references left as they are.
    static func escapedOnce(_ text: String) -> String {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count + 16)
        for index in source.indices {
            let byte = source[index]
            if byte == UInt8(ascii: "&"), startsReference(source, index + 1) {
                bytes.append(byte)
            } else if let entity = escape(byte) {
                bytes.append(
                    contentsOf: UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount))
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether `amp;`, `#39;` or the like stands here.
    private static func startsReference(_ source: [UInt8], _ start: Int) -> Bool {
        var index = start
        let numeric = index < source.count && source[index] == UInt8(ascii: "#")
        if numeric { index += 1 }
        let first = index
        // No name in HTML is longer than 31 letters; without a bound, a row of ampersands would cost its square.
        while index < source.count, index - first < 32,
            numeric ? source[index].isDigit : source[index].isLetter
        {
            index += 1
        }
        return index > first && index < source.count && source[index] == UInt8(ascii: ";")
    }
}

extension [UInt8] {
    mutating func append(_ part: Swift.Span<UInt8>) {
        part.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}

extension String {
    /// The UTF-8 bytes in place, without a copy where there can be none.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
        return try Array(utf8).withUnsafeBufferPointer(body)
    }

    /// Equal byte for byte. Swift's own `==` also takes two spellings of a character for equal.
    func sameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { left in other.withBytes { left.elementsEqual($0) } }
    }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    var isWordByte: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    var isSpace: Bool { self == 0x20 || self &- 9 < 5 }
}
