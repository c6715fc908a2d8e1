/// Base64 (RFC 2045, section 6.8).
public enum Base64 {
    private static let alphabet: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    /// Octets that fill a line of 76 columns.
    private static let lineOctets = 57

    /// Encodes in lines of 76 columns, each ended by CRLF.
    public static func encodeLines(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        appendLines(bytes, to: &output)
        return output
    }

    /// How many bytes `encodeLines` makes of `count`.
    static func encodedLength(_ count: Int) -> Int {
        (count + 2) / 3 * 4 + (count + lineOctets - 1) / lineOctets * 2
    }

    static func appendLines(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.grow(atMost: encodedLength(bytes.count)) { target in
            var written = target
            bytes.withUnsafeBufferPointer { source in
                var start = 0
                while start < source.count {
                    let end = min(start + lineOctets, source.count)
                    written = encode(UnsafeBufferPointer(rebasing: source[start..<end]), to: written)
                    written[0] = .carriageReturn
                    written[1] = .lineFeed
                    written += 2
                    start = end
                }
            }
            return written - target
        }
    }

    /// Encodes without line breaks.
    static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.grow(atMost: (bytes.count + 2) / 3 * 4) { target in
            bytes.withUnsafeBufferPointer { encode($0, to: target) } - target
        }
    }

    /// Encodes all of `source` and returns where the output ends: four octets further for every three.
    private static func encode(
        _ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        let letters = alphabet.utf8Start
        var output = target
        var index = 0
        while index + 3 <= source.count {
            let bits =
                UInt32(source[index]) << 16 | UInt32(source[index + 1]) << 8 | UInt32(source[index + 2])
            output[0] = letters[Int(bits >> 18)]
            output[1] = letters[Int(bits >> 12 & 63)]
            output[2] = letters[Int(bits >> 6 & 63)]
            output[3] = letters[Int(bits & 63)]
            output += 4
            index += 3
        }
        let left = source.count - index
        guard left > 0 else { return output }
        let bits = UInt32(source[index]) << 16 | (left == 2 ? UInt32(source[index + 1]) << 8 : 0)
        output[0] = letters[Int(bits >> 18)]
        output[1] = letters[Int(bits >> 12 & 63)]
        output[2] = left == 2 ? letters[Int(bits >> 6 & 63)] : .equals
        output[3] = .equals
        return output + 4
    }

    /// Decodes, skipping everything that is not of the alphabet, up to the padding (RFC 2045: "must be
    /// ignored by decoding software"). Never fails: a torn last group gives the octets it still holds.
    public static func decode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            if byte == .equals { break }
            guard let value = value(of: byte) else { continue }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return output
    }

    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

extension [UInt8] {
    /// Lets `write` fill up to `limit` bytes behind the end through a pointer, and keeps as many as it
    /// says it wrote. The price over appending is one clearing of the room; the gain is a loop without
    /// checks of capacity.
    mutating func grow(atMost limit: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
        let start = count
        append(contentsOf: repeatElement(0, count: limit))
        let written = withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { write($0 + start) } ?? 0
        }
        precondition(written <= limit, "An encoder wrote more than it asked room for.")
        removeLast(limit - written)
    }
}
