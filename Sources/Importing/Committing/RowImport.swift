import Model
import Recording

/// Reads the rows of a file each of which stands for itself.
protocol RowParser {
    associatedtype Column: ImportColumn
    /// What one row says.
    associatedtype Draft: Sendable

    init(_ options: ImportOptions)

    /// Asks for the columns without which no row can be taken.
    static func requireColumns(of file: Intake<Column>) throws(ImportError)

    /// Reads one row.
    mutating func read(_ record: Record, _ layout: ColumnLayout<Column>) throws(RowFault) -> Draft
}

/// Decides what rows add to the stores, one row after the other, as if each were recorded at once.
protocol RowDecision: Sendable {
    associatedtype Draft

    init()

    /// What is to be recorded.
    var events: [Event] { get }

    /// Takes what a row says.
    /// - Parameter view: the same for all rows: what they add is not in it yet.
    /// - Returns: whether it is new.
    /// - Throws: `RowFault` for a row that is refused; what the index throws.
    mutating func take(_ draft: Draft, in view: IndexView) throws -> Bool
}

/// The import of one file each of whose rows stands for itself.
struct RowImport<Parser: RowParser, Decision: RowDecision> where Decision.Draft == Parser.Draft {
    private typealias Row = (record: Record, draft: Parser.Draft)

    private let store: Store
    private var intake: Intake<Parser.Column>
    private var parser: Parser
    private var batch = Batch<Row>()

    init(_ path: String, store: Store, options: ImportOptions) throws {
        self.store = store
        intake = try Intake(path, options)
        parser = Parser(options)
        try Parser.requireColumns(of: intake)
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
            var decision = Decision()
            let outcomes = try drafts.map { draft -> Result<Bool, RowFault> in
                do { return .success(try decision.take(draft, in: view)) } catch let fault as RowFault {
                    return .failure(fault)
                }
            }
            return (decision.events, outcomes)
        }
        for (row, outcome) in zip(rows, outcomes) {
            switch outcome {
            case .success(true): intake.summary.added += 1
            case .success(false): intake.summary.unchanged += 1
            case .failure(let fault): try intake.refuse(row.record, fault)
            }
        }
    }
}
