/// Where the lines of a source start, to tell places in it.
struct Lines {
    struct Place {
        /// Counted from 1.
        let line: Int
        /// In characters, counted from 1.
        let column: Int
        /// The bytes of the line, without its line break.
        let range: Range<Int>
    }

    private let source: [UInt8]
    private let starts: [Int]

    init(_ source: [UInt8]) {
        self.source = source
        starts = [0] + source.indices.filter { source[$0] == Byte.newline }.map { $0 + 1 }
    }

    func place(of offset: Int) -> Place {
        let offset = max(0, min(offset, source.count))
        let line = index(of: offset)
        let start = starts[line]
        var end = line + 1 < starts.count ? starts[line + 1] - 1 : source.count
        if end > start, source[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return Place(line: line + 1, column: characters(in: start..<min(offset, end)) + 1, range: start..<end)
    }

    /// The last line that starts at or before the offset.
    private func index(of offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Bytes of ASCII are counted as they are: templates on one long line have thousands of places.
    private func characters(in range: Range<Int>) -> Int {
        let bytes = source[range]
        return bytes.allSatisfy { $0 < 0x80 } ? bytes.count : String(decoding: bytes, as: UTF8.self).count
    }
}
