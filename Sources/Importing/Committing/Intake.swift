/// One file on its way in: its records, what its columns mean, what was refused, and the count of it all.
struct Intake<Column: ImportColumn> {
    /// What the columns mean, as far as the file has been read.
    private(set) var layout: ColumnLayout<Column>
    var summary = ImportSummary()

    private let path: String
    private let size: Int
    private var reader: any RecordReader
    private let rejected: RejectedFile

    /// Opens a file; `.jsonl` and `.ndjson` are JSON Lines, everything else a table.
    /// - Throws: `ImportError`, also for a header with columns that nobody explained.
    init(_ path: String, _ options: ImportOptions) throws(ImportError) {
        self.path = path
        layout = ColumnLayout(options)
        let isTable = !path.hasSuffix(".jsonl") && !path.hasSuffix(".ndjson")
        do {
            let source = try FileSource(path: path)
            size = source.size
            if isTable {
                reader = try CSVReader(source, delimiter: options.delimiter)
                layout.extend(to: reader.names)
                try layout.checkHeader()
            } else {
                reader = try JSONLinesReader(source)
            }
        } catch {
            throw error.naming(path)
        }
        rejected = RejectedFile(beside: path, tableDelimiter: isTable ? reader.delimiter : nil)
    }

    /// Whether the file's columns are known before its rows.
    var hasHeader: Bool { reader is CSVReader }

    /// Asks for a column, or for another in its place, where the columns are known before the rows.
    /// - Throws: `ImportError` that says how to name it.
    func require(_ column: Column, or other: Column? = nil) throws(ImportError) {
        let columns = [column, other].compactMap(\.self)
        if !hasHeader || columns.contains(where: layout.has) { return }
        let names = columns.map { "'\($0.name)'" }.joined(separator: " or ")
        throw ImportError(
            .usage,
            "\(path): No column is \(names); say which is, such as --map 'THEIRS=\((other ?? column).name)'.")
    }

    /// How far the file has been read.
    var progress: ImportProgress {
        ImportProgress(bytes: reader.bytesRead, totalBytes: size, rows: summary.rows)
    }

    /// The next record; nil at the end.
    mutating func next() throws(ImportError) -> Record? {
        do {
            guard let record = try reader.next() else { return nil }
            layout.extend(to: reader.names)
            summary.rows += 1
            return record
        } catch {
            throw error.naming(path)
        }
    }

    /// Puts a row aside.
    mutating func refuse(_ record: Record, _ fault: RowFault) throws(ImportError) {
        let place = record.place(ofByte: fault.offset)
        let column = fault.column.flatMap { layout.names.indices.contains($0) ? layout.names[$0] : nil }
        let refusal = Refusal(
            file: path, line: place.line, position: place.position, column: column, reason: fault.reason)
        summary.refused += 1
        if summary.refusals.count < 20 { summary.refusals.append(refusal) }
        if fault.endsReading {
            summary.isCutShort = true
            return
        }
        try rejected.add(record, refusal, names: layout.names, isRejectedFile: layout.isRejectedFile)
    }

    /// Puts the refused rows under their name.
    /// - Returns: What was done.
    mutating func finish() throws(ImportError) -> ImportSummary {
        summary.rejectedFile = try rejected.finish()
        return summary
    }
}
