import Model
import Recording

/// The import of one file of orders.
///
/// A batch goes through three steps: whose order it is (one commit to the customers, where orders create
/// them), which identifier it has, and the commit to the orders. A crash between the commits leaves customers
/// without orders, which the repeated import finds again.
struct OrderImport {
    private typealias Purchase = (draft: PurchaseDraft, order: Order)

    private let store: Store
    private let options: ImportOptions
    private let path: String
    private var intake: Intake<OrderColumn>
    private var parser: OrderParser
    /// How often each content has come in this file.
    private let ranks: Tally
    private var batch = Batch<PurchaseDraft>()
    /// The bytes of the first pass; 0 when the file needs none.
    private var countedBytes = 0

    init(_ path: String, store: Store, options: ImportOptions) throws {
        try options.check()
        (self.path, self.store, self.options) = (path, store, options)
        intake = try Intake(path, options)
        parser = OrderParser(options)
        ranks = try Tally()
        if intake.hasHeader { try checkColumns() }
    }

    private func checkColumns() throws(ImportError) {
        let layout = intake.layout
        try intake.require(.field(.at))
        try intake.require(.field(.total))
        try intake.require(.field(.customer), or: .field(.email))
        if !layout.has(.field(.currency)), options.currency == nil {
            throw ImportError(.usage, "\(path): No column is 'currency'; say --currency, such as EUR.")
        }
        if options.createsCustomers {
            try options.checkConsent(hasColumn: layout.has(.customer(.field(.consent))))
        } else if let column = layout.customerColumns.first {
            throw ImportError(
                .usage,
                "\(path): Column '\(column.shortened)' is about customers; say --create-customers to create"
                    + " those who are unknown, or --ignore '\(column.shortened)'.")
        }
    }

    mutating func run(
        using generator: inout some RandomNumberGenerator, progress: (ImportProgress) -> Void
    ) throws -> ImportSummary {
        var assembler = OrderAssembler(counts: try countRows(progress))
        while let record = try intake.next() {
            let row = OrderRow(
                record: record,
                draft: Result { () throws(RowFault) in
                    try parser.read(record, intake.layout)
                })
            let id = record.value(of: .field(.id), intake.layout)
            if let rows = try assembler.add(row, id: id?.isEmpty == false ? id : nil) { try take(rows) }
            if batch.isFull {
                try commit(using: &generator)
                progress(wholeProgress)
            }
        }
        try assembler.finish()
        try commit(using: &generator)
        progress(wholeProgress)
        return try intake.finish()
    }

    /// The first pass: how many rows each identifier has.
    private mutating func countRows(_ progress: (ImportProgress) -> Void) throws -> Tally {
        let counts = try Tally()
        if intake.hasHeader, !intake.layout.has(.field(.id)) { return counts }
        var file = try Intake<OrderColumn>(path, options)
        var ids = Batch<String>()
        while let record = try file.next() {
            if let id = record.value(of: .field(.id), file.layout), !id.isEmpty {
                ids.append(id, bytes: id.utf8.count)
            }
            if ids.isFull {
                _ = try counts.count(ids.takeAll())
                let present = file.progress
                progress(
                    ImportProgress(bytes: present.bytes, totalBytes: 2 * present.totalBytes, rows: 0))
            }
        }
        _ = try counts.count(ids.takeAll())
        countedBytes = file.progress.bytes
        return counts
    }

    /// How far both passes have come.
    private var wholeProgress: ImportProgress {
        let present = intake.progress
        return ImportProgress(
            bytes: countedBytes + present.bytes, totalBytes: countedBytes + present.totalBytes,
            rows: present.rows)
    }

    private mutating func take(_ rows: [OrderRow]) throws {
        do throws(OrderFault) {
            batch.append(try PurchaseDraft(rows), bytes: rows.reduce(0) { $0 + $1.record.bytes.count })
        } catch {
            try refuse(rows.map(\.record), error)
        }
    }

    /// An order is taken whole or not at all: without one of its lines its total would be wrong.
    private mutating func refuse(_ records: [Record], _ fault: OrderFault) throws(ImportError) {
        for (index, record) in records.enumerated() {
            let reason =
                index == fault.row
                ? fault.fault
                : RowFault(
                    "The row in line \(records[fault.row].line) of the same order was refused; correct that one."
                )
            try intake.refuse(record, reason)
        }
    }

    // MARK: - Committing

    private mutating func commit(using generator: inout some RandomNumberGenerator) throws {
        let drafts = batch.takeAll()
        if drafts.isEmpty { return }
        let purchases = try identified(try resolved(drafts, using: &generator))
        let outcomes = try store.commit { view in
            var events: [Event] = []
            let outcomes = try purchases.map { purchase in
                let known = try view.order(purchase.order.id)
                let order = known.map { purchase.draft.merged(purchase.order, with: $0) } ?? purchase.order
                if order != known { events.append(.orderSaved(order)) }
                return (isKnown: known != nil, isSame: order == known)
            }
            return (events, outcomes)
        }
        for outcome in outcomes {
            switch (outcome.isKnown, outcome.isSame) {
            case (false, _): intake.summary.added += 1
            case (true, false): intake.summary.updated += 1
            case (true, true): intake.summary.unchanged += 1
            }
        }
    }

    /// Whose orders they are.
    private mutating func resolved(
        _ drafts: [PurchaseDraft], using generator: inout some RandomNumberGenerator
    ) throws -> [(PurchaseDraft, CustomerID)] {
        let newIDs = drafts.map { _ in CustomerID.random(using: &generator) }
        let outcomes = try store.commit { [options] view in
            var decision = CustomerDecision(view, options)
            let outcomes = try zip(drafts, newIDs).map { try decision.resolve($0.customer, newID: $1) }
            return (decision.events, outcomes)
        }
        var resolved: [(PurchaseDraft, CustomerID)] = []
        for (draft, outcome) in zip(drafts, outcomes) {
            switch outcome {
            case .refused(let fault): try refuse(draft.records, OrderFault(row: 0, fault))
            case .unchanged(let id), .updated(let id): resolved.append((draft, id))
            case .added(let id):
                intake.summary.createdCustomers += 1
                resolved.append((draft, id))
            }
        }
        return resolved
    }

    /// The orders with their identifiers: the shop's, or one from content and rank among equal ones.
    private mutating func identified(_ drafts: [(PurchaseDraft, CustomerID)]) throws -> [Purchase] {
        var purchases: [Purchase] = []
        for (draft, customer) in drafts {
            do throws(OrderFault) {
                purchases.append((draft, try draft.order(id: draft.shared.id ?? "", customer: customer)))
            } catch {
                try refuse(draft.records, error)
            }
        }
        let nameless = purchases.indices.filter { purchases[$0].draft.shared.id == nil }
        let digests = nameless.map { purchases[$0].order.contentDigest }
        for ((index, digest), rank) in zip(zip(nameless, digests), try ranks.count(digests)) {
            purchases[index].order.id = OrderID(rank == 1 ? "o-\(digest)" : "o-\(digest)-\(rank)")
        }
        return purchases
    }
}
