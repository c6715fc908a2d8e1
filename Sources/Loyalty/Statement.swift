import Model

/// A line of a customer's statement.
package struct StatementLine: Hashable, Sendable {
    /// What happened.
    package enum What: Hashable, Sendable {
        /// An entry was made.
        case entry(PointsEntry.Kind)
        /// A lot's points became available. Nothing is recorded for it.
        case activated
        /// What was left of a lot was lost. Nothing is recorded for it.
        case expired
    }

    package var what: What
    package var instant: Timestamp
    /// The change: below zero for what was taken or lost. Pending points that activate are above zero,
    /// though the customer does not have more of them than before.
    package var points: Int64
    /// What there was after this line.
    package var balance: Balance
    /// The entry behind it: the line's own, or the one that created the lot. It tells source, rule, actor
    /// and reason.
    package var entry: PointsEntry
}

extension Ledger {
    /// All that had happened up to and including an instant, in the order of time; at one instant, what
    /// happens by itself comes first.
    package func statement(until instant: Timestamp) -> [StatementLine] {
        var balance = Balance.zero
        return movements(until: instant).map { movement in
            balance.available += movement.available
            balance.pending += movement.pending
            return StatementLine(
                what: movement.what, instant: movement.instant, points: movement.points, balance: balance,
                entry: movement.entry)
        }
    }

    fileprivate struct Movement {
        var what: StatementLine.What
        var instant: Timestamp
        var points: Int64
        var available: Int64 = 0
        var pending: Int64 = 0
        var entry: PointsEntry
    }

    private func movements(until instant: Timestamp) -> [Movement] {
        let derived = lots.flatMap { expiry(of: $0, until: instant) + activation(of: $0, until: instant) }
        let recorded = entries.filter { $0.occurred <= instant }.map(movement)
        // Sorting is stable: derived lines stay before recorded ones of the same instant, and those in the
        // order of recording.
        return (derived + recorded).sorted { $0.instant < $1.instant }
    }

    private func movement(of entry: PointsEntry) -> Movement {
        var movement = Movement(
            what: .entry(entry.kind), instant: entry.occurred, points: entry.points, entry: entry)
        if let lot = lot(key: entry.key) {
            movement.add(entry.points, isActive: lot.activates <= entry.occurred)
        }
        for change in entry.lots {
            if let lot = lot(key: change.lot) {
                movement.add(-change.points, isActive: lot.activates <= entry.occurred)
            }
        }
        return movement
    }

    private func activation(of lot: Lot, until instant: Timestamp) -> [Movement] {
        let left = lot.left(before: lot.activates)
        let expires = expiry(of: lot, asOf: instant)
        guard let entry = entry(key: lot.key), lot.activates > lot.occurred, lot.activates <= instant,
            expires.map({ $0 > lot.activates }) ?? true, left > 0
        else { return [] }
        return [
            Movement(
                what: .activated, instant: lot.activates, points: left, available: left, pending: -left,
                entry: entry)
        ]
    }

    private func expiry(of lot: Lot, until instant: Timestamp) -> [Movement] {
        guard let entry = entry(key: lot.key), let expires = expiry(of: lot, asOf: instant),
            expires <= instant, lot.left(before: expires) > 0
        else { return [] }
        let left = lot.left(before: expires)
        var movement = Movement(what: .expired, instant: expires, points: -left, entry: entry)
        movement.add(-left, isActive: lot.activates < expires)
        return [movement]
    }
}

extension Ledger.Movement {
    fileprivate mutating func add(_ points: Int64, isActive: Bool) {
        if isActive { available += points } else { pending += points }
    }
}

extension Ledger.Lot {
    /// What entries had left in it just before an instant.
    fileprivate func left(before instant: Timestamp) -> Int64 {
        amount - taken(by: instant.advanced(milliseconds: -1))
    }
}
