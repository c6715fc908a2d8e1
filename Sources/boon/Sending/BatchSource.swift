import Model
import Recording
import Synchronization

/// Hands out a run's recipients in batches, each recipient once: first those in doubt that are to be sent again,
/// then those whose next attempt is due, then those that were never tried.
final class BatchSource: Sendable {
    private enum Phase: Int {
        case again, due, planned, done

        var states: [RecipientState] {
            switch self {
            case .again: [.intended, .inDoubt]
            case .due: [.deferred]
            case .planned: [.planned]
            case .done: []
            }
        }
    }

    private struct State {
        var phase: Phase
        /// The last recipient of the phase that was handed out; what is under way is never handed out again.
        var last: CustomerID?
        var left: Int
        var stopped: String?
    }

    private let store: Store
    private let run: RunID
    private let size: Int
    private let now: Timestamp
    private let state: Mutex<State>

    /// - Parameters:
    ///   - resends: whether recipients in doubt are sent to again.
    ///   - size: recipients in a batch.
    ///   - limit: recipients in all; nil for everyone.
    init(store: Store, run: RunID, resends: Bool, size: Int, limit: Int?, now: Timestamp) {
        (self.store, self.run, self.size, self.now) = (store, run, size, now)
        state = Mutex(State(phase: resends ? .again : .due, left: limit ?? .max))
    }

    /// Why nothing more is handed out; nil when nobody has stopped it.
    var stopped: String? {
        state.withLock { $0.stopped }
    }

    /// No more batches: those that are under way are finished.
    func stop(_ reason: String) {
        state.withLock { $0.stopped = $0.stopped ?? reason }
    }

    /// The next batch; nil when there is none or the source was stopped. Reads the store.
    func next() throws -> [RecipientSummary]? {
        try state.withLock { state in
            while state.stopped == nil, state.left > 0, state.phase != .done {
                let batch = try store.read { view in
                    try view.recipients(
                        of: run, in: state.phase.states, due: state.phase == .due ? now : nil,
                        after: state.last,
                        limit: min(size, state.left))
                }
                guard let final = batch.last else {
                    state.phase = Phase(rawValue: state.phase.rawValue + 1) ?? .done
                    state.last = nil
                    continue
                }
                state.last = final.customer
                state.left -= batch.count
                return batch
            }
            return nil
        }
    }
}
