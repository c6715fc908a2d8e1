import Campaigns

/// A file of `name: text` lines, which is what the templates' words and colours are kept in: simple enough
/// that there is nothing to learn, and every line stands alone.
///
/// Empty lines and lines that begin with `#` are passed over. A text goes to the end of its line; blanks
/// around it do not count. A name has small letters, digits and `_`.
struct KeyedText: Sendable {
    /// The text of each name.
    private(set) var texts: [String: String] = [:]
    /// What is wrong with the file, in the order of its lines.
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameters:
    ///   - source: the file's text.
    ///   - file: how diagnostics call the file.
    init(parsing source: String, file: String) {
        let lines = source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = Self.trimmed(line[...])
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            read(line, at: Place(file: file, line: index + 1, column: 1))
        }
    }

    private mutating func read(_ line: Substring.UTF8View.SubSequence, at place: Place) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(Self.isName),
            colon > line.startIndex
        else {
            let hint = "write `name: text`, the name in small letters, digits and `_`"
            diagnostics.append(Diagnostic(.error, at: place, "this line is not `name: text`", hint: hint))
            return
        }
        let name = String(Substring(line[..<colon]))
        if texts[name] != nil {
            diagnostics.append(
                Diagnostic(.error, at: place, "`\(name)` is said twice", hint: "keep one of the lines"))
        }
        texts[name] = String(Substring(Self.trimmed(line[line.index(after: colon)...])))
    }

    private static func trimmed(_ text: Substring.UTF8View.SubSequence) -> Substring.UTF8View.SubSequence {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let start = text.firstIndex { !isBlank($0) } ?? text.endIndex
        let end = text.lastIndex { !isBlank($0) }.map { text.index(after: $0) } ?? start
        return text[start..<end]
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
