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
    /// one write and one sync a journal. A decision that throws leaves no trace and holds up no other.
    func commit(_ decisions: [PendingCommit], in database: Database) throws {
        if let failure { throw failure }
        try database.beginTransaction(.immediate)
        let batch: [StoreName: Part]
        do {
            try catchUp(database)
            batch = try decide(decisions, database)
            try write(batch)
        } catch {
            try? database.rollback()
            throw error
        }
        // From here on the records are durable: whatever fails now, nobody may be told that they are not.
        do {
            for (store, part) in batch { try Index.save(part.end, of: store, in: database) }
            try database.commit()
            checkpoints.merge(batch.mapValues(\.end)) { $1 }
        } catch {
            try? database.rollback()
            throw StoreError.indexBehind(reason: "\(error)")
        }
        sealGrownJournals()
    }

    /// The lines of one journal in a batch.
    private struct Part {
        let start: Checkpoint
        var end: Checkpoint
        var bytes: [UInt8] = []
    }

    private func decide(_ decisions: [PendingCommit], _ database: Database) throws -> [StoreName: Part] {
        let view = IndexView(database)
        let projection = try prepared(database)
        let now = clock()
        var parts: [StoreName: Part] = [:]
        for decision in decisions {
            guard let events = decision.decide(view), let store = events.first?.store else { continue }
            precondition(events.allSatisfy { $0.store == store }, "a commit concerns one store")
            let start = checkpoints[store] ?? .start
            var part = parts[store] ?? Part(start: start, end: start)
            for (index, event) in events.enumerated() {
                let length = part.bytes.count
                part.end.seq += 1
                part.end.sum = JournalLine.append(
                    event, seq: part.end.seq, at: now, isLast: index == events.count - 1, after: part.end.sum,
                    to: &part.bytes)
                part.end.line += 1
                part.end.offset += Int64(part.bytes.count - length)
                try projection.apply(event, seq: part.end.seq, at: now)
            }
            parts[store] = part
        }
        return parts
    }

    /// Appends and syncs. When one journal cannot be written, what the others got is taken back: none of it
    /// has been acknowledged.
    private func write(_ batch: [StoreName: Part]) throws(StoreError) {
        do {
            for (store, part) in batch { try journals[store]?.append(part.bytes, after: part.start) }
        } catch {
            for (store, part) in batch { try journals[store]?.takeBack(to: part.start) }
            throw error
        }
        do {
            for store in batch.keys { try journals[store]?.sync() }
        } catch {
            // Whether the lines are on the disk is not known, so nobody shall read them from memory either.
            for (store, part) in batch { try? journals[store]?.takeBack(to: part.start) }
            failure = error
            throw error
        }
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
            return try replayAll(database, progress: { _ in })
        }
        checkpoints = known
        for (store, checkpoint) in known {
            guard let journal = journals[store] else { continue }
            switch try JournalState(journal.files, against: checkpoint) {
            case .same: continue
            case .grown:
                let replay = CatchUp(projection: try prepared(database), progress: { _ in })
                let (end, notice) = try replay.run(journal, from: checkpoint)
                try Index.save(end, of: store, in: database)
                checkpoints[store] = end
                if let notice { notices.append(notice) }
            case .other:
                notices.append(
                    "\(journal.files.activePath) is not the journal that the index was made from; "
                        + "the index was made anew from what the journals hold")
                return try replayAll(database, progress: { _ in })
            }
        }
    }

    /// Makes the index anew from the first record on.
    func replayAll(_ database: Database, progress: @escaping (Int) -> Void) throws {
        projection = nil
        try Index.makeTables(database)
        let replay = CatchUp(projection: try prepared(database), progress: progress)
        for store in StoreName.allCases {
            guard let journal = journals[store] else { continue }
            let (end, notice) = try replay.run(journal, from: .start)
            try Index.save(end, of: store, in: database)
            checkpoints[store] = end
            if let notice { notices.append(notice) }
        }
        try Index.finishTables(database)
    }

    private func prepared(_ database: Database) throws -> Projection {
        if let projection { return projection }
        let fresh = try Projection(database)
        projection = fresh
        return fresh
    }
}

/// How a journal's files stand to what the index knows of them. Costs one stat and one short read.
enum JournalState {
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
