/// Finds where one record of comma-separated values ends and where its values stand.
///
/// A state machine that may stop at any byte and go on with the next piece of the file; a record that is
/// too long passes through it like any other, without being kept.
struct CSVScanner {
    private enum State {
        case valueStart, plain, quoted
        /// After a quote that closes the value or is the first of two.
        case closing
        /// After a closing quote and a carriage return.
        case closingReturn
        /// After a fault that leaves nothing to understand but the end of the line.
        case broken
    }

    let delimiter: UInt8
    /// The line of the next byte, from 1.
    private(set) var line: Int
    /// How many values the record has, those past the limit of columns too.
    private(set) var cellCount = 0

    private var record: Record
    private var state = State.valueStart
    /// How far it has come, in bytes of the record.
    private var offset = 0
    /// Where the present value begins, the opening quote left out.
    private var valueStart = 0
    private var hasDoubledQuotes = false
    /// The cells whose quotes are doubled.
    private var doubled: [Int] = []

    /// Begins a record.
    init(delimiter: UInt8, line: Int, expectedCells: Int) {
        (self.delimiter, self.line) = (delimiter, line)
        record = Record(line: line)
        record.cells.reserveCapacity(expectedCells)
    }

    /// Takes bytes up to the end of the record.
    /// - Returns: Whether the record is complete.
    mutating func take(_ chunk: inout Chunk) -> Bool {
        let (from, to) = (chunk.index, chunk.count)
        let (end, isComplete) = chunk.bytes.withUnsafeBufferPointer { take($0, from, to) }
        let kept = min(end - from, ReadingLimits.record + 1 - record.bytes.count)
        record.bytes.append(contentsOf: chunk.bytes[from..<from + kept])
        chunk.index = end
        return isComplete
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> (Int, Bool) {
        var index = from
        while index < to {
            let byte = bytes[index]
            switch state {
            case .valueStart where byte == .quote:
                (state, valueStart, hasDoubledQuotes) = (.quoted, offset + 1, false)
            case .valueStart:
                (state, valueStart) = (.plain, offset)
                continue
            case .plain:
                if byte == delimiter {
                    endPlain(at: offset)
                } else if byte == .lineFeed {
                    let previous = index > from ? bytes[index - 1] : record.bytes.last
                    let hasReturn = offset > valueStart && previous == .carriageReturn
                    endPlain(at: hasReturn ? offset - 1 : offset)
                }
            case .quoted:
                if byte == .quote { state = .closing }
            case .closing, .closingReturn:
                takeAfterQuote(byte)
            case .broken: break
            }
            index += 1
            offset += 1
            if byte == .lineFeed {
                line += 1
                if state != .quoted { return (index, true) }
            }
            if state == .plain || state == .quoted {
                let start = index
                let stop = state == .plain ? delimiter : .quote
                while index < to, bytes[index] != stop, bytes[index] != .lineFeed { index += 1 }
                offset += index - start
            }
        }
        return (index, false)
    }

    /// A byte after a quote that may have closed a value.
    private mutating func takeAfterQuote(_ byte: UInt8) {
        switch byte {
        case .quote where state == .closing:
            (state, hasDoubledQuotes) = (.quoted, true)
        case delimiter where state == .closing:
            endQuoted(at: offset - 1)
        case .lineFeed:
            endQuoted(at: state == .closing ? offset - 1 : offset - 2)
        case .carriageReturn where state == .closing:
            state = .closingReturn
        default:
            state = .broken
            fail(
                "Text follows the quote that closes the value; double each quote inside a value.", at: offset)
        }
    }

    private mutating func endPlain(at end: Int) {
        append(Record.Cell(column: cellCount, value: valueStart..<end, offset: valueStart))
    }

    private mutating func endQuoted(at end: Int) {
        if hasDoubledQuotes, cellCount <= ReadingLimits.columns { doubled.append(cellCount) }
        append(Record.Cell(column: cellCount, value: valueStart..<end, offset: valueStart - 1))
    }

    private mutating func append(_ cell: Record.Cell) {
        // One more than there can be in a header, which tells where the surplus begins.
        if cellCount <= ReadingLimits.columns { record.cells.append(cell) }
        cellCount += 1
        state = .valueStart
    }

    /// Only a value in quotes can fail.
    private mutating func fail(_ reason: String, at offset: Int) {
        guard record.fault == nil else { return }
        record.fault = RowFault(reason, offset: offset, column: cellCount)
        record.surplusStart = valueStart - 1
    }
}

// MARK: - The end of a record

extension CSVScanner {
    /// Ends the last record of a file, which may lack its line end.
    /// - Returns: Whether there was one.
    mutating func endFile() -> Bool {
        if offset == 0 { return false }
        switch state {
        case .valueStart:
            valueStart = offset
            endPlain(at: offset)
        case .plain:
            endPlain(at: record.bytes.last == .carriageReturn && offset > valueStart ? offset - 1 : offset)
        case .closing: endQuoted(at: offset - 1)
        case .closingReturn: endQuoted(at: offset - 2)
        case .quoted:
            fail(
                "A quote is opened here and never closed, so nothing after it was read;"
                    + " close it and import the file again.", at: valueStart - 1)
            record.fault?.endsReading = true
        case .broken: break
        }
        return true
    }

    /// The complete record.
    func finished() -> Record {
        var record = record
        guard record.bytes.count <= ReadingLimits.record else { return tooLong() }
        record.writtenCount = record.bytes.count
        for index in doubled {
            record.setValue(ofCellAt: index, to: Self.undoubled(record.bytes[record.cells[index].value]))
        }
        return record
    }

    /// In place of a record that is too long: a fault, and none of its bytes.
    private func tooLong() -> Record {
        var short = Record(line: record.line)
        let isUnclosed = state == .quoted
        short.fault = RowFault(
            "The row is longer than \(ReadingLimits.record) bytes, or one of its quotes is not closed;"
                + " shorten or correct it."
                + (isUnclosed ? " A quote in it is never closed, so nothing after it was read." : ""))
        short.fault?.endsReading = isUnclosed
        return short
    }

    private static func undoubled(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(value.count)
        var isSecond = false
        for byte in value {
            isSecond = byte == .quote && !isSecond
            if byte != .quote || isSecond { result.append(byte) }
        }
        return result
    }
}

extension UInt8 {
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let blank = UInt8(ascii: " ")
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let tab = UInt8(ascii: "\t")
    static let apostrophe = UInt8(ascii: "'")
}
