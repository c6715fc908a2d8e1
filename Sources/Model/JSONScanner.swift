/// Walks over JSON bytes, checking them and noting where values stand. Replay of a store spends much of its time
/// here, hence the pointer: a slice of an array is retained and released at every step.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The index of the first byte in the array that the bytes are from; ranges and errors are told in it.
    private let start: Int
    private var index = 0
    private var depth = 0

    /// Deeper nesting is refused: no record of ours comes near.
    private static let maximumDepth = 32
    /// Names are compared with one another, so that a hostile line of a million members would cost hours.
    private static let maximumMembers = 1000

    private init(_ bytes: UnsafeBufferPointer<UInt8>, start: Int) {
        (self.bytes, self.start) = (bytes, start)
    }

    /// The members of the one object that the bytes are.
    static func members(of bytes: ArraySlice<UInt8>) throws(JSONError) -> [JSONObject.Member] {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            var scanner = JSONScanner(buffer, start: bytes.startIndex)
            return try scanner.scanDocument()
        }
    }

    /// Where the elements of the list stand that the bytes are.
    static func elements(of bytes: ArraySlice<UInt8>) throws(JSONError) -> [Range<Int>] {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            var scanner = JSONScanner(buffer, start: bytes.startIndex)
            return try scanner.scanElements()
        }
    }

    private mutating func scanDocument() throws(JSONError) -> [JSONObject.Member] {
        skipBlanks()
        let members = try scanMembers()
        skipBlanks()
        if index < bytes.count { throw error("something stands after the object") }
        return members
    }

    private mutating func scanElements() throws(JSONError) -> [Range<Int>] {
        var elements: [Range<Int>] = []
        try expect("[", "a list begins with [")
        skipBlanks()
        if take("]") { return elements }
        repeat {
            elements.append(try scanValue())
        } while take(",")
        try expect("]", "a list goes on with , or ends with ]")
        return elements
    }

    private mutating func scanMembers() throws(JSONError) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        members.reserveCapacity(16)
        try expect("{", "an object begins with {")
        skipBlanks()
        if take("}") { return members }
        repeat {
            skipBlanks()
            let first = index
            if members.count == Self.maximumMembers {
                throw error("an object has more than \(Self.maximumMembers) members")
            }
            try skipString()
            guard let key = Self.string(UnsafeBufferPointer(rebasing: bytes[first..<index])) else {
                throw error("a name is not a text", at: first)
            }
            if members.contains(where: { $0.key == key }) { throw error("'\(key)' stands twice", at: first) }
            skipBlanks()
            try expect(":", "a : follows the name '\(key)'")
            members.append(.init(key: key, value: try scanValue()))
        } while take(",")
        try expect("}", "an object goes on with , or ends with }")
        return members
    }

    /// The range of one value, blanks around it skipped.
    private mutating func scanValue() throws(JSONError) -> Range<Int> {
        skipBlanks()
        let first = start + index
        guard index < bytes.count else { throw error("a value is missing at the end") }
        switch bytes[index] {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "{"): try nested { (scanner) throws(JSONError) in _ = try scanner.scanMembers() }
        case UInt8(ascii: "["): try nested { (scanner) throws(JSONError) in _ = try scanner.scanElements() }
        case UInt8(ascii: "t"): try skip("true")
        case UInt8(ascii: "f"): try skip("false")
        case UInt8(ascii: "n"): try skip("null")
        default: try skipNumber()
        }
        let end = start + index
        skipBlanks()
        return first..<end
    }

    private mutating func nested(
        _ scan: (inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        depth += 1
        if depth > Self.maximumDepth { throw error("nested deeper than \(Self.maximumDepth)") }
        try scan(&self)
        depth -= 1
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar, _ message: @autoclosure () -> String)
        throws(JSONError)
    {
        if !take(character) { throw error(message()) }
    }

    private mutating func skip(_ word: StaticString) throws(JSONError) {
        let end = index + word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[index..<end].elementsEqual(expected) else {
            throw error("this is no value")
        }
        index = end
    }

    private mutating func skipString() throws(JSONError) {
        let first = index
        try expect("\"", "a text in double quotes is expected")
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: throw error("a control character stands in a text")
            default: index += 1
            }
        }
        throw error("a text does not end", at: first)
    }

    private mutating func skipNumber() throws(JSONError) {
        let first = index
        _ = take("-")
        let isZeroFirst = take("0")
        if !isZeroFirst, skipDigits() == 0 { throw error("this is no value", at: first) }
        if take("."), skipDigits() == 0 { throw error("a digit follows the decimal point", at: first) }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            if skipDigits() == 0 { throw error("a number's exponent has no digit", at: first) }
        }
    }

    private mutating func skipDigits() -> Int {
        let first = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            index += 1
        }
        return index - first
    }

    private func error(_ message: String, at place: Int? = nil) -> JSONError {
        JSONError(start + (place ?? index), message)
    }
}

// MARK: - Texts

extension JSONScanner {
    /// The text that a JSON string in quotes stands for; nil when it is none, not UTF-8, or half a surrogate.
    static func string(_ raw: ArraySlice<UInt8>) -> String? {
        raw.withUnsafeBufferPointer { string($0) }
    }

    private static func string(_ raw: UnsafeBufferPointer<UInt8>) -> String? {
        guard raw.count >= 2, raw.first == UInt8(ascii: "\""), raw.last == UInt8(ascii: "\"") else {
            return nil
        }
        let content = UnsafeBufferPointer(rebasing: raw[1..<raw.count - 1])
        guard content.contains(UInt8(ascii: "\\")) else { return String(validating: content, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            guard content[index] == UInt8(ascii: "\\") else {
                text.append(content[index])
                index += 1
                continue
            }
            guard appendEscape(content, &index, to: &text) else { return nil }
        }
        return String(validating: text, as: UTF8.self)
    }

    private static func appendEscape(
        _ content: UnsafeBufferPointer<UInt8>, _ index: inout Int, to text: inout [UInt8]
    ) -> Bool {
        guard index + 1 < content.count else { return false }
        let letter = content[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = takeScalar(content, &index) else { return false }
            text.append(contentsOf: Array(String(scalar).utf8))
        default: return false
        }
        return true
    }

    /// The code point of `XXXX` or of a surrogate pair `XXXX\uXXXX` (RFC 8259 section 7).
    private static func takeScalar(_ content: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Unicode
        .Scalar?
    {
        guard let first = takeHex(content, &index) else { return nil }
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        guard index + 1 < content.count, content[index] == UInt8(ascii: "\\"),
            content[index + 1] == UInt8(ascii: "u")
        else { return nil }
        index += 2
        guard let second = takeHex(content, &index), (0xDC00..<0xE000).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    private static func takeHex(_ content: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32? {
        guard index + 4 <= content.count else { return nil }
        var number: UInt32 = 0
        for byte in content[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            number = number << 4 | UInt32(digit)
        }
        index += 4
        return number
    }
}
