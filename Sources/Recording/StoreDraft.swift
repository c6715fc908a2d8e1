import Model

/// What one transaction records: lines of journals, and rows of the index by the same events.
final class StoreDraft {
    private let drafts: [StoreName: JournalDraft]
    private let projection: Projection
    private let now: Timestamp
    /// The journal of the commit whose last event has not come yet.
    private var unfinished: StoreName?

    /// - Parameters:
    ///   - checkpoints: where the journals end.
    ///   - now: the instant that the records carry.
    init(
        _ journals: [StoreName: Journal], after checkpoints: [StoreName: Checkpoint], projection: Projection,
        at now: Timestamp
    ) {
        drafts = Dictionary(
            uniqueKeysWithValues: journals.map { store, journal in
                (store, JournalDraft(journal, after: checkpoints[store] ?? .start))
            })
        (self.projection, self.now) = (projection, now)
    }

    /// Where the journals end that it has added to.
    var ends: [StoreName: Checkpoint] {
        drafts.compactMapValues { $0.isEmpty ? nil : $0.end }
    }

    /// Adds an event.
    /// - Parameter isLast: whether it is the last of its commit.
    func add(_ event: Event, isLast: Bool) throws {
        precondition(unfinished == nil || unfinished == event.store, "a commit concerns one store")
        unfinished = isLast ? nil : event.store
        guard let draft = drafts[event.store] else { preconditionFailure("a store without a journal") }
        try draft.add(event, at: now, isLast: isLast)
        try projection.apply(event, seq: draft.end.seq, at: now)
    }

    /// Hands over to the system what it has not got yet.
    func write() throws(StoreError) {
        for draft in drafts.values { try draft.write() }
    }

    /// Waits until all of it is on the disk.
    func sync() throws(StoreError) {
        for draft in drafts.values { try draft.sync() }
    }

    /// Cuts all journals back to where it began.
    func takeBack() throws(StoreError) {
        for draft in drafts.values { try draft.takeBack() }
    }
}
