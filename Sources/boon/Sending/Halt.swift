import Delivering
import Model
import Recording
import Synchronization

/// Why sending a run stops before everyone has had their turn. The first reason counts.
final class Halt: Sendable {
    /// Who or what stopped it.
    enum Reason: Sendable, Equatable {
        /// Ctrl-C, SIGTERM, or the daemon's end.
        case interrupted
        /// Somebody paused or cancelled the run meanwhile.
        case standing(RunState)
        /// A relay refuses us, or nothing gets through: the run is to be paused.
        case pause(String)
        /// The store or the relays failed.
        case failed
        /// The daemon goes on with other relays.
        case otherRelays

        /// As a log says it.
        var words: String {
            switch self {
            case .interrupted: "interrupted"
            case .standing(let state): "the run is \(state.rawValue)"
            case .pause(let reason): reason
            case .failed: "the store or a relay failed"
            case .otherRelays: "boon.yaml has other relays by now"
            }
        }
    }

    private let pool: RelayPool
    private let first = Mutex<Reason?>(nil)
    /// Raised when no more batches are begun.
    let claims = StopSignal()
    /// Raised when also those that wait in begun batches are given back.
    let deliveries = StopSignal()

    init(of pool: RelayPool) {
        self.pool = pool
    }

    /// Why; nil while nobody has stopped it.
    var reason: Reason? { first.withLock { $0 } }

    /// Begins no more batches; those that are begun are finished.
    func endClaims(_ reason: Reason) {
        first.withLock { $0 = $0 ?? reason }
        pool.withdraw(claims)
    }

    /// Stops at once: what the relay may have is waited for, everything else is given back.
    func stop(_ reason: Reason) {
        endClaims(reason)
        pool.withdraw(deliveries)
    }

    /// Finishes what is begun as far as there is time: what is not handed over after six seconds is given back, and
    /// what a silent relay has is left in doubt after eight, so that a stop is over within ten.
    func interrupt() async {
        endClaims(.interrupted)
        try? await Task.sleep(for: .seconds(6))
        stop(.interrupted)
        try? await Task.sleep(for: .seconds(2))
        pool.abandon(deliveries)
    }

    /// Looks several times a second whether the run still goes on by the store, where other processes pause and
    /// cancel it. Ends when it has stopped the run, or with the task.
    func watch(_ run: RunID, in store: Store) async throws {
        while !claims.isRaised {
            try await Task.sleep(for: .milliseconds(250))
            let standing = try await Blocking.run { try store.read { try $0.standing(of: run) } }
            if let standing, !standing.state.isSending { stop(.standing(standing.state)) }
        }
    }
}
