/// Writes one JSON object, member by member, straight into bytes (RFC 8259).
package struct JSONWriter {
    /// What has been written so far; complete after `close()`.
    package private(set) var bytes: [UInt8]
    private var needsComma = false

    /// Begins an object; `bytes` may hold text that comes before it.
    package init(appendingTo bytes: consuming [UInt8] = []) {
        bytes.append(UInt8(ascii: "{"))
        self.bytes = bytes
    }

    /// Hands over what has been written and keeps nothing: two owners of one long buffer would copy it with
    /// the next byte.
    package mutating func takeBytes() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }

    /// Ends the object.
    package mutating func close() {
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes a text.
    package mutating func write(_ key: StaticString, _ value: String) {
        begin(key)
        quote(value)
    }

    /// Writes a text where there is one.
    package mutating func write(_ key: StaticString, _ value: String?) {
        if let value { write(key, value) }
    }

    /// Writes a whole number.
    package mutating func write(_ key: StaticString, _ value: Int64) {
        begin(key)
        append(number: value)
    }

    /// Writes a whole number where there is one.
    package mutating func write(_ key: StaticString, _ value: Int64?) {
        if let value { write(key, value) }
    }

    /// Writes an instant in RFC 3339.
    package mutating func write(_ key: StaticString, _ value: Timestamp?) {
        guard let value else { return }
        begin(key)
        bytes.append(UInt8(ascii: "\""))
        value.appendRFC3339(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a list of texts where it is not empty.
    package mutating func write(_ key: StaticString, _ values: some Collection<String>) {
        if values.isEmpty { return }
        begin(key)
        writeElements(values) { writer, value in writer.quote(value) }
    }

    /// Writes a list of objects where it is not empty.
    package mutating func write<Element>(
        _ key: StaticString, _ values: [Element], _ body: (Element, inout JSONWriter) -> Void
    ) {
        if values.isEmpty { return }
        begin(key)
        writeElements(values) { writer, value in
            writer.writeObject { body(value, &$0) }
        }
    }

    /// Writes an object of texts, keys in order, where it is not empty.
    package mutating func write(_ key: StaticString, _ values: [String: String]) {
        if values.isEmpty { return }
        begin(key)
        writeObject { writer in
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                writer.separate()
                writer.quote(name)
                writer.bytes.append(UInt8(ascii: ":"))
                writer.quote(value)
            }
        }
    }

    private mutating func writeElements<Element>(
        _ values: some Collection<Element>, _ write: (inout JSONWriter, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        for value in values {
            separate()
            write(&self, value)
        }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    private mutating func writeObject(_ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func begin(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func append(number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var (rest, divisor) = (number.magnitude, UInt64(1))
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00\([byte].hexadecimal)".utf8)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
