import Model

/// One customer's points: the lots that entries created and what later entries took from them. Folded
/// from entries alone, in the order of their recording; what a rule or a clock said is in the entries.
///
/// Points that are not spent become available and expire by themselves, whether or not anything is
/// recorded about it, so every question names its instant.
package struct Ledger: Sendable {
    /// Whose points.
    package let customer: CustomerID
    /// All entries, as recorded.
    package private(set) var entries: [PointsEntry] = []
    private(set) var lots: [Lot] = []
    /// What prolongs lots that expire by activity, sorted by `occurred`.
    private(set) var activity: [Activity] = []
    private var lotsByKey: [String: Int] = [:]
    private var entriesByKey: [String: Int] = [:]
    /// The sum of all lots. As it stays in the range of Int64, no sum over parts of lots leaves it.
    private var granted: Int64 = 0

    /// Points that one entry created.
    struct Lot: Sendable {
        let key: String
        let amount: Int64
        let occurred: Timestamp
        let activates: Timestamp
        /// Without later activity; nil for never.
        let expires: Timestamp?
        let livesOnActivity: Bool
        var takes: [Take] = []
        /// What no entry has taken, whenever it did.
        var rest: Int64

        /// What entries up to an instant had taken.
        func taken(by instant: Timestamp, as kind: PointsEntry.Kind? = nil) -> Int64 {
            takes.reduce(0) { sum, take in
                take.occurred <= instant && (kind == nil || take.kind == kind) ? sum + take.points : sum
            }
        }
    }

    /// What one entry took from a lot.
    struct Take: Sendable {
        let kind: PointsEntry.Kind
        let occurred: Timestamp
        let points: Int64
    }

    /// An entry that keeps points alive.
    struct Activity: Sendable {
        let occurred: Timestamp
        let until: Timestamp
    }

    /// A ledger of the customer's entries in the order of their recording.
    /// - Throws: `LedgerError` for entries that contradict each other.
    package init(customer: CustomerID, entries: some Sequence<PointsEntry> = []) throws(LedgerError) {
        self.customer = customer
        for entry in entries { try append(entry) }
    }

    /// The entry that has an idempotency key.
    package func entry(key: String) -> PointsEntry? {
        entriesByKey[key].map { entries[$0] }
    }

    func lot(key: String) -> Lot? {
        lotsByKey[key].map { lots[$0] }
    }

    /// Adds the next entry; one that is refused changes nothing.
    /// - Throws: `LedgerError` when it contradicts what is there.
    package mutating func append(_ entry: PointsEntry) throws(LedgerError) {
        switch try change(by: entry) {
        case .creates(let lot):
            granted += lot.amount
            lotsByKey[lot.key] = lots.count
            lots.append(lot)
        case .takes(let changed):
            for (index, lot) in changed { lots[index] = lot }
        }
        entriesByKey[entry.key] = entries.count
        entries.append(entry)
        if let until = entry.prolongs { insert(Activity(occurred: entry.occurred, until: until)) }
    }

    /// Checks an entry as `append` does, and adds nothing.
    func check(_ entry: PointsEntry) throws(LedgerError) {
        _ = try change(by: entry)
    }

    /// What an entry does to the lots.
    private enum Change {
        case creates(Lot)
        /// The lots as they are afterwards, by their index.
        case takes([Int: Lot])
    }

    private func change(by entry: PointsEntry) throws(LedgerError) -> Change {
        guard entry.customer == customer else { throw LedgerError(.foreign, entry) }
        guard entriesByKey[entry.key] == nil else { throw LedgerError(.repeated, entry) }
        if entry.points > 0, entry.kind != .spent { return .creates(try lot(of: entry)) }
        if entry.points < 0, entry.kind != .earned { return .takes(try lots(after: entry)) }
        throw LedgerError(.malformed, entry)
    }

    private func lot(of entry: PointsEntry) throws(LedgerError) -> Lot {
        guard entry.lots.isEmpty, entry.expires.map({ $0 > entry.occurred }) ?? true,
            entry.prolongs == nil || entry.expires != nil
        else { throw LedgerError(.malformed, entry) }
        if granted.addingReportingOverflow(entry.points).overflow { throw LedgerError(.tooLarge, entry) }
        return Lot(
            key: entry.key, amount: entry.points, occurred: entry.occurred,
            activates: max(entry.activates ?? entry.occurred, entry.occurred), expires: entry.expires,
            livesOnActivity: entry.prolongs != nil, rest: entry.points)
    }

    private func lots(after entry: PointsEntry) throws(LedgerError) -> [Int: Lot] {
        var changed: [Int: Lot] = [:]
        // Cannot overflow: no lot gives more than it has, and all of them together are `granted`.
        var total: Int64 = 0
        for change in entry.lots {
            guard let index = lotsByKey[change.lot] else { throw LedgerError(.unknownLot(change.lot), entry) }
            var lot = changed[index] ?? lots[index]
            guard change.points > 0, lot.occurred <= entry.occurred, lot.rest >= change.points,
                expiry(of: lot, asOf: entry.occurred).map({ $0 > entry.occurred }) ?? true,
                entry.kind != .spent || lot.activates <= entry.occurred
            else { throw LedgerError(.notThere(change.lot), entry) }
            lot.rest -= change.points
            lot.takes.append(Take(kind: entry.kind, occurred: entry.occurred, points: change.points))
            changed[index] = lot
            total += change.points
        }
        guard entry.points == -total else { throw LedgerError(.malformed, entry) }
        return changed
    }

    private mutating func insert(_ new: Activity) {
        let later = activity.lastIndex { $0.occurred <= new.occurred }
        activity.insert(new, at: later.map { $0 + 1 } ?? 0)
    }

    /// When a lot expires by what had happened up to an instant (exclusive: then it has expired). Activity
    /// prolongs it, however often, as long as each comes before it has expired.
    func expiry(of lot: Lot, asOf instant: Timestamp) -> Timestamp? {
        guard lot.livesOnActivity, var expires = lot.expires else { return lot.expires }
        for event in activity where event.occurred >= lot.occurred && event.occurred < expires {
            if event.occurred > instant { break }
            expires = max(expires, event.until)
        }
        return expires
    }
}
