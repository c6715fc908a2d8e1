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

    /// Finishes what is begun as far as the grace period allows.
    func interrupt(grace: Duration) async {
        endClaims(.interrupted)
        try? await Task.sleep(for: grace)
        stop(.interrupted)
    }

    /// Looks several times a second whether the run still goes on by the store, where other processes pause and
    /// cancel it. Ends when it has stopped the run, or with the task.
    func watch(_ run: RunID, in store: Store) async throws {
        while !claims.isRaised {
            try await Task.sleep(for: .milliseconds(250))
            let standing = try await Blocking.run { try store.read { try $0.standing(of: run) } }
            if let standing, standing.state != .open { stop(.standing(standing.state)) }
        }
    }
}
