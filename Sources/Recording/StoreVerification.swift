import Foundation
import Model

/// What a look at every byte of one journal has found.
package struct JournalReport: Hashable, Sendable {
    package let store: StoreName
    /// Good records, counted up to the first damage.
    package let records: Int64
    /// Bytes of the good records in the last file that was read.
    package let bytes: Int64
    /// Damage, as a sentence with file, line and byte; nil for a sound journal.
    package let damage: String?
    /// An unfinished write at the end that nobody was told is done: the next command cuts it off. No damage.
    package let unfinished: String?
}

extension Store {
    /// Reads every journal in a folder from its first byte and checks each line's number, sum and record.
    /// Changes nothing, and can be used where the store does not open.
    /// - Parameter progress: called with the number of records read since the last call.
    /// - Throws: `StoreError` when a file cannot be read.
    package static func verify(
        folder: String, progress: (Int) -> Void = { _ in }
    ) throws -> [JournalReport] {
        guard File.exists(folder) else { throw StoreError.noStore(folder) }
        let lock = try File("\(folder)/lock", flags: O_RDONLY)
        let copy = try lock.flatMap { try IndexCopy(whereNeededOf: folder, lock: $0) }
        defer { copy?.remove() }
        try lock?.lock()
        let applied = Index(folder: copy?.folder ?? folder).applied()
        let ends = try StoreName.allCases.map { store in
            let files = JournalFiles(folder: folder, store: store)
            return (
                files, try files.paths(from: 1).count,
                try File(files.activePath, flags: O_RDONLY)?.size() ?? 0
            )
        }
        lock?.unlock()
        return try ends.map { files, lastFile, size in
            try verify(files, upTo: (lastFile, size), applied: applied[files.store], progress: progress)
        }
    }

    private static func verify(
        _ files: JournalFiles, upTo end: (file: Int, offset: Int64), applied: Checkpoint?,
        progress: (Int) -> Void
    ) throws -> JournalReport {
        var reader = try JournalReader(files, from: .start)
        var whole = reader.position
        func report(damage: String? = nil, unfinished: String? = nil) -> JournalReport {
            JournalReport(
                store: files.store, records: whole.seq, bytes: whole.offset, damage: damage,
                unfinished: unfinished)
        }
        func ending(_ broken: JournalEnd.BrokenLine? = nil) -> JournalReport {
            let end = JournalEnd(files: files, whole: whole, last: reader.position, broken: broken)
            if let loss = end.loss(of: applied) { return report(damage: "\(StoreError.lost(loss))") }
            if !end.isTorn { return report() }
            let text =
                "\(files.activePath): an unfinished write after record \(whole.seq), at byte \(whole.offset)"
            return applied == nil
                ? report(damage: "\(text); without an index nothing tells whether it was acknowledged")
                : report(unfinished: text)
        }
        while reader.position.file < end.file || reader.position.offset < end.offset {
            switch try reader.next() {
            case .line(let line, let position):
                do throws(StoreError) {
                    _ = try line.record(at: reader.place)
                } catch {
                    return report(damage: "\(error)")
                }
                if line.isLast { whole = position }
                progress(1)
            case .broken(let place, let damage):
                if damage.isFollowedByGoodLines {
                    return report(damage: "\(StoreError.damaged(place, reason: damage.reason))")
                }
                return ending(JournalEnd.BrokenLine(place: place, reason: damage.reason))
            case .end:
                return ending()
            }
        }
        return ending()
    }
}
