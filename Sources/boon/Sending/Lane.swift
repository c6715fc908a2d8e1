import Model
import Recording
import Synchronization

/// The recipients of a run that one rate concerns: those at a domain with a rate of its own, or all others. Lanes go
/// on beside each other, so that a slow domain holds nobody else.
///
/// Hands out each recipient once a pass: those in doubt that are sent again, those who were never tried, those who are
/// due once more.
final class Lane: Sendable {
    /// Whom a pass of a lane looks for.
    enum Wanted: Int, Sendable, CaseIterable {
        /// Those whom a crash has left in doubt: nobody else is sending to them.
        case again
        /// Those who were never tried and are due.
        case planned
        /// Those whose next attempt is due: behind the others, for what was deferred once may be again.
        case due
    }

    private struct State {
        var wanted: ArraySlice<Wanted>
        /// The last recipient that was read; what is under way is never handed out again.
        var last: CustomerID?
        var read: ArraySlice<RecipientSummary> = []
    }

    /// The domain that has a rate; nil for the lane of all others.
    let domain: String?
    private let domains: Domains
    private let store: Store
    private let run: RunID
    private let resends: Bool
    private let now: Timestamp
    private let quota: Quota
    private let state: Mutex<State>

    /// Recipients that are read from the store together.
    private static let page = 1000

    /// - Parameters:
    ///   - resends: whether the campaign sends again what is in doubt.
    ///   - quota: how many are handed out by all lanes together.
    ///   - now: who is due later is left out.
    init(
        _ domains: Domains, of run: RunID, in store: Store, wanted: [Wanted], resends: Bool, quota: Quota,
        now: Timestamp
    ) {
        if case .only(let domain) = domains { self.domain = domain } else { domain = nil }
        (self.domains, self.store, self.run) = (domains, store, run)
        (self.resends, self.quota, self.now) = (resends, quota, now)
        state = Mutex(State(wanted: wanted[...]))
    }

    /// Whether nobody is left to hand out. Reads the store, so it blocks.
    func isEmpty() throws -> Bool {
        if quota.isUsedUp { return true }
        return try state.withLock { state in
            while state.read.isEmpty, let wanted = state.wanted.first {
                let page = try store.read { view in
                    try view.recipients(
                        of: run, in: states(wanted), due: try latest(wanted, in: view), at: domains,
                        after: state.last, limit: Self.page)
                }
                state.read = page[...]
                state.last = page.last?.customer
                if page.isEmpty { state.wanted.removeFirst() }
            }
            return state.read.isEmpty
        }
    }

    /// The next of those that were read, at most so many.
    func take(upTo count: Int) -> [RecipientSummary] {
        state.withLock { state in
            let taken = state.read.prefix(quota.take(upTo: min(count, state.read.count)))
            state.read = state.read.dropFirst(taken.count)
            return Array(taken)
        }
    }

    /// When those who are wanted are due at the latest; nil for any time.
    private func latest(_ wanted: Wanted, in view: IndexView) throws -> Timestamp? {
        switch wanted {
        case .again: return nil
        case .due: return now
        // Only those who were never tried wait for the decision of an A/B test: nobody else tries them before.
        case .planned:
            guard let hold = try view.hold(of: run) else { return now }
            return min(now, hold.advanced(milliseconds: -1))
        }
    }

    private func states(_ wanted: Wanted) -> [RecipientState] {
        switch wanted {
        // No state stands in two of them: who is handed out by one could be read by the other before the claim.
        case .again: [.intended]
        case .due: resends ? [.deferred, .inDoubt] : [.deferred]
        case .planned: [.planned]
        }
    }
}
