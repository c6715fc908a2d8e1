import Model

/// Reads JSON Lines: one object a line, whose members are the row's values.
///
/// Values are texts, numbers, `true` and `false`; `null` is an empty value. A list of texts is joined by `|`,
/// as tags are in a table, and an object's members get the object's name before theirs with a dot, so that
/// `"attributes":{"plan":"pro"}` is the column `attributes.plan`.
struct JSONLinesReader: RecordReader {
    private(set) var names: [String] = []
    let delimiter = UInt8.comma
    var bytesRead: Int { chunk.taken }

    private var chunk: Chunk
    private var line = 0
    private var columns: [String: Int] = [:]

    /// Opens a source; what stands in it is seen as it is read.
    /// - Throws: `ImportError`.
    init(_ source: any ByteSource, chunkSize: Int = 262_144) throws(ImportError) {
        chunk = try Chunk(source, capacity: chunkSize)
        try chunk.takeByteOrderMark()
    }

    mutating func next() throws(ImportError) -> Record? {
        while let bytes = try nextLine() {
            line += 1
            if bytes.starts(with: RejectedFile.noteOpening) { continue }
            if bytes.allSatisfy({ $0 == .blank || $0 == .carriageReturn || $0 == .tab }) { continue }
            return record(bytes)
        }
        return nil
    }

    /// The next line without its end, cut off one byte past the limit when it is longer.
    private mutating func nextLine() throws(ImportError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var hasLine = false
        while try chunk.refill() {
            hasLine = true
            let piece = chunk.bytes[chunk.index..<chunk.count]
            let end = piece.firstIndex(of: .lineFeed)
            let content = piece[..<(end ?? piece.endIndex)]
            bytes.append(contentsOf: content.prefix(ReadingLimits.record + 1 - bytes.count))
            chunk.index = end.map { $0 + 1 } ?? chunk.count
            if end != nil { break }
        }
        return hasLine ? bytes : nil
    }

    private mutating func record(_ bytes: [UInt8]) -> Record {
        var record = Record(line: line)
        guard bytes.count <= ReadingLimits.record else {
            record.fault = RowFault("The line is longer than \(ReadingLimits.record) bytes; shorten it.")
            return record
        }
        (record.bytes, record.writtenCount) = (bytes, bytes.count)
        do {
            try addCells(of: try JSONObject(bytes[...]), prefix: "", to: &record)
        } catch let error as JSONError {
            record.fault = RowFault(
                "This is no JSON object of values: \(error.message.printable).", offset: error.offset)
        } catch let fault as RowFault {
            record.fault = fault
        } catch {
            record.fault = RowFault("\(error)")
        }
        return record
    }

    private mutating func addCells(of object: JSONObject, prefix: String, to record: inout Record) throws {
        for key in object.keys {
            let raw = object.raw(key)
            if prefix.isEmpty, raw?.first == UInt8(ascii: "{"), let inner = try object.object(key) {
                try addCells(of: inner, prefix: key + ".", to: &record)
                continue
            }
            let value =
                switch raw?.first {
                case UInt8(ascii: "["): try object.strings(key).joined(separator: "|")
                case nil: ""
                default: try object.scalar(key) ?? ""
                }
            let offset = raw?.startIndex ?? 0
            let column = try column(named: prefix + key, at: offset)
            record.cells.append(Record.Cell(column: column, value: 0..<0, offset: offset))
            record.setValue(ofCellAt: record.cells.count - 1, to: value.utf8)
        }
    }

    private mutating func column(named name: String, at offset: Int) throws(RowFault) -> Int {
        if let column = columns[name] { return column }
        guard names.count < ReadingLimits.columns, name.utf8.count <= ReadingLimits.identifier else {
            throw RowFault(
                "The names of the file are more than \(ReadingLimits.columns) or longer than"
                    + " \(ReadingLimits.identifier) bytes; export fewer or shorter ones.", offset: offset)
        }
        guard name.printable == name else {
            throw RowFault("A name has a control character; remove it.", offset: offset)
        }
        columns[name] = names.count
        names.append(name)
        return names.count - 1
    }
}
