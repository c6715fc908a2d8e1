/// Makes the text part of a mail pleasant to read: no blanks at ends of lines, no more than one empty line in
/// a row, and lines of at most 72 characters, broken between words. An address stays whole, however long.
enum PlainText {
    /// Characters in a line (RFC 3676, section 4.2, suggests 78 at most; quoting needs some of them).
    static let width = 72

    static func tidied(_ text: [UInt8]) -> [UInt8] {
        let source = text.span
        var tidied: [UInt8] = []
        tidied.reserveCapacity(text.count + 64)
        // The empty lines at the end count for nothing, so one is only written before the next line.
        var hasGap = false
        var start = 0
        while start < source.count {
            let next = source.index(of: lineFeed, from: start)
            var end = next
            while end > start, isBlank(source[end - 1]) { end -= 1 }
            if end == start {
                hasGap = !tidied.isEmpty
            } else {
                if hasGap { tidied.append(lineFeed) }
                hasGap = false
                append(source.extracting(start..<end), to: &tidied)
            }
            start = next + 1
        }
        if tidied.isEmpty { tidied.append(lineFeed) }
        return tidied
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func append(_ line: Span<UInt8>, to text: inout [UInt8]) {
        if fits(line) {
            text.append(line)
        } else {
            appendBroken(line, to: &text)
        }
        text.append(lineFeed)
    }

    /// Characters are counted last, since it costs most: there are at most as many as code points, and of those
    /// at most as many as bytes.
    private static func fits(_ line: Span<UInt8>) -> Bool {
        line.count <= width || codePoints(of: line) <= width || length(of: line) <= width
    }

    private static func codePoints(of text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    private static func length(of text: Span<UInt8>) -> Int {
        if codePoints(of: text) == text.count { return text.count }
        return text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self).count }
    }

    private static func appendBroken(_ line: Span<UInt8>, to text: inout [UInt8]) {
        var (length, start) = (0, 0)
        while start < line.count {
            let end = line.index(of: space, from: start)
            defer { start = end + 1 }
            guard end > start else { continue }
            let word = line.extracting(start..<end)
            let count = Self.length(of: word)
            if length > 0, length + 1 + count > width {
                text.append(lineFeed)
                length = 0
            }
            if length > 0 {
                text.append(space)
                length += 1
            }
            text.append(word)
            length += count
        }
    }
}

extension Span<UInt8> {
    /// Where a byte first is, or the end.
    fileprivate func index(of byte: UInt8, from start: Int) -> Int {
        var index = start
        while index < count, self[index] != byte { index += 1 }
        return index
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
