import Delivering
import Foundation
import Logging
import Model
import Planning
import Recording

/// Plans and sends on schedule until its task is cancelled. All it knows is in the stores: killed at any instant, the
/// next one goes on.
struct Daemon: Sendable {
    let files: DaemonFiles
    let status: DaemonStatus
    private let store: Store
    private let logger: Logger

    /// How long it sleeps at most: what other processes record is noticed within this time.
    private static let heartbeat = Duration.seconds(1)

    /// - Throws: `Failure` when the files are wrong.
    init(_ workspace: Workspace, store: Store, lease: DaemonLease, logger: Logger) throws {
        (self.store, self.logger) = (store, logger)
        status = DaemonStatus()
        files = try DaemonFiles(workspace, store: store, lease: lease, logger: logger, status: status)
    }

    /// Works until the task is cancelled; then it finishes the batches in hand.
    /// - Throws: `StoreError` when the store fails: nothing is sent that cannot be recorded.
    func run() async throws {
        try await dropInterrupted()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await plan() }
            group.addTask { try await send() }
            group.addTask {
                try await BounceClerk(files: files, store: store, logger: logger, status: status).serve()
            }
            // The first to fail ends the others; waiting for all would wait for those that do not.
            while try await group.next() != nil {}
        }
    }

    /// What the status pages tell, with how the relays are.
    func report() async -> DaemonReport {
        let current = files.current
        return DaemonReport(status.snapshot, relays: current.pool.health(), zone: current.workspace.zone)
    }

    private func dropInterrupted() async throws {
        let (planner, workspace) = (files.current.planner(store), files.current.workspace)
        let dropped = try await Blocking.run { [store] in
            // A run whose files are lost is paused by its clerk.
            try planner.dropInterrupted(now: .now) { run in
                try? workspace.planned(with: run.definitions, in: store.archive).definitions
            }
        }
        guard dropped > 0 else { return }
        logger.notice("left out: too late after an interruption", metadata: ["recipients": "\(dropped)"])
    }

    /// Plans what is due, whenever that may be.
    private func plan() async throws {
        var current = files.current
        var planner = current.planner(store)
        while !Task.isCancelled {
            if files.current.generation != current.generation {
                current = files.current
                planner = current.planner(store)
            }
            let begun = ContinuousClock.now
            let (next, tick) = try await Blocking.run { [planner] in
                var next = planner
                let tick = try next.tick(now: .now)
                return (next, tick)
            }
            planner = next
            status.note(tick, took: ContinuousClock.now - begun)
            log(tick)
            try? await Task.sleep(for: pause(until: tick.wake))
        }
    }

    /// Opens a desk for the relays of boon.yaml, and another one when they have changed: no run waits for what the old
    /// relays still have of others.
    private func send() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var last: RelayPool?
            while !Task.isCancelled && !group.isCancelled {
                let pool = files.current.pool
                if pool !== last {
                    if last != nil { logger.notice("other relays are in force") }
                    last = pool
                    let desk = SendingDesk(store: store, pool: pool, logger: logger, status: status)
                    group.addTask { try await desk.run(files) }
                }
                try? await Task.sleep(for: Self.heartbeat)
            }
        }
    }

    private func pause(until wake: Timestamp?) -> Duration {
        guard let wake else { return Self.heartbeat }
        let wait = Duration.milliseconds(wake.milliseconds - Timestamp.now.milliseconds)
        return min(max(wait, .milliseconds(10)), Self.heartbeat)
    }

    private func log(_ tick: Planner.Tick) {
        for run in tick.planned { logger.info("planned", metadata: ["run": "\(run)"]) }
        for one in tick.missed {
            logger.warning("\(one.description)", metadata: ["remedy": "\(MissedCampaign.remedy)"])
        }
        for (run, reason) in tick.skipped {
            logger.notice("skipped", metadata: ["run": "\(run)", "why": "\(reason)"])
        }
    }
}
