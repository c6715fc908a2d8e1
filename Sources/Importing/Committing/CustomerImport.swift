import Model
import Recording

/// The import of one file of customers.
struct CustomerImport {
    private struct Row: Sendable {
        let record: Record
        let draft: CustomerDraft
        /// Drawn beforehand, since what happens under the store's lock may not share the generator.
        let newID: CustomerID
    }

    private struct Committed: Sendable {
        let rows: [Row]
        let outcomes: [CustomerDecision.Outcome]
        let stayUnsubscribed: Int
    }

    private let store: Store
    private let options: ImportOptions
    private var intake: Intake<CustomerColumn>
    private var parser: CustomerParser
    /// The line of each identifier and each address of the file.
    private let lines: Tally
    private var batch = Batch<Row>()
    private var committing: Background<Committed>?

    init(_ path: String, store: Store, options: ImportOptions) throws {
        try options.check()
        (self.store, self.options) = (store, options)
        intake = try Intake(path, options)
        parser = CustomerParser(options)
        lines = try Tally()
        try intake.require(.field(.id), or: .field(.email))
        if intake.hasHeader { try options.checkConsent(hasColumn: intake.layout.has(.field(.consent))) }
    }

    mutating func run(
        using generator: inout some RandomNumberGenerator, progress: (ImportProgress) -> Void
    ) throws -> ImportSummary {
        // When reading fails, what is being recorded is not left behind unseen.
        defer { _ = try? committing?.wait() }
        while let record = try intake.next() {
            do throws(RowFault) {
                let draft = try read(record)
                let newID = draft.id ?? .random(using: &generator)
                batch.append(Row(record: record, draft: draft, newID: newID), bytes: record.bytes.count)
            } catch {
                try intake.refuse(record, error)
            }
            if batch.isFull {
                try commit()
                progress(intake.progress)
            }
        }
        try commit()
        try finishCommit()
        progress(intake.progress)
        return try intake.finish()
    }

    private mutating func read(_ record: Record) throws(RowFault) -> CustomerDraft {
        var draft = CustomerDraft()
        try record.forEachValue(intake.layout) { column, text, _ throws(ValueFault) in
            try parser.read(column, text, into: &draft)
        }
        if draft.id == nil, draft.addressKey == nil {
            throw RowFault("The row has neither id nor email; one of them says who it is about.")
        }
        return draft
    }

    /// Begins to commit the batch, once the one before is done: while one batch is recorded the next is read,
    /// which takes as long again.
    private mutating func commit() throws {
        let rows = try withoutRepeated(batch.takeAll())
        try finishCommit()
        if rows.isEmpty { return }
        committing = Background { [store, options] in
            try store.commit { view in
                var decision = CustomerDecision(view, options)
                let outcomes = try rows.map { try decision.save($0.draft, newID: $0.newID) }
                let answer = Committed(
                    rows: rows, outcomes: outcomes, stayUnsubscribed: decision.stayUnsubscribed)
                return (decision.events, answer)
            }
        }
    }

    /// Waits for the batch that is being committed, and counts what became of it.
    private mutating func finishCommit() throws {
        defer { committing = nil }
        guard let committed = try committing?.wait() else { return }
        intake.summary.stayUnsubscribed += committed.stayUnsubscribed
        for (row, outcome) in zip(committed.rows, committed.outcomes) {
            switch outcome {
            case .added: intake.summary.added += 1
            case .updated: intake.summary.updated += 1
            case .unchanged: intake.summary.unchanged += 1
            case .refused(let fault): try intake.refuse(row.record, fault)
            }
        }
    }

    /// Refuses rows about customers who have a row already: the second would undo the first each time the
    /// file is imported.
    private mutating func withoutRepeated(_ rows: [Row]) throws -> [Row] {
        var keys: [(key: String, value: Int64)] = []
        for row in rows {
            if let id = row.draft.id { keys.append(("i" + id.text, Int64(row.record.line))) }
            if let key = row.draft.addressKey { keys.append(("e" + key, Int64(row.record.line))) }
        }
        var first = try lines.keep(keys)[...]
        var kept: [Row] = []
        for row in rows {
            let own = Int64(row.record.line)
            let byID = row.draft.id == nil ? own : first.removeFirst()
            let byAddress = row.draft.addressKey == nil ? own : first.removeFirst()
            if byID == own, byAddress == own {
                kept.append(row)
            } else {
                let (what, line) = byID == own ? ("address", byAddress) : ("id", byID)
                try intake.refuse(
                    row.record,
                    RowFault("The same \(what) stands in line \(line) already; keep one of the rows."))
            }
        }
        return kept
    }
}
