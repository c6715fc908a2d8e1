/// A file's text, and where its bytes stand for somebody who looks at it in an editor.
struct SourceText: Sendable {
    /// The path relative to the workspace.
    let path: String
    let text: String
    /// The text's bytes, for looking at single ones without walking.
    let bytes: [UInt8]
    /// Byte offsets at which characters (grapheme clusters) begin, and at last where the text ends.
    private let characters: [Int]
    /// Byte offsets at which code points begin, which libYAML counts columns in, and at last where the text ends.
    private let scalars: [Int]
    /// Byte offsets of the lines an editor shows: broken at LF, CRLF and CR.
    private let lines: [Int]
    /// Byte offsets of the lines libYAML counts: broken also at U+0085, U+2028 and U+2029.
    private let yamlLines: [Int]

    /// All tables are made at once: places are then found by halving, however long a line is. The price is a
    /// few milliseconds for the largest file that is read.
    init(path: String, text: String) {
        self.path = path
        self.text = text
        let bytes = Array(text.utf8)
        self.bytes = bytes
        var (offset, starts) = (0, [Int]())
        for character in text {
            starts.append(offset)
            offset += character.utf8.count
        }
        characters = starts + [bytes.count]
        scalars = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
        lines = Self.lineStarts(of: bytes, where: Self.endsLine)
        yamlLines = Self.lineStarts(of: bytes, where: Self.endsYAMLLine)
    }

    /// Where the byte at an offset stands.
    func place(at offset: Int) -> Place {
        let line = Self.index(of: offset, in: lines)
        let column = Self.index(of: offset, in: characters) - Self.index(of: lines[line], in: characters)
        return Place(file: path, line: line + 1, column: column + 1)
    }

    /// The byte offset of a line and a column as libYAML counts them, both from 1; held inside the text.
    func offset(line: Int, column: Int) -> Int {
        guard line >= 1, line <= yamlLines.count else { return bytes.count }
        let index = Self.index(of: yamlLines[line - 1], in: scalars) + max(column - 1, 0)
        return index < scalars.count ? scalars[index] : bytes.count
    }

    /// The bytes of the editor's line that an offset lies in, without its end.
    func line(around offset: Int) -> ArraySlice<UInt8> {
        let line = Self.index(of: offset, in: lines)
        let end = line + 1 < lines.count ? lines[line + 1] : bytes.count
        return bytes[lines[line]..<end].prefix { $0 != 0x0A && $0 != 0x0D }
    }

    /// The offsets of the editor's lines after the one that an offset lies in.
    func lines(after offset: Int) -> ArraySlice<Int> {
        lines[(Self.index(of: offset, in: lines) + 1)...]
    }

    private static func lineStarts(of bytes: [UInt8], where ends: ([UInt8], Int) -> Bool) -> [Int] {
        [0] + bytes.indices.filter { ends(bytes, $0) }.map { $0 + 1 }
    }

    private static func endsLine(_ bytes: [UInt8], _ index: Int) -> Bool {
        bytes[index] == 0x0A
            || (bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A))
    }

    private static func endsYAMLLine(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        case 0x0A, 0x0D: endsLine(bytes, index)
        case 0x85: index >= 1 && bytes[index - 1] == 0xC2
        case 0xA8, 0xA9: index >= 2 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE2
        default: false
        }
    }

    /// The index of the last start that is not after the offset.
    private static func index(of offset: Int, in starts: [Int]) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }
}
