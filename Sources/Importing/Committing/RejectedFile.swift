import Foundation

/// The rows that were refused, as a table that can be corrected and imported again: the columns of the file,
/// then the line, the column and the reason. The import knows its own columns and passes over them.
///
/// Rows of a JSON Lines file have no columns in common, so each stands whole in the column `record`.
///
/// It is written under another name and renamed when the import is done, so that what stands under its
/// name is always whole. A table left by an earlier import is replaced, or removed when nothing is refused.
final class RejectedFile {
    /// Its own columns.
    static let columns = ["rejected.line", "rejected.column", "rejected.reason"]

    /// Where it stands when it is done: beside the file.
    let path: String
    private let temporaryPath: String
    private let hasColumns: Bool
    private var descriptor: Int32 = -1
    private var writer: CSVWriter

    /// - Parameters:
    ///   - source: The file that is imported.
    ///   - delimiter: What separates its values.
    ///   - hasColumns: Whether its rows have columns in common.
    init(beside source: String, delimiter: UInt8, hasColumns: Bool) {
        path = source + ".rejected.csv"
        temporaryPath = path + ".\(getpid()).tmp"
        self.hasColumns = hasColumns
        writer = CSVWriter(delimiter: delimiter)
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
        if descriptor < 0 { try begin(names) }
        var values: [ArraySlice<UInt8>] = []
        if hasColumns {
            values = names.map { _ in [] }
            for cell in record.cells where cell.column < names.count {
                let value = record.bytes[cell.value]
                let isDefused = isRejectedFile && value.first == .apostrophe
                values[cell.column] = CSVWriter.defused(isDefused ? value.dropFirst() : value)
            }
            values = zip(names, values).compactMap { Self.columns.contains($0) ? nil : $1 }
        } else {
            values = [CSVWriter.defused(record.written)]
        }
        for text in ["\(refusal.line)", refusal.column ?? "", refusal.reason] {
            values.append(CSVWriter.defused(Array(text.utf8)[...]))
        }
        writer.write(values)
        if writer.bytes.count > 65_536 { try flush() }
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

    private func begin(_ names: [String]) throws(ImportError) {
        // It holds what customers.jsonl holds, so nobody else may read it.
        unlink(temporaryPath)
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        let own = hasColumns ? names.filter { !Self.columns.contains($0) } : ["record"]
        writer.write((own + Self.columns).map { CSVWriter.defused(Array($0.utf8)[...]) })
    }

    private func flush() throws(ImportError) {
        var rest = writer.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { throw failure() }
            rest = rest.dropFirst(max(count, 0))
        }
        writer.removeAll()
    }

    private func failure() -> ImportError {
        ImportError(
            .outside, "\(path): The refused rows cannot be written: \(String(cString: strerror(errno))).")
    }
}
