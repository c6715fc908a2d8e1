/// A table without lines, its columns as wide as their widest text is on a terminal.
///
/// The library for tables that there was counted characters where it measured and UTF-16 units where it filled up, and
/// cut off the rest: of names in Thai, of letters with marks.
struct Table<Row> {
    /// One row's texts, each with the title of its column.
    let cells: (Row) -> [Cell]

    init(_ cells: @escaping (Row) -> [Cell]) {
        self.cells = cells
    }

    /// The lines, the titles first, without blanks at their ends; none without rows.
    func lines(of rows: [Row]) -> [String] {
        let rows = rows.map(cells)
        guard let titles = rows.first?.map({ Cell($0.title, $0.title, isRight: $0.isRight) }) else {
            return []
        }
        let table = [titles] + rows
        let widths = titles.indices.map { column in table.map { $0[column].text.columns }.max() ?? 0 }
        return table.map { cells in
            let line = zip(cells, widths).map { $0.filled(to: $1) }.joined(separator: " ")
            return String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)])
        }
    }
}

/// A text in a table, with the title of its column.
struct Cell {
    let title: String
    let text: String
    /// Whether it stands at the right, as numbers do.
    let isRight: Bool

    init(_ title: String, _ text: String, isRight: Bool = false) {
        (self.title, self.text, self.isRight) = (title, text.inert, isRight)
    }

    fileprivate func filled(to width: Int) -> String {
        let blanks = String(repeating: " ", count: width - text.columns)
        return isRight ? blanks + text : text + blanks
    }
}
