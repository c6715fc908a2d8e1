import Model

/// Reads a journal commit by commit: what stands between two steps was recorded together.
struct CommitReader {
    /// What stands next.
    enum Step: Sendable {
        /// The records of some whole commits.
        case records([Record])
        /// The end of the journal.
        case end(Checkpoint)
        /// An unfinished write at the end: everything behind the checkpoint.
        case torn(Checkpoint)
    }

    private var lines: JournalReader
    private var whole: Checkpoint
    /// The step that ends the journal, once it is known.
    private var final: Step?
    private var isOver = false

    /// Records that are handed on together, so that handing on costs little.
    private static let chunk = 1000

    init(_ files: JournalFiles, from checkpoint: Checkpoint) throws(StoreError) {
        lines = try JournalReader(files, from: checkpoint)
        whole = checkpoint
    }

    /// The next step; nil behind the last one.
    /// - Throws: `StoreError` for damage that is no torn tail.
    mutating func next() throws(StoreError) -> Step? {
        if isOver { return nil }
        if let final {
            isOver = true
            return final
        }
        var records: [Record] = []
        var pending: [Record] = []
        while records.count < Self.chunk {
            switch try lines.next() {
            case .line(let line, let position):
                pending.append(try line.record(at: lines.place))
                guard line.isLast else { continue }
                records += pending
                pending.removeAll(keepingCapacity: true)
                whole = position
            case .broken(let place, let damage):
                if damage.isFollowedByGoodLines { throw .damaged(place, reason: damage.reason) }
                return finish(.torn(whole), after: records)
            case .end:
                return finish(pending.isEmpty ? .end(lines.position) : .torn(whole), after: records)
            }
        }
        return .records(records)
    }

    private mutating func finish(_ step: Step, after records: [Record]) -> Step {
        final = step
        return .records(records)
    }
}
