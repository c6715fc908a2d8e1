import Model

/// Reads a journal commit by commit: what stands between two steps was recorded together.
struct CommitReader {
    /// What stands next.
    enum Step: Sendable {
        /// The records of some whole commits.
        case records([Record])
        /// The end of the journal, which may be torn.
        case end(JournalEnd)
    }

    private let files: JournalFiles
    private var lines: JournalReader
    private var whole: Checkpoint
    /// The step that ends the journal, once it is known.
    private var final: Step?
    private var isOver = false

    /// Records that are handed on together, so that handing on costs little.
    private static let chunk = 1000

    init(_ files: JournalFiles, from checkpoint: Checkpoint) throws(StoreError) {
        self.files = files
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
                return try finish(
                    JournalEnd.BrokenLine(place: place, reason: damage.reason), after: records,
                    isWhole: pending.isEmpty)
            case .end:
                return try finish(nil, after: records, isWhole: pending.isEmpty)
            }
        }
        return .records(records)
    }

    private mutating func finish(
        _ broken: JournalEnd.BrokenLine?, after records: [Record], isWhole: Bool
    ) throws(StoreError) -> Step {
        if isWhole { whole = lines.position }
        // A file is sealed behind a whole commit.
        guard whole.file == lines.position.file else {
            throw .damaged(
                lines.place, reason: "the file before ends within a commit that does not go on here")
        }
        final = .end(JournalEnd(files: files, whole: whole, last: lines.position, broken: broken))
        return .records(records)
    }
}
