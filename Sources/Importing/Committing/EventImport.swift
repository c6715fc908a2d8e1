import Model
import Recording

/// The import of one file of events.
struct EventImport {
    private typealias Row = (record: Record, draft: EventDraft)

    private let store: Store
    private var intake: Intake<EventColumn>
    private var parser: EventParser
    private var batch = Batch<Row>()

    init(_ path: String, store: Store, options: ImportOptions) throws {
        self.store = store
        intake = try Intake(path, options)
        parser = EventParser(options)
        try intake.require(.field(.name))
        try intake.require(.field(.at))
        try intake.require(.field(.customer), or: .field(.email))
    }

    mutating func run(progress: (ImportProgress) -> Void) throws -> ImportSummary {
        while let record = try intake.next() {
            do throws(RowFault) {
                batch.append((record, try parser.read(record, intake.layout)), bytes: record.bytes.count)
            } catch {
                try intake.refuse(record, error)
            }
            if batch.isFull {
                try commit()
                progress(intake.progress)
            }
        }
        try commit()
        progress(intake.progress)
        return try intake.finish()
    }

    private mutating func commit() throws {
        let rows = batch.takeAll()
        if rows.isEmpty { return }
        let drafts = rows.map(\.draft)
        let outcomes = try store.commit { view in
            var decision = EventDecision(view)
            let outcomes = try drafts.map { try decision.take($0) }
            return (decision.events, outcomes)
        }
        for (row, outcome) in zip(rows, outcomes) {
            switch outcome {
            case .added: intake.summary.added += 1
            case .unchanged: intake.summary.unchanged += 1
            case .refused(let fault): try intake.refuse(row.record, fault)
            }
        }
    }
}
