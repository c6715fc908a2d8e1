import Model

/// A customer's points at an instant.
package struct Balance: Hashable, Sendable {
    /// What can be spent.
    package var available: Int64
    /// What will be, once it activates.
    package var pending: Int64

    /// Nothing.
    package static let zero = Balance(available: 0, pending: 0)
}

/// One lot at an instant: `amount = pending + available + spent + withdrawn + expired`.
package struct LotState: Hashable, Sendable {
    /// The key of the entry that created it.
    package var lot: String
    package var amount: Int64
    package var pending: Int64 = 0
    package var available: Int64 = 0
    package var spent: Int64
    /// Taken back by corrections.
    package var withdrawn: Int64
    package var expired: Int64 = 0
    package var activates: Timestamp
    /// By what had happened up to the instant; nil for never.
    package var expires: Timestamp?
}

/// Points that change by themselves at an instant to come.
package struct Upcoming: Hashable, Sendable {
    package var at: Timestamp
    package var points: Int64
}

extension Ledger {
    /// What there was at an instant, by what had happened (not: been recorded) up to and including it.
    package func balance(at instant: Timestamp) -> Balance {
        states(at: instant).reduce(into: .zero) { balance, state in
            balance.available += state.available
            balance.pending += state.pending
        }
    }

    /// The points of all entries of a kind up to and including an instant; what entries took is negative. No
    /// sum leaves the range of Int64, since that of all lots does not.
    package func total(of kind: PointsEntry.Kind, until instant: Timestamp) -> Int64 {
        entries.reduce(0) { sum, entry in
            entry.kind == kind && entry.occurred <= instant ? sum + entry.points : sum
        }
    }

    /// Every lot that existed at an instant, in the order of recording.
    package func states(at instant: Timestamp) -> [LotState] {
        lots.filter { $0.occurred <= instant }.map { lot in
            var state = LotState(
                lot: lot.key, amount: lot.amount, spent: lot.taken(by: instant, as: .spent),
                withdrawn: lot.taken(by: instant, as: .adjusted), activates: lot.activates,
                expires: expiry(of: lot, asOf: instant))
            let rest = lot.amount - state.spent - state.withdrawn
            if let expires = state.expires, expires <= instant {
                state.expired = rest
            } else if lot.activates <= instant {
                state.available = rest
            } else {
                state.pending = rest
            }
            return state
        }
    }

    /// When points that were pending at an instant become available, earliest first. Points that expire
    /// before they activate are not among them.
    package func activations(after instant: Timestamp) -> [Upcoming] {
        total(
            states(at: instant).filter { state in
                state.pending > 0 && state.expires.map { $0 > state.activates } ?? true
            }.map { Upcoming(at: $0.activates, points: $0.pending) })
    }

    /// When points that were there at an instant, pending ones too, expire if they are not spent and
    /// nothing else happens, earliest first.
    package func expiries(after instant: Timestamp) -> [Upcoming] {
        total(
            states(at: instant).compactMap { state in
                let rest = state.pending + state.available
                return rest > 0 ? state.expires.map { Upcoming(at: $0, points: rest) } : nil
            })
    }

    private func total(_ changes: [Upcoming]) -> [Upcoming] {
        Dictionary(changes.map { ($0.at, $0.points) }, uniquingKeysWith: +)
            .map { Upcoming(at: $0, points: $1) }
            .sorted { $0.at < $1.at }
    }
}
