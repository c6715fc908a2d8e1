import Model

/// Applies to the index what the journals hold beyond it, and cuts off what a crash left unfinished.
/// Only the holder of the store's lock does this.
struct CatchUp {
    let projection: Projection
    /// Called now and then with the number of records applied since the last call.
    let progress: (Int) -> Void

    /// Reads one journal from a checkpoint to its end. Reading and checking run ahead on a thread of their own:
    /// they cost about as much as applying.
    /// - Returns: the checkpoint behind the last whole commit, and a sentence where a tail was cut.
    func run(_ journal: Journal, from checkpoint: Checkpoint) throws -> (Checkpoint, notice: String?) {
        var reader = try CommitReader(journal.files, from: checkpoint)
        let steps = Prefetch(ahead: 8) { try reader.next() }
        defer { steps.close() }
        while let step = try steps.next() {
            switch step {
            case .records(let records):
                for record in records { try projection.apply(record.event, seq: record.seq, at: record.at) }
                progress(records.count)
            case .end(let end): return (end, nil)
            case .torn(let end): return (end, try cut(journal, at: end))
            }
        }
        return (checkpoint, nil)
    }

    private func cut(_ journal: Journal, at checkpoint: Checkpoint) throws(StoreError) -> String {
        let path = try journal.cutTail(at: checkpoint)
        return "\(journal.files.activePath): an unfinished write after record \(checkpoint.seq) was cut off "
            + "and kept in \(path)"
    }
}
