/// Reads comma-separated values (RFC 4180) record by record.
///
/// Not SwiftCSV: it wants the whole file in memory and hands out dictionaries of strings, so its memory
/// grows with the file. Here memory is one piece of the file and one record of at most 1 MB.
///
/// Stricter than RFC 4180 where a guess would change data: text after a closing quote and a wrong number
/// of values refuse the row. More lenient where nothing is lost: LF ends a line too, empty lines are
/// skipped, and a quote inside a value that does not begin with one is that character. A quote that is never
/// closed takes the rest of the file with it: going on in the next line would let the text of a value
/// become rows, and an import can be repeated once the quote is closed.
struct CSVReader: RecordReader {
    private(set) var names: [String] = []
    let delimiter: UInt8
    var bytesRead: Int { chunk.taken }

    private var chunk: Chunk
    private var line = 1
    private var header: [UInt8] = []

    /// Opens a source and reads its header.
    /// - Parameter delimiter: What separates values; nil to find it in the header line.
    /// - Throws: `ImportError` when there is no header that can be used.
    init(_ source: any ByteSource, delimiter: UInt8? = nil, chunkSize: Int = 262_144) throws(ImportError) {
        chunk = try Chunk(source, capacity: chunkSize)
        try chunk.takeByteOrderMark()
        let start = chunk.bytes[chunk.index..<chunk.count].drop { $0 == .lineFeed || $0 == .carriageReturn }
        if Self.hasLoneReturn(inHeader: start) {
            throw ImportError(.input, "The line ends are CR alone; save the file with LF or CR LF.")
        }
        self.delimiter = delimiter ?? Self.delimiter(inHeader: start)
        try readHeader()
    }

    mutating func next() throws(ImportError) -> Record? {
        while let (next, cellCount) = try nextRecord() {
            var record = next
            if isEmptyLine(record, cellCount) { continue }
            if record.fault == nil { record.fault = shapeFault(of: record, cellCount) }
            if record.fault != nil, record.cells.count > names.count {
                record.surplusStart = record.cells[names.count].offset
            }
            return record
        }
        return nil
    }

    private func isEmptyLine(_ record: Record, _ cellCount: Int) -> Bool {
        record.fault == nil && cellCount == 1 && record.cells[0].value.isEmpty
            && record.written.first != .quote
    }

    private func shapeFault(of record: Record, _ cellCount: Int) -> RowFault? {
        if cellCount != names.count {
            return RowFault(
                "The row has \(cellCount) values and the header \(names.count);"
                    + " add what is missing, or quote the value that holds a separator.")
        }
        if record.written.count == header.count, record.written.elementsEqual(header) {
            return RowFault("The header stands here again; remove the line.")
        }
        return nil
    }

    private mutating func nextRecord() throws(ImportError) -> (Record, cellCount: Int)? {
        var scanner = CSVScanner(delimiter: delimiter, line: line, expectedCells: names.count)
        var isComplete = false
        while !isComplete, try chunk.refill() { isComplete = scanner.take(&chunk) }
        line = scanner.line
        guard isComplete || scanner.endFile() else { return nil }
        return (scanner.finished(), scanner.cellCount)
    }
}

// MARK: - The header

extension CSVReader {
    /// The separator that stands most often outside quotes in the first line; the comma when none does.
    private static func delimiter(inHeader start: ArraySlice<UInt8>) -> UInt8 {
        let candidates: [UInt8] = [.comma, .semicolon, .tab]
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in start {
            if byte == .quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == .lineFeed { break }
            if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        var best = 0
        for index in 1...2 where counts[index] > counts[best] { best = index }
        return candidates[best]
    }

    /// Whether a carriage return outside quotes is followed by more of the first line, as old Macs wrote.
    private static func hasLoneReturn(inHeader start: ArraySlice<UInt8>) -> Bool {
        var isQuoted = false
        for (index, byte) in zip(start.indices, start) {
            if byte == .quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == .lineFeed { return false }
            if byte == .carriageReturn, index + 1 < start.endIndex { return start[index + 1] != .lineFeed }
        }
        return false
    }

    /// The first record that is no empty line.
    private mutating func firstRecord() throws(ImportError) -> (Record, cellCount: Int)? {
        while let (record, cellCount) = try nextRecord() {
            if !isEmptyLine(record, cellCount) { return (record, cellCount) }
        }
        return nil
    }

    private mutating func readHeader() throws(ImportError) {
        guard let (record, cellCount) = try firstRecord() else {
            throw ImportError(.input, "The file is empty; its first line must name the columns.")
        }
        if let fault = record.fault {
            throw ImportError(
                .input, "The first line must name the columns and cannot be read. \(fault.reason)")
        }
        guard cellCount <= ReadingLimits.columns else {
            throw ImportError(
                .input, "The header names \(cellCount) columns; at most \(ReadingLimits.columns) can be read."
            )
        }
        for cell in record.cells {
            do {
                names.append(try record.text(cell))
            } catch {
                throw ImportError(
                    .input, "The name of column \(cell.column + 1) cannot be used. \(error.reason)")
            }
        }
        header = Array(record.written)
    }
}
