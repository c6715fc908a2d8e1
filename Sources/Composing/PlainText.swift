/// Makes the text part of a mail pleasant to read: no blanks at ends of lines, no more than one empty line in
/// a row, and lines of at most 72 characters, broken between words. An address stays whole, however long.
enum PlainText {
    /// Characters in a line (RFC 3676, section 4.2, suggests 78 at most; quoting needs some of them).
    static let width = 72

    static func tidied(_ text: [UInt8]) -> String {
        var lines: [String] = []
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let end =
                line.lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }.map { $0 + 1 } ?? line.startIndex
            if end == line.startIndex {
                if lines.last?.isEmpty == false { lines.append("") }
            } else {
                append(String(decoding: line[..<end], as: UTF8.self), to: &lines)
            }
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func append(_ line: String, to lines: inout [String]) {
        // A character has at least a byte, so most lines need no counting.
        guard line.utf8.count > width, line.count > width else { return lines.append(line) }
        var current = ""
        var length = 0
        for word in line.split(separator: " ") {
            let count = word.count
            if length > 0, length + 1 + count > width {
                lines.append(current)
                (current, length) = ("", 0)
            }
            if length > 0 {
                current += " "
                length += 1
            }
            current += word
            length += count
        }
        if length > 0 { lines.append(current) }
    }
}
