import Foundation
import GRDB
import Model

/// The writing side of a store: journals, checkpoints and the index, in the hands of one thread at a time
/// that also holds the lock against other processes.
final class StoreWriter {
    /// A journal's active file is sealed when it has grown past this many bytes.
    private let sealSize: Int64
    private let folder: String
    private let clock: @Sendable () -> Timestamp
    private let journals: [StoreName: Journal]
    private var checkpoints: [StoreName: Checkpoint] = [:]
    private var projection: Projection?
    private var failure: StoreError?
    /// Sentences about repairs that nobody was told yet.
    var notices: [String] = []

    init(folder: String, sealSize: Int64, clock: @escaping @Sendable () -> Timestamp) {
        (self.folder, self.sealSize, self.clock) = (folder, sealSize, clock)
        journals = Dictionary(
            uniqueKeysWithValues: StoreName.allCases.map {
                ($0, Journal(JournalFiles(folder: folder, store: $0)))
            })
    }

    /// How many records the journals hold, as far as they are applied.
    var recordCount: Int64 {
        checkpoints.values.reduce(0) { $0 + $1.seq }
    }

    // MARK: - Committing

    /// Runs the decisions one after the other on the up-to-date index and makes what they decide durable with
    /// one sync a journal. A decision that throws leaves no trace and holds up no other.
    func commit(_ decisions: [PendingCommit], in database: Database) throws {
        try transact(database) { draft in
            let view = IndexView(database)
            for decision in decisions {
                guard let events = decision.decide(view) else { continue }
                for (index, event) in events.enumerated() {
                    try draft.add(event, isLast: index == events.count - 1)
                }
            }
        }
    }

    /// Runs a decision that hands over its events one by one.
    func commit<Answer>(
        inParts decide: (IndexView, @escaping (Event) throws -> Void) throws -> Answer, in database: Database
    ) throws -> Answer {
        try transact(database) { draft in
            // A line says whether more of its commit follow, so each event waits for the next one.
            var waiting: Event?
            let answer = try decide(IndexView(database)) { event in
                if let waiting { try draft.add(waiting, isLast: false) }
                waiting = event
            }
            if let waiting { try draft.add(waiting, isLast: true) }
            return answer
        }
    }

    /// Lets work record in one transaction of the index, which has every earlier record, and makes that durable.
    private func transact<Answer>(_ database: Database, _ work: (StoreDraft) throws -> Answer) throws
        -> Answer
    {
        if let failure { throw failure }
        try database.beginTransaction(.immediate)
        let (ends, answer): ([StoreName: Checkpoint], Answer)
        do {
            try catchUp(database)
            let draft = StoreDraft(
                journals, after: checkpoints, projection: try prepared(database), at: clock())
            answer = try write(draft, work)
            ends = draft.ends
        } catch {
            try? database.rollback()
            throw error
        }
        // From here on the records are durable: whatever fails now, nobody may be told that they are not.
        do {
            for (store, end) in ends { try Index.save(end, of: store, in: database) }
            try database.commit()
            checkpoints.merge(ends) { $1 }
        } catch {
            try? database.rollback()
            throw StoreError.indexBehind(reason: "\(error)")
        }
        sealGrownJournals()
        return answer
    }

    /// Writes and syncs. When the work fails, or one journal cannot be written, what all of them got is taken back:
    /// none of it has been acknowledged.
    private func write<Answer>(_ draft: StoreDraft, _ work: (StoreDraft) throws -> Answer) throws -> Answer {
        let answer: Answer
        do {
            answer = try work(draft)
            try draft.write()
        } catch {
            try draft.takeBack()
            throw error
        }
        do {
            try draft.sync()
        } catch {
            // Whether the lines are on the disk is not known, so nobody shall read them from memory either.
            try? draft.takeBack()
            failure = error
            throw error
        }
        return answer
    }

    /// A journal that cannot be sealed goes on in its file and is sealed by a later commit: what was just
    /// recorded is durable either way, so this is no error of the commit.
    private func sealGrownJournals() {
        for (store, checkpoint) in checkpoints where checkpoint.offset > sealSize {
            do {
                try journals[store]?.seal(checkpoint)
            } catch {
                notices.append("the journal '\(store)' could not go on in a new file: \(error)")
            }
        }
    }

    // MARK: - Catching up

    /// Applies what other processes, or a crash, have left in the journals beyond the index. Called inside a
    /// transaction, with the lock held.
    func catchUp(_ database: Database) throws {
        guard let known = try Index.checkpoints(database) else {
            return try replayAll(database)
        }
        checkpoints = known
        for (store, checkpoint) in known {
            guard let journal = journals[store] else { continue }
            switch try JournalState(journal.files, against: checkpoint) {
            case .same: continue
            case .grown:
                let replay = CatchUp(
                    projection: try prepared(database), applied: known, acceptsLoss: false, progress: { _ in }
                )
                try run(replay, journal, from: checkpoint, in: database)
            case .other:
                try journal.files.requireAll(of: checkpoint)
                notices.append(
                    "\(journal.files.activePath) is not the journal that the index was made from; "
                        + "the index was made anew from what the journals hold")
                return try replayAll(database)
            }
        }
    }

    /// Makes the index anew from the first record on.
    /// - Parameter acceptsLoss: whether it may know less than it does now.
    /// - Throws: `StoreError.lost` when it would know less and may not.
    func replayAll(
        _ database: Database, acceptsLoss: Bool = false, progress: @escaping (Int) -> Void = { _ in }
    ) throws {
        let applied = try Index.applied(database)
        projection = nil
        try Index.makeTables(database)
        let replay = CatchUp(
            projection: try prepared(database), applied: applied, acceptsLoss: acceptsLoss, progress: progress
        )
        for store in StoreName.allCases {
            guard let journal = journals[store] else { continue }
            try run(replay, journal, from: .start, in: database)
        }
        try Index.finishTables(database)
    }

    private func run(
        _ replay: CatchUp, _ journal: Journal, from checkpoint: Checkpoint, in database: Database
    ) throws {
        let (end, notices) = try replay.run(journal, from: checkpoint)
        try Index.save(end, of: journal.files.store, in: database)
        checkpoints[journal.files.store] = end
        self.notices += notices
    }

    private func prepared(_ database: Database) throws -> Projection {
        if let projection { return projection }
        let fresh = try Projection(database)
        projection = fresh
        return fresh
    }
}

/// How a journal's files stand to what the index knows of them. Costs one stat and one short read.
enum JournalState: Equatable {
    /// Nothing came since.
    case same
    /// More lines, or a torn tail, may follow.
    case grown
    /// What the index has applied is not there: files were cut, replaced or taken away.
    case other

    init(_ files: JournalFiles, against checkpoint: Checkpoint) throws(StoreError) {
        let isSealed = files.isSealed(checkpoint.file)
        let path = isSealed ? files.sealedPath(checkpoint.file) : files.activePath
        let file = try File(path, flags: O_RDONLY)
        let size = try file?.size() ?? 0
        guard size >= checkpoint.offset else {
            self = .other
            return
        }
        if let file, checkpoint.offset > 0 {
            let length = JournalLine.tailLength + 1
            let tail = try file.read(at: checkpoint.offset - Int64(length), count: length)
            guard tail.last == UInt8(ascii: "\n"), JournalLine.claimedSum(tail.dropLast()) == checkpoint.sum
            else {
                self = .other
                return
            }
        }
        self = isSealed || size > checkpoint.offset ? .grown : .same
    }
}
