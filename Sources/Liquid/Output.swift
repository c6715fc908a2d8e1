/// The bytes a rendering writes.
struct Output {
    private(set) var bytes: [UInt8]
    let escaping: Escaping

    init(_ bytes: [UInt8], escaping: Escaping) {
        self.bytes = bytes
        self.escaping = escaping
    }

    /// Gives the bytes away and goes on with none.
    mutating func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }

    /// Takes back what was written since the output had this many bytes.
    mutating func cut(from start: Int) -> [UInt8] {
        let part = Array(bytes[start...])
        bytes.removeSubrange(start...)
        return part
    }

    mutating func write(_ run: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: run) }

    mutating func write(_ part: [UInt8]) { bytes.append(contentsOf: part) }

    mutating func write(markup: String) { bytes.append(markup.utf8.span) }

    mutating func write(text: String) {
        switch escaping {
        case .html: HTML.append(text.utf8.span, to: &bytes)
        case .none: bytes.append(text.utf8.span)
        }
    }

    mutating func write(_ number: Int) {
        if (0..<10).contains(number) { return bytes.append(UInt8(ascii: "0") + UInt8(number)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var place = 20
            var rest = number.magnitude
            repeat {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 {
                place -= 1
                digits[place] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
        }
    }

    mutating func write(_ value: Value) {
        switch value {
        case .null, .empty, .blank: break
        case .string(let text): write(text: text)
        case .markup(let text): write(markup: text)
        case .int(let number): write(number)
        case .array(let items): for item in items { write(item) }
        case .bool, .double, .range: write(markup: value.text)
        case .object(let object): write(text: object.text)
        }
    }
}
