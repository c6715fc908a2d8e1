import Model

/// What one transaction appends to a journal. Lines are written a block at a time, so that memory does not grow with
/// them; as long as they are not synced they can be taken back.
final class JournalDraft {
    private let journal: Journal
    private let start: Checkpoint
    /// Behind the last line.
    private(set) var end: Checkpoint
    /// Whole lines that are not written yet.
    private var pending: [UInt8] = []
    private var hasWritten = false

    /// Bytes that are written together.
    private static let block = 1 << 16

    /// A draft that goes on behind a checkpoint.
    init(_ journal: Journal, after start: Checkpoint) {
        (self.journal, self.start, end) = (journal, start, start)
    }

    /// Whether it has no line.
    var isEmpty: Bool { end == start }

    /// Adds a line.
    /// - Parameter isLast: whether it is the last of its commit.
    func add(_ event: Event, at now: Timestamp, isLast: Bool) throws(StoreError) {
        let length = pending.count
        end.seq += 1
        end.sum = JournalLine.append(
            event, seq: end.seq, at: now, isLast: isLast, after: end.sum, to: &pending)
        end.line += 1
        end.offset += Int64(pending.count - length)
        if pending.count >= Self.block { try write() }
    }

    /// Hands over to the system what it has not got yet.
    func write() throws(StoreError) {
        if pending.isEmpty { return }
        hasWritten = true
        try journal.write(pending, to: end.file, at: end.offset - Int64(pending.count))
        pending.removeAll(keepingCapacity: true)
    }

    /// Waits until what was written is on the disk.
    func sync() throws(StoreError) {
        if hasWritten { try journal.sync() }
    }

    /// Cuts the journal back to where the draft began.
    func takeBack() throws(StoreError) {
        if hasWritten { try journal.takeBack(to: start) }
    }
}
