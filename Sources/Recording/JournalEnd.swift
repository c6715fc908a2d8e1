import Model

/// How a journal ends, and whether all is there that the index has applied. The index is the only witness of records
/// that a journal has lost: they were synced and acknowledged, and some of them are mails that are out.
struct JournalEnd: Sendable {
    let files: JournalFiles
    /// Behind the last whole commit.
    let whole: Checkpoint
    /// Behind the last good line, which may belong to a commit that is not whole.
    let last: Checkpoint
    /// The line after that, where one is there and is not what was written.
    let broken: BrokenLine?

    struct BrokenLine: Sendable {
        let place: JournalPlace
        let reason: String
    }

    /// Whether anything stands behind the last whole commit.
    var isTorn: Bool { broken != nil || last.seq > whole.seq }

    /// Where which acknowledged records are lost; nil when all of them are there.
    /// - Parameter applied: how far the index has applied the journal; nil where no index knows.
    func loss(of applied: Checkpoint?) -> String? {
        guard let applied, whole.seq < applied.seq else { return nil }
        if let broken { return "\(broken.place): \(broken.reason)" }
        let first = whole.seq + 1
        let records = first == applied.seq ? "record \(first) is" : "records \(first) to \(applied.seq) are"
        return "\(files.activePath): \(records) \(isTorn ? "not whole any more" : "gone")"
    }

    /// Reads a journal from its first byte to its end.
    /// - Throws: `StoreError`, also for damage before good lines.
    init(reading files: JournalFiles) throws(StoreError) {
        var reader = try CommitReader(files, from: .start)
        while let step = try reader.next() {
            guard case .end(let end) = step else { continue }
            self = end
            return
        }
        self.init(files: files, whole: .start, last: .start, broken: nil)
    }

    init(files: JournalFiles, whole: Checkpoint, last: Checkpoint, broken: BrokenLine?) {
        (self.files, self.whole, self.last, self.broken) = (files, whole, last, broken)
    }
}

extension JournalFiles {
    /// Reads the journal to its end and refuses it when it has lost records.
    /// - Parameter applied: how far the index has applied it.
    /// - Throws: `StoreError`.
    func requireAll(of applied: Checkpoint) throws(StoreError) {
        if let loss = try JournalEnd(reading: self).loss(of: applied) { throw .lost(loss) }
    }
}
