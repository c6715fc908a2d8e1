import Foundation
import GRDB
import Model
import Synchronization

/// The stores of a workspace: five journals that are the truth, and the index that answers questions.
///
/// Any number of processes read; one at a time writes. Calls block their thread, so code that must not block
/// calls from a thread of its own.
package final class Store: Sendable {
    /// The folder that holds the journals and the index.
    package let folder: String
    private let lock: File
    let index: Index
    /// Whether the user of this process may write there.
    private let isWritable: Bool
    private let waiting = Mutex<[PendingCommit]>([])
    private let writer: Mutex<StoreWriter>

    /// Opens the stores in a folder, which is made where it is missing, and mends what a crash has left. Who may not
    /// write there can look at them, as long as the index is what the journals say.
    /// - Parameters:
    ///   - folder: where the journals are.
    ///   - sealSize: bytes after which a journal goes on in a new file.
    ///   - expectsBulk: whether an import follows, which is faster with more memory.
    ///   - mends: false for who makes the index anew first, whatever is wrong with it.
    ///   - clock: tells the instant that records carry.
    /// - Throws: `StoreError`.
    package init(
        folder: String, sealSize: Int64 = 256 << 20, expectsBulk: Bool = false, mends: Bool = true,
        clock: @escaping @Sendable () -> Timestamp
    ) throws {
        self.folder = folder
        isWritable = !File.exists(folder) || File.mayWrite(folder)
        if isWritable { try File.makeFolder(folder) }
        guard let lock = try File("\(folder)/lock", flags: isWritable ? O_RDWR | O_CREAT : O_RDONLY) else {
            throw StoreError.missingFile("\(folder)/lock")
        }
        self.lock = lock
        writer = Mutex(StoreWriter(folder: folder, sealSize: sealSize, clock: clock))
        let copy = try IndexCopy(whereNeededOf: folder, lock: lock)
        defer { copy?.remove() }
        index = Index(folder: copy?.folder ?? folder, expectsBulk: expectsBulk)
        if mends { try catchUpUnlessBusy() }
    }

    // MARK: - Reading

    /// Answers a question from one consistent state of the index. Never waits for a writer.
    package func read<Answer>(_ question: (IndexView) throws -> Answer) throws -> Answer {
        do {
            return try index.read { try question(IndexView($0)) }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// Sentences about what was repaired since the last call.
    package func takeNotices() -> [String] {
        writer.withLock { writer in
            defer { writer.notices = [] }
            return writer.notices
        }
    }

    // MARK: - Writing

    /// Decides what to record, on an index that holds every earlier record, and makes it durable.
    ///
    /// Commits that wait at the same time share one sync. All events of one commit belong to one store and are
    /// recorded whole or not at all. What follows from a record in another store (the points of an order) is
    /// derived from the record by its key afterwards, so that a crash between the two loses nothing.
    /// - Parameter decide: given the index, returns the events and what the caller wants to know. It may be run
    ///   on another thread, and its error is thrown to this caller alone.
    /// - Returns: what `decide` returned, once it is on the disk.
    /// - Throws: the error of `decide`, or `StoreError`.
    package func commit<Answer: Sendable>(
        _ decide: @escaping @Sendable (IndexView) throws -> (events: [Event], answer: Answer)
    ) throws -> Answer {
        let answer = Mutex<Answer?>(nil)
        let pending = PendingCommit { view in
            let decision = try decide(view)
            answer.withLock { $0 = decision.answer }
            return decision.events
        }
        waiting.withLock { $0.append(pending) }
        writer.withLock { writer in
            let batch = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            if batch.isEmpty { return }
            do {
                try locked { try writer.commit(batch, in: $0) }
            } catch {
                for commit in batch { commit.fail(error) }
            }
        }
        if let error = pending.error { throw error }
        guard let answer = answer.withLock({ $0 }) else {
            throw StoreError.index(reason: "a commit was not decided")
        }
        return answer
    }

    /// Decides and records at the same time, event by event: for what may be long, since neither events nor lines are
    /// held until there are all. It is a commit as any other, recorded whole or not at all, but shares its sync with
    /// none; whoever else writes waits until it is over.
    /// - Parameter decide: given the index, and what records an event of one store, whose errors it passes on. The
    ///   index need not show yet what it has recorded itself.
    /// - Returns: what `decide` returned, once it is on the disk.
    /// - Throws: the error of `decide`, or `StoreError`.
    package func commitInParts<Answer: Sendable>(
        _ decide: @Sendable (_ view: IndexView, _ record: @escaping (Event) throws -> Void) throws -> Answer
    ) throws -> Answer {
        try writer.withLock { writer in
            try locked { try writer.commit(inParts: decide, in: $0) }
        }
    }

    /// Makes events durable that need no decision.
    package func record(_ events: [Event]) throws {
        try commit { _ in (events, ()) }
    }

    /// Makes the index anew from the journals. Readers see the old one until the new one is complete.
    /// - Parameters:
    ///   - acceptsLoss: whether the new one may lack records that the old one knows and the journals do not.
    ///   - progress: called now and then with the number of records applied since the last call.
    /// - Returns: how many records there are.
    /// - Throws: `StoreError`; with `lost` the index stays as it is.
    @discardableResult
    package func rebuild(
        acceptsLoss: Bool = false, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> Int64 {
        try writer.withLock { writer in
            try locked { database in
                try database.inTransaction(.immediate) {
                    try writer.replayAll(database, acceptsLoss: acceptsLoss, progress: progress)
                    return .commit
                }
            }
            return writer.recordCount
        }
    }

    /// The folder beside the journals of what sending needs to know between processes, made where it is missing.
    /// - Throws: `StoreError`, for whoever may only read too.
    package func makeSendingFolder() throws -> String {
        guard isWritable else { throw StoreError.readOnly(folder) }
        try File.makeFolder("\(folder)/sending", in: folder)
        return "\(folder)/sending"
    }

    // MARK: - The lock

    private func locked<Answer>(_ work: (Database) throws -> Answer) throws -> Answer {
        guard isWritable else { throw StoreError.readOnly(folder) }
        try lock.lock()
        defer { lock.unlock() }
        do {
            return try index.write(work)
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// Mends the index after a crash. A reader does not wait for a living writer, whose transaction brings the
    /// index up to date; only without any index at all it must.
    private func catchUpUnlessBusy() throws {
        let known = index.checkpoints()
        let states = try known?.map { store, checkpoint in
            let files = JournalFiles(folder: folder, store: store)
            return (files, checkpoint, try JournalState(files, against: checkpoint))
        }
        if let states {
            if states.allSatisfy({ $0.2 == .same }) { return }
            guard lock.tryLock() else { return }
        }
        if !isWritable {
            defer { lock.unlock() }
            for (files, checkpoint, state) in states ?? [] where state == .other {
                try files.requireAll(of: checkpoint)
            }
            throw StoreError.staleIndex(folder)
        }
        try writer.withLock { writer in
            try locked { database in
                try database.inTransaction(.immediate) {
                    try writer.catchUp(database)
                    return .commit
                }
            }
        }
    }
}

/// A commit that waits for its turn. Fields are touched by the thread that holds the writer's turn, and read by
/// the waiting thread only after it had that turn itself.
final class PendingCommit: @unchecked Sendable {
    private let decision: @Sendable (IndexView) throws -> [Event]
    private(set) var error: (any Error)?

    init(_ decision: @escaping @Sendable (IndexView) throws -> [Event]) {
        self.decision = decision
    }

    /// The events to record; nil when the decision was not to.
    func decide(_ view: IndexView) -> [Event]? {
        do {
            return try decision(view)
        } catch {
            self.error = error
            return nil
        }
    }

    /// The commit was not made durable.
    func fail(_ reason: any Error) {
        if error == nil { error = reason }
    }
}
