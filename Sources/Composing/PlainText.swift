/// Makes the text part of a mail pleasant to read: no blanks at ends of lines, no more than one empty line in
/// a row, and lines of at most 72 characters, broken between words. An address stays whole, however long.
enum PlainText {
    /// Characters in a line (RFC 3676, section 4.2, suggests 78 at most; quoting needs some of them).
    static let width = 72

    static func tidied(_ text: [UInt8]) -> [UInt8] {
        var tidied: [UInt8] = []
        tidied.reserveCapacity(text.count + 64)
        // The empty lines at the end count for nothing, so one is only written before the next line.
        var hasGap = false
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: lineFeed) ?? text.count
            let line = text[start..<end]
            start = end + 1
            guard let last = line.lastIndex(where: { !isBlank($0) }) else {
                hasGap = !tidied.isEmpty
                continue
            }
            if hasGap { tidied.append(lineFeed) }
            hasGap = false
            append(line[...last], to: &tidied)
        }
        if tidied.isEmpty { tidied.append(lineFeed) }
        return tidied
    }

    private static let lineFeed = UInt8(ascii: "\n")

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func append(_ line: ArraySlice<UInt8>, to text: inout [UInt8]) {
        if fits(line) {
            text += line
        } else {
            appendBroken(line, to: &text)
        }
        text.append(lineFeed)
    }

    /// Characters are counted last, since it costs most: there are at most as many as code points, and of those
    /// at most as many as bytes.
    private static func fits(_ line: ArraySlice<UInt8>) -> Bool {
        line.count <= width || line.count(where: startsCodePoint) <= width || length(of: line) <= width
    }

    private static func startsCodePoint(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

    private static func length(of text: ArraySlice<UInt8>) -> Int {
        text.allSatisfy { $0 < 0x80 } ? text.count : String(decoding: text, as: UTF8.self).count
    }

    private static func appendBroken(_ line: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var length = 0
        for word in line.split(separator: UInt8(ascii: " ")) {
            let count = Self.length(of: word)
            if length > 0, length + 1 + count > width {
                text.append(lineFeed)
                length = 0
            }
            if length > 0 {
                text.append(UInt8(ascii: " "))
                length += 1
            }
            text += word
            length += count
        }
    }
}
