import Delivering
import Logging
import Model
import Recording
import Synchronization

/// Where the daemon's runs are sent by the relays of one reading of the files: every open run that nobody else sends has a
/// clerk of its own, and all share the relays, so that a slow run holds no other.
final class SendingDesk: Sendable {
    private struct Desk {
        /// Of the runs that are served now.
        var halts: [RunID: Halt] = [:]
        /// Whether no run is begun any more: one begun after a stop would not hear of it.
        var isClosed = false
    }

    private let pool: RelayPool
    private let store: Store
    private let logger: Logger
    private let status: DaemonStatus
    private let desk = Mutex(Desk())

    /// How often open runs are looked for.
    private static let heartbeat = Duration.milliseconds(500)

    init(store: Store, pool: RelayPool, logger: Logger, status: DaemonStatus) {
        (self.store, self.pool, self.logger, self.status) = (store, pool, logger, status)
    }

    /// Sends until the task is cancelled, when the batches in hand are finished as far as there is time, or until other
    /// relays are in force, when what these have is waited for and the rest is left to them.
    /// - Throws: `StoreError`; then everything has stopped.
    func run(_ files: DaemonFiles) async throws {
        try await withTaskCancellationHandler {
            try await withThrowingDiscardingTaskGroup { group in
                // When one clerk fails, the others end too, also those that wait for somebody to be due.
                var stop: @Sendable (Halt) async -> Void = { await $0.interrupt() }
                defer { close(stop) }
                var aside: Set<String> = []
                while !Task.isCancelled && !group.isCancelled {
                    tell(pool.health(), &aside)
                    if files.current.pool !== pool {
                        stop = { $0.stop(.otherRelays) }
                        break
                    }
                    let open = try await Blocking.run { [store] in try store.read { try $0.openRuns() } }
                    for run in open {
                        guard let halt = begin(run.id) else { continue }
                        group.addTask {
                            defer { self.end(run.id) }
                            try await self.serve(run, by: files.current.workspace, halt)
                        }
                    }
                    try? await Task.sleep(for: Self.heartbeat)
                }
            }
        } onCancel: {
            close { await $0.interrupt() }
        }
        await pool.stop()
    }

    /// Returns when the run is over for now, or when another process sends it.
    private func serve(_ run: OpenRun, by workspace: Workspace, _ halt: Halt) async throws {
        let taken = try await Blocking.run { [store] in try SendingLease(run: run.number, in: store) }
        guard let lease = taken else { return }
        var logger = logger
        logger[metadataKey: "run"] = "\(run.id)"
        let clerk = RunClerk(
            run: run, workspace: workspace, store: store, pool: pool, halt: halt, logger: logger,
            status: status)
        try await clerk.serve()
        withExtendedLifetime(lease) {}
    }

    /// Says once that a relay is set aside, and once that it is back.
    /// - Parameter aside: the relays of which it is said.
    private func tell(_ relays: [RelayHealth], _ aside: inout Set<String>) {
        for relay in relays {
            var metadata: Logger.Metadata = ["relay": "\(relay.name)"]
            if relay.setAsideUntil != nil {
                metadata["why"] = "\(relay.lastTrouble ?? "no answer")"
                if aside.insert(relay.name).inserted { logger.warning("relay set aside", metadata: metadata) }
            } else if aside.remove(relay.name) != nil {
                logger.notice("relay is back", metadata: metadata)
            }
        }
    }

    /// - Returns: nil when the run is served already, or none is served any more.
    private func begin(_ run: RunID) -> Halt? {
        desk.withLock { desk in
            if desk.isClosed || desk.halts[run] != nil { return nil }
            let halt = Halt(of: pool)
            desk.halts[run] = halt
            return halt
        }
    }

    private func end(_ run: RunID) {
        desk.withLock { $0.halts[run] = nil }
    }

    /// Begins no run any more, and stops those that are served. Whoever stopped them first counts.
    private func close(_ stop: @escaping @Sendable (Halt) async -> Void) {
        let halts = desk.withLock { desk in
            desk.isClosed = true
            return Array(desk.halts.values)
        }
        for halt in halts { Task { await stop(halt) } }
    }
}
