/// One record of a file: its bytes as they stand there, and its cells.
struct Record {
    /// One value of a record.
    struct Cell {
        /// The column of the file it belongs to, from 0.
        var column: Int
        /// Where its value stands in `bytes`, free of quotes and escapes.
        var value: Range<Int>
        /// Where it begins in the record, for messages.
        var offset: Int
    }

    /// The line on which it begins, from 1.
    var line: Int
    /// The record as written, and after it the values that differ from what is written (doubled quotes,
    /// JSON escapes). One buffer serves both, so a plain value costs no copy of its own.
    var bytes: [UInt8] = []
    /// How many of the bytes are the record as written.
    var writtenCount = 0
    /// The values, in the order of the file; those before the fault when there is one.
    var cells: [Cell] = []
    /// From which byte on it could not be read into columns; nil when all of it could.
    var surplusStart: Int?
    /// Why it cannot be read whole.
    var fault: RowFault?

    /// The record as written.
    var written: ArraySlice<UInt8> { bytes[..<writtenCount] }

    /// What could not be read into columns, as written, without the end of the line.
    var surplus: ArraySlice<UInt8> {
        guard let surplusStart else { return [] }
        var rest = written.dropFirst(surplusStart)
        while let last = rest.last, last == .lineFeed || last == .carriageReturn { rest.removeLast() }
        return rest
    }

    /// Gives a cell a value that differs from what is written.
    mutating func setValue(ofCellAt index: Int, to value: some Collection<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: value)
        cells[index].value = start..<bytes.count
    }

    /// The line and, in characters from 1, the place in the line of a byte of the record.
    func place(ofByte offset: Int) -> (line: Int, position: Int) {
        var (line, position) = (line, 1)
        for byte in written.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                position = 1
            } else if byte & 0xC0 != 0x80 {
                position += 1
            }
        }
        return (line, position)
    }
}

/// Reads a file record by record. Holds one piece of the file and one record, never more.
protocol RecordReader {
    /// The columns by position; JSON Lines adds to them as new names turn up.
    var names: [String] { get }
    /// What separates the values of the file, for a file made from it.
    var delimiter: UInt8 { get }
    /// How many bytes of the file have been read.
    var bytesRead: Int { get }
    /// The next record; nil at the end of the file.
    /// - Throws: `ImportError` when the file cannot be read; what is wrong with one record stands in it.
    mutating func next() throws(ImportError) -> Record?
}

/// What bounds the memory that a hostile file can claim.
enum ReadingLimits {
    /// The longest record in bytes; no honest row of a shop comes near.
    static let record = 1_048_576
    /// The most columns.
    static let columns = 1000
    /// The longest value in bytes.
    static let value = 4000
    /// The longest identifier in bytes (campaign-format.md, "Import columns").
    static let identifier = 200
}
