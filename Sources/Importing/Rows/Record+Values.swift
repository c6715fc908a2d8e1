extension Record {
    /// Visits the values of the columns that are taken.
    /// - Throws: `RowFault` of the record itself, of a column nobody explained, or of the first value that
    ///   `body` refuses.
    func forEachValue<Column>(
        _ layout: ColumnLayout<Column>, _ body: (Column, String, Cell) throws(ValueFault) -> Void
    ) throws(RowFault) {
        if let fault { throw fault }
        for cell in cells {
            switch layout.targets[cell.column] {
            case .ignored: continue
            case .surplus where cell.value.isEmpty: continue
            case .surplus:
                throw RowFault(
                    "This could not be read into the columns of its row; put it where it belongs and clear it here.",
                    at: cell)
            case .unknown(let sentence): throw RowFault(sentence, at: cell)
            case .taken(let column):
                let text = try text(cell, isDefused: layout.isRejectedFile)
                do {
                    try body(column, text, cell)
                } catch {
                    throw RowFault(error.reason, at: cell)
                }
            }
        }
    }

    /// The value of one column, where the row has it and it can be read.
    func value<Column>(of wanted: Column, _ layout: ColumnLayout<Column>) -> String? {
        // A row may have more values than there are columns.
        for cell in cells where cell.column < layout.targets.count {
            guard case .taken(let column) = layout.targets[cell.column], column == wanted else { continue }
            return try? text(cell, isDefused: layout.isRejectedFile)
        }
        return nil
    }
}
