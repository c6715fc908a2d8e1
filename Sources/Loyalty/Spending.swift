import Model

extension Ledger {
    /// Spends points: from the lots that expire earliest, those that never do last, of equal ones from
    /// the one that became active first, then from the one recorded first.
    /// - Parameters:
    ///   - points: how many, above zero.
    ///   - recorded: the entry that the store has under the occasion's key, whoever's it is.
    /// - Throws: `Refusal`; pending and expired points are never spent.
    package func spend(
        _ points: Int64, on occasion: Occasion, under programme: Programme, recorded: PointsEntry? = nil
    ) throws(Refusal) -> Decision {
        guard points > 0 else { throw .notPositive(points) }
        let request = occasion.entry(.spent, of: customer, points: -points)
        if let decision = try settled(request, recorded: recorded) { return decision }
        let active = spendable(at: occasion.at)
        guard let changes = take(points, from: active) else {
            throw .tooFew(
                wanted: points, available: active.reduce(0) { $0 + $1.rest },
                next: activations(after: occasion.at).first)
        }
        var entry = request
        entry.lots = changes
        entry.prolongs = programme.prolongation(from: occasion.at)
        return try accept(entry)
    }

    /// Corrects points by hand. What is added can be spent at once and expires as the programme says;
    /// what is taken is taken as if spent, then from pending points, those that activate first first.
    /// - Parameters:
    ///   - points: how many to add, or to take when below zero.
    ///   - occasion: with a reason.
    ///   - recorded: the entry that the store has under the occasion's key, whoever's it is.
    /// - Throws: `Refusal`.
    package func adjust(
        by points: Int64, on occasion: Occasion, under programme: Programme, recorded: PointsEntry? = nil
    ) throws(Refusal) -> Decision {
        guard points != 0 else { throw .zero }
        guard let reason = occasion.reason, reason.utf8.contains(where: { $0 > 0x20 }) else {
            throw .reasonMissing
        }
        let request = occasion.entry(.adjusted, of: customer, points: points)
        if let decision = try settled(request, recorded: recorded) { return decision }
        var entry = request
        if points > 0 {
            programme.setDates(of: &entry, pending: false)
        } else {
            let (active, pending) = (spendable(at: occasion.at), waiting(at: occasion.at))
            guard let wanted = Int64(exactly: points.magnitude),
                let changes = take(wanted, from: active + pending)
            else {
                throw .tooFewToTake(
                    wanted: points.magnitude, available: active.reduce(0) { $0 + $1.rest },
                    pending: pending.reduce(0) { $0 + $1.rest })
            }
            entry.lots = changes
        }
        return try accept(entry)
    }

    private func settled(_ request: PointsEntry, recorded: PointsEntry?) throws(Refusal) -> Decision? {
        try settled(key: request.key, recorded: recorded) { prior in
            (prior.kind, prior.points, prior.source) == (request.kind, request.points, request.source)
                && (prior.actor, prior.reason) == (request.actor, request.reason)
        }
    }

    /// Lots with something left at an instant and ever since, in the order in which they are spent.
    private func spendable(at instant: Timestamp) -> [Lot] {
        alive(at: instant).filter { $0.lot.activates <= instant }.sorted { left, right in
            (left.expires, left.lot.activates) < (right.expires, right.lot.activates)
        }.map(\.lot)
    }

    private func waiting(at instant: Timestamp) -> [Lot] {
        alive(at: instant).filter { $0.lot.activates > instant }.sorted { left, right in
            (left.lot.activates, left.expires) < (right.lot.activates, right.expires)
        }.map(\.lot)
    }

    /// In the order of recording, which a stable sort keeps among equals.
    private func alive(at instant: Timestamp) -> [(lot: Lot, expires: Timestamp)] {
        lots.filter { $0.rest > 0 && $0.occurred <= instant }.compactMap { lot in
            let expires = expiry(of: lot, asOf: instant) ?? .never
            return expires > instant ? (lot, expires) : nil
        }
    }

    private func take(_ points: Int64, from lots: [Lot]) -> [PointsEntry.LotChange]? {
        var missing = points
        var changes: [PointsEntry.LotChange] = []
        for lot in lots where missing > 0 {
            let part = min(missing, lot.rest)
            changes.append(.init(lot: lot.key, points: part))
            missing -= part
        }
        return missing == 0 ? changes : nil
    }
}

extension Occasion {
    fileprivate func entry(_ kind: PointsEntry.Kind, of customer: CustomerID, points: Int64) -> PointsEntry {
        PointsEntry(
            kind: kind, customer: customer, key: key, points: points, occurred: at, source: source,
            actor: actor, reason: reason)
    }
}

extension Timestamp {
    /// Later than every instant that an entry can name.
    fileprivate static let never = Timestamp(milliseconds: .max)
}
