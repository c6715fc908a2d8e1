import Model

/// An entry that a request led to. Deciding records nothing.
package enum Decision: Hashable, Sendable {
    /// To be recorded now.
    case new(PointsEntry)
    /// Recorded already: the request is the same as one before, and this is what came of it.
    case again(PointsEntry)

    /// The entry, recorded or not.
    package var entry: PointsEntry {
        switch self {
        case .new(let entry), .again(let entry): entry
        }
    }
}

/// What an event earns.
package enum Earning: Hashable, Sendable {
    case points(Decision)
    /// No points, and why, in a sentence for support staff.
    case nothing(String)
}

/// What a request to spend or correct points says beside their number.
package struct Occasion: Hashable, Sendable {
    /// The idempotency key: the same request under the same key is carried out once. Unique in the store.
    package var key: String
    /// When it happens: now.
    package var at: Timestamp
    /// What it is for: `reward:espresso`, `order:1042`, `person`.
    package var source: String
    /// Who asks: a person's name or `boon`.
    package var actor: String
    package var reason: String?

    /// A request with all its parts.
    package init(key: String, at: Timestamp, source: String, actor: String, reason: String? = nil) {
        (self.key, self.at, self.source) = (key, at, source)
        (self.actor, self.reason) = (actor, reason)
    }
}

/// Why points are not given, spent or corrected.
package enum Refusal: Error, Hashable {
    /// Only a number above zero can be spent.
    case notPositive(Int64)
    /// A correction by zero.
    case zero
    /// A correction that does not say why.
    case reasonMissing
    /// More than can be spent; `next` activates soonest.
    case tooFew(wanted: Int64, available: Int64, next: Upcoming?)
    /// A correction that would take more than there is, pending points included.
    case tooFewToTake(wanted: UInt64, available: Int64, pending: Int64)
    /// The key was used for something else.
    case conflict(PointsEntry)
    /// Amounts or points that cannot be counted in 64 bits.
    case tooLarge
    /// The entry would not fit into the ledger.
    case contradiction(LedgerError)
}

extension Refusal: CustomStringConvertible {
    /// One sentence that says what to do.
    package var description: String {
        switch self {
        case .notPositive(let points):
            return "\(points) points cannot be spent: say a number above 0."
        case .zero:
            return "A correction by 0 points changes nothing: say how many to add, or take with a minus."
        case .reasonMissing:
            return "A correction of points needs a reason: say why."
        case .tooFew(let wanted, let available, let next):
            let more = next.map { "\($0.points) more activate at \($0.at)" } ?? "no more are pending"
            return "\(wanted) points cannot be spent: \(available) are available, \(more)."
        case .tooFewToTake(let wanted, let available, let pending):
            return "\(wanted) points cannot be taken: \(available) are available and \(pending) pending."
        case .conflict(let prior):
            return "The key '\(prior.key)' was used at \(prior.occurred) for another request "
                + "(\(prior.kind.rawValue) \(prior.points) for \(prior.customer)): use a new key."
        case .tooLarge:
            return "The points or amounts are too large to be counted."
        case .contradiction(let error):
            return error.description
        }
    }
}

extension Ledger {
    /// What became of an earlier request under the same key, if there was one.
    /// - Parameter recorded: the entry that the store has under the key, whoever's it is; nil when the
    ///   store has none, or when only this ledger is asked.
    /// - Throws: `Refusal.conflict` when that was another request.
    func settled(
        key: String, recorded: PointsEntry?, isSame: (PointsEntry) -> Bool
    ) throws(Refusal) -> Decision? {
        guard let prior = recorded ?? entry(key: key) else { return nil }
        guard prior.customer == customer, isSame(prior) else { throw .conflict(prior) }
        return .again(prior)
    }

    /// A new entry, after the same checks that replay will make.
    func accept(_ entry: PointsEntry) throws(Refusal) -> Decision {
        do {
            try check(entry)
        } catch {
            throw error.problem == .tooLarge ? .tooLarge : .contradiction(error)
        }
        return .new(entry)
    }
}
