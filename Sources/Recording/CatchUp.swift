import Model

/// Applies to the index what the journals hold beyond it, and cuts off what a crash left unfinished.
/// Only the holder of the store's lock does this.
struct CatchUp {
    let projection: Projection
    /// Called now and then with the number of records applied since the last call.
    let progress: (Int) -> Void

    /// Reads one journal from a checkpoint to its end.
    /// - Returns: the checkpoint behind the last whole commit, and a sentence where a tail was cut.
    func run(_ journal: Journal, from checkpoint: Checkpoint) throws -> (Checkpoint, notice: String?) {
        var reader = try JournalReader(journal.files, from: checkpoint)
        var applied = checkpoint
        var commit: [Record] = []
        while true {
            switch try reader.next() {
            case .line(let line, let position):
                commit.append(try line.record(at: reader.place))
                guard line.isLast else { continue }
                for record in commit { try projection.apply(record.event, seq: record.seq, at: record.at) }
                progress(commit.count)
                commit.removeAll(keepingCapacity: true)
                applied = position
            case .broken(let place, let damage):
                if damage.isFollowedByGoodLines { throw StoreError.damaged(place, reason: damage.reason) }
                return (applied, try cut(journal, at: applied))
            case .end:
                if commit.isEmpty { return (reader.position, nil) }
                return (applied, try cut(journal, at: applied))
            }
        }
    }

    private func cut(_ journal: Journal, at checkpoint: Checkpoint) throws(StoreError) -> String {
        let path = try journal.cutTail(at: checkpoint)
        return "\(journal.files.activePath): an unfinished write after record \(checkpoint.seq) was cut off "
            + "and kept in \(path)"
    }
}
