/// One row that was not taken: where it stands and why.
package struct Refusal: Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named.
    package let file: String
    /// The line, from 1; in a row of several lines the one that is wrong.
    package let line: Int
    /// The place in the line, in characters from 1.
    package let position: Int
    /// The name of the column in the file; nil when the row as a whole is wrong.
    package let column: String?
    /// One or two sentences: what is wrong and what to do.
    package let reason: String

    /// `orders.csv:17:9: error: total: '1,50' is no amount ...`
    package var description: String {
        "\(file):\(line):\(position): error: \(column.map { "\($0): " } ?? "")\(reason)"
    }
}

/// What is wrong with a row, before the place is worked out: that costs a walk over its bytes.
struct RowFault: Error {
    /// Where, in bytes from the start of the record.
    var offset: Int
    /// The column of the file, from 0; nil for the row as a whole.
    var column: Int?
    var reason: String
    /// Whether nothing behind it could be read, so that the row cannot be mended apart from its file.
    var endsReading = false

    init(_ reason: String, offset: Int = 0, column: Int? = nil) {
        (self.reason, self.offset, self.column) = (reason, offset, column)
    }

    init(_ reason: String, at cell: Record.Cell) {
        self.init(reason, offset: cell.offset, column: cell.column)
    }
}
