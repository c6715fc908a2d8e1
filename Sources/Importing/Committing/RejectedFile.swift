import Foundation
import Model

/// The rows that were refused, as a file that can be corrected and imported again.
///
/// Of a table, a table: the columns of the file, then what could not be read into those, the line, the column and the
/// reason. The import knows these columns: it takes no row before the first of them is cleared, and passes over the
/// others. Of JSON Lines, the lines as they were, each below a note that the import passes over.
///
/// It is written under another name and renamed when the import is done, so that what stands under its
/// name is always whole. One left by an earlier import is replaced, or removed when nothing is refused.
final class RejectedFile {
    /// The column of what a row has more than its columns take, as it was written.
    static let surplus = "rejected.surplus"
    /// Its own columns.
    static let columns = [surplus, "rejected.line", "rejected.column", "rejected.reason"]
    /// How a note among JSON Lines begins.
    static let noteOpening = Array(#"{"rejected.line":"#.utf8)

    /// Where it stands when it is done: beside the file.
    let path: String
    private let temporaryPath: String
    /// Nil for JSON Lines.
    private let delimiter: UInt8?
    private var descriptor: Int32 = -1
    private var bytes: [UInt8] = []

    /// - Parameters:
    ///   - source: The file that is imported.
    ///   - delimiter: What separates its values; nil for JSON Lines.
    init(beside source: String, tableDelimiter delimiter: UInt8?) {
        path = source + (delimiter == nil ? ".rejected.jsonl" : ".rejected.csv")
        temporaryPath = path + ".\(getpid()).tmp"
        self.delimiter = delimiter
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(temporaryPath)
        }
    }

    /// Adds a row.
    /// - Parameter names: The columns of the file.
    func add(_ record: Record, _ refusal: Refusal, names: [String], isRejectedFile: Bool) throws(ImportError)
    {
        let isFirst = descriptor < 0
        if isFirst { try begin() }
        if let delimiter {
            var writer = CSVWriter(delimiter: delimiter)
            if isFirst {
                let own = names.filter { !Self.columns.contains($0) }
                writer.write((own + Self.columns).map { CSVWriter.defused(Array($0.utf8)[...]) })
            }
            writer.write(Self.row(record, refusal, names, isRejectedFile, delimiter))
            bytes += writer.bytes
        } else {
            bytes += Self.note(refusal)
            bytes += record.written + [.lineFeed]
        }
        if bytes.count > 65_536 { try flush() }
    }

    /// Puts it under its name.
    /// - Returns: The name; nil when nothing was refused.
    func finish() throws(ImportError) -> String? {
        guard descriptor >= 0 else {
            unlink(path)
            return nil
        }
        try flush()
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw failure() }
        close(descriptor)
        descriptor = -1
        return path
    }

    private func begin() throws(ImportError) {
        // It holds what customers.jsonl holds, so nobody else may read it.
        unlink(temporaryPath)
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
    }

    private func flush() throws(ImportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { throw failure() }
            rest = rest.dropFirst(max(count, 0))
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private func failure() -> ImportError {
        ImportError(
            .outside, "\(path): The refused rows cannot be written: \(String(cString: strerror(errno))).")
    }
}

// MARK: - One row

extension RejectedFile {
    private static func row(
        _ record: Record, _ refusal: Refusal, _ names: [String], _ isRejectedFile: Bool, _ delimiter: UInt8
    ) -> [ArraySlice<UInt8>] {
        var values = names.map { _ in ArraySlice<UInt8>() }
        for cell in record.cells where cell.column < names.count {
            let value = record.bytes[cell.value]
            let isDefused = isRejectedFile && value.first == .apostrophe
            values[cell.column] = isDefused ? value.dropFirst() : value
        }
        // A row may be refused again before its surplus is cleared, and have got another one.
        let earlier = names.firstIndex(of: surplus).map { values[$0] } ?? []
        let surplus = [earlier, record.surplus].filter { !$0.isEmpty }.joined(separator: [delimiter])
        let own = zip(names, values).filter { !columns.contains($0.0) }.map(\.1)
        let notes = ["\(refusal.line)", refusal.column ?? "", refusal.reason].map { Array($0.utf8)[...] }
        return (own + [Array(surplus)[...]] + notes).map(CSVWriter.defused)
    }

    private static func note(_ refusal: Refusal) -> [UInt8] {
        var json = JSONWriter()
        json.write("rejected.line", Int64(refusal.line))
        json.write("rejected.column", refusal.column)
        json.write("rejected.reason", refusal.reason)
        json.close()
        return json.takeBytes() + [.lineFeed]
    }
}
