import Model

/// Applies to the index what the journals hold beyond it, and cuts off what a crash left unfinished.
/// Only the holder of the store's lock does this.
struct CatchUp {
    let projection: Projection
    /// How far an index has applied the journals, which none of them may end before.
    let applied: [StoreName: Checkpoint]
    /// Whether one that does is taken as it is.
    let acceptsLoss: Bool
    /// Called now and then with the number of records applied since the last call.
    let progress: (Int) -> Void

    /// Reads one journal from a checkpoint to its end. Reading and checking run ahead on a thread of their own:
    /// they cost about as much as applying.
    /// - Returns: the checkpoint behind the last whole commit, and sentences about what is not there any more.
    /// - Throws: `StoreError`; `lost` before anything is cut.
    func run(_ journal: Journal, from checkpoint: Checkpoint) throws -> (Checkpoint, notices: [String]) {
        var reader = try CommitReader(journal.files, from: checkpoint)
        let steps = Prefetch(ahead: 8) { try reader.next() }
        defer { steps.close() }
        while let step = try steps.next() {
            switch step {
            case .records(let records):
                for record in records { try projection.apply(record.event, seq: record.seq, at: record.at) }
                progress(records.count)
            case .end(let end):
                let loss = end.loss(of: applied[journal.files.store])
                if let loss, !acceptsLoss { throw StoreError.lost(loss) }
                let notices = loss.map { ["\($0); the index was made without that"] } ?? []
                return (end.whole, end.isTorn ? notices + [try cut(journal, at: end.whole)] : notices)
            }
        }
        return (checkpoint, [])
    }

    private func cut(_ journal: Journal, at checkpoint: Checkpoint) throws(StoreError) -> String {
        let path = try journal.cutTail(at: checkpoint)
        return "\(journal.files.activePath): an unfinished write after record \(checkpoint.seq) was cut off "
            + "and kept in \(path)"
    }
}
