/// Quoted-printable (RFC 2045, section 6.7), for text: every line break comes out as CRLF.
///
/// Lines have at most 76 columns. Blanks before a line break are encoded, and so are a dot and the word
/// `From` at the start of a line: a relay that stuffs dots wrongly or keeps mailboxes in files then
/// finds nothing to spoil, and no line of a body can end an SMTP transaction.
public enum QuotedPrintable {
    /// Columns of content on a line, leaving one for the `=` of a soft break.
    private static let width = 75

    /// Encodes text.
    /// - Parameter text: Bytes whose line breaks are LF, CRLF or CR.
    public static func encode(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        text.withUnsafeBytes { append($0, Count(of: $0), to: &output) }
        return output
    }

    /// What a text is made of, as far as its encoded length depends on it.
    struct Count {
        var bytes = 0
        /// Bytes that do not stand for themselves: controls, `=`, DEL and everything outside ASCII.
        var specials = 0

        init() {}

        init(of text: UnsafeRawBufferPointer) {
            bytes = text.count
            var index = 0
            while index + 8 <= text.count {
                specials +=
                    specialBits(text.loadUnaligned(fromByteOffset: index, as: UInt64.self)).nonzeroBitCount
                index += 8
            }
            for byte in text[index...] where !isPlain(byte) { specials += 1 }
        }

        static func += (left: inout Count, right: Count) {
            left.bytes += right.bytes
            left.specials += right.specials
        }

        static func - (left: Count, right: Count) -> Count {
            var difference = left
            difference.bytes -= right.bytes
            difference.specials -= right.specials
            return difference
        }
    }

    /// - Parameter count: That of the text; room is made by it.
    static func append(_ text: UnsafeRawBufferPointer, _ count: Count, to output: inout [UInt8]) {
        // A plain byte takes one column, a special at most three; a line break moreover three to encode
        // the blank before it, three for a soft break that the blank needs, and two for a dot after it.
        let columns = count.bytes + 9 * count.specials + 9
        // A soft break comes after at least 73 columns: three bytes, and two for a dot after it.
        // Eight more, since bytes are copied by eights.
        let limit = columns + 5 * (columns / 73 + 1) + 8
        output.grow(atMost: limit) { target in encode(text, to: target) }
    }

    private static func encode(_ source: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>)
        -> Int
    {
        var writer = Writer(target: target)
        let count = source.count
        var index = 0
        while index < count {
            // Plain bytes go by eights, but never the first of a line, which may need encoding.
            while index + 8 <= count, writer.column > 0 {
                let bytes = UInt64(
                    littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let special = specialBits(bytes)
                if special == 0, writer.column + 8 <= width {
                    writer.copy(bytes, keeping: 8)
                    index += 8
                } else {
                    // Those before the first special byte or the end of the line.
                    let plain = min(special.trailingZeroBitCount / 8, width - writer.column)
                    writer.copy(bytes, keeping: plain)
                    index += plain
                    break
                }
            }
            guard index < count else { break }
            let byte = source[index]
            index += 1
            if isPlain(byte) {
                let atRisk = byte == .dot || (byte == UInt8(ascii: "F") && startsFrom(source, index))
                writer.plain(byte, encodedAtLineStart: atRisk)
            } else if byte == .lineFeed || byte == .carriageReturn {
                if byte == .carriageReturn, index < count, source[index] == .lineFeed { index += 1 }
                writer.lineBreak()
            } else if byte == .tab {
                writer.plain(byte, encodedAtLineStart: false)
            } else {
                writer.encoded(byte)
            }
        }
        writer.protectTrailingBlank()
        return writer.length
    }

    private static func startsFrom(_ source: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        index + 4 <= source.count && source[index] == UInt8(ascii: "r")
            && source[index + 1] == UInt8(ascii: "o")
            && source[index + 2] == UInt8(ascii: "m") && source[index + 3] == .space
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F && byte != .equals }

    /// The high bit of each of eight bytes that is not plain.
    ///
    /// Per byte, without carries between them: with the high bit cleared, adding 0x60 sets it from 0x20
    /// on, adding 1 sets it at 0x7F, and adding 0x7F to the difference from `=` sets it unless that is 0.
    private static func specialBits(_ bytes: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs = ones * 0x80
        let low = bytes & ~highs
        let atLeastSpace = low + ones * 0x60
        let isDelete = low + ones
        let notEquals = (low ^ ones * 0x3D) + ones * 0x7F
        return (bytes | ~atLeastSpace | isDelete | ~notEquals) & highs
    }

    /// The output and its column; who makes one must have made room for what is written.
    private struct Writer {
        let target: UnsafeMutablePointer<UInt8>
        var length = 0
        var lineStart = 0

        init(target: UnsafeMutablePointer<UInt8>) { self.target = target }

        var column: Int { length - lineStart }

        /// Writes eight bytes, of which the first `count` stay and the rest is written over.
        mutating func copy(_ bytes: UInt64, keeping count: Int) {
            UnsafeMutableRawPointer(target + length).storeBytes(of: bytes.littleEndian, as: UInt64.self)
            length += count
        }

        mutating func put(_ byte: UInt8) {
            target[length] = byte
            length += 1
        }

        mutating func plain(_ byte: UInt8, encodedAtLineStart: Bool) {
            if column == width { softBreak() }
            if encodedAtLineStart, column == 0 { encoded(byte) } else { put(byte) }
        }

        mutating func encoded(_ byte: UInt8) {
            if column + 3 > width { softBreak() }
            put(.equals)
            put((byte >> 4).hexDigit)
            put(byte.hexDigit)
        }

        mutating func softBreak() {
            put(.equals)
            put(.carriageReturn)
            put(.lineFeed)
            lineStart = length
        }

        mutating func lineBreak() {
            protectTrailingBlank()
            put(.carriageReturn)
            put(.lineFeed)
            lineStart = length
        }

        /// A blank at the end of a line is lost on some ways, so it is encoded.
        mutating func protectTrailingBlank() {
            guard column > 0, target[length - 1].isBlank else { return }
            let blank = target[length - 1]
            length -= 1
            encoded(blank)
        }
    }

    /// Decodes, keeping what is no valid escape as it stands (RFC 2045, section 6.7, note on robustness).
    /// - Parameter word: Whether this is the text of a Q word, where `_` is a space and lines do not matter.
    public static func decode(_ bytes: some RandomAccessCollection<UInt8>, word: Bool = false) -> [UInt8] {
        let source = Array(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == .equals {
                if let next = softBreakEnd(source, index + 1) {
                    index = next
                } else if index + 2 < source.count, let high = source[index + 1].hexValue,
                    let low = source[index + 2].hexValue
                {
                    output.append(high << 4 | low)
                    index += 3
                } else {
                    output.append(byte)
                    index += 1
                }
            } else if byte.isBlank, !word {
                index = copyBlanks(source, from: index, to: &output)
            } else {
                output.append(word && byte == UInt8(ascii: "_") ? .space : byte)
                index += 1
            }
        }
        return output
    }

    /// Where the line after a soft break starts, when nothing but blanks stands between `index` and it.
    private static func softBreakEnd(_ source: [UInt8], _ index: Int) -> Int? {
        var index = index
        while index < source.count, source[index].isBlank { index += 1 }
        if index == source.count { return index }
        if source[index] == .lineFeed { return index + 1 }
        guard source[index] == .carriageReturn, index + 1 < source.count, source[index + 1] == .lineFeed
        else {
            return nil
        }
        return index + 2
    }

    /// Copies blanks unless they end a line: those were added on the way.
    private static func copyBlanks(_ source: [UInt8], from start: Int, to output: inout [UInt8]) -> Int {
        var end = start
        while end < source.count, source[end].isBlank { end += 1 }
        let endsLine = end == source.count || source[end] == .lineFeed || source[end] == .carriageReturn
        if !endsLine { output.append(contentsOf: source[start..<end]) }
        return end
    }
}
