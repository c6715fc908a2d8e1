import Campaigns
import Delivering
import Foundation
import Logging
import Model
import Planning
import Recording

/// Sends one run until it is over, waiting for those who are due later.
struct RunClerk: Sendable {
    let run: OpenRun
    let workspace: Workspace
    let store: Store
    let pool: RelayPool
    let halt: Halt
    let logger: Logger
    let status: DaemonStatus

    /// How often it looks whether somebody is due.
    private static let heartbeat = Duration.seconds(1)

    /// Returns when the run is over, paused or cancelled. Only for the holder of the campaign's lease.
    /// - Throws: `StoreError`, `PaceBookError`.
    func serve() async throws {
        status.note(sending: run.id, true)
        defer { status.note(sending: run.id, false) }
        do {
            guard let work = try await Blocking.run(prepare) else { return }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await halt.watch(run.id, in: store) }
                defer { group.cancelAll() }
                try await send(work)
            }
        } catch let error where !(error is StoreError || error is PaceBookError || error is CancellationError)
        {
            // What is wrong with one campaign holds up no other.
            try await pause(Failure(error).description)
        }
    }

    /// What the run is sent with.
    private struct Work {
        let sender: RunSender
        let decider: SplitDecider
        /// Whether its campaign sends again what is in doubt.
        let resends: Bool
    }

    private func send(_ work: Work) async throws {
        logger.info("sending")
        while !halt.claims.isRaised {
            try await work.sender.send()
            if case .pause(let reason) = halt.reason { return try await pause(reason) }
            if halt.claims.isRaised { break }
            if try await Blocking.run({ try finish(resending: work.resends) }) { return }
            try await wait(work)
        }
        logger.info("stopped", metadata: ["why": "\(halt.reason?.words ?? "")"])
    }

    /// - Returns: nil when the run has ended meanwhile.
    private func prepare() throws -> Work? {
        guard let summary = try store.read({ try $0.run(run.id) }), summary.state == .open else { return nil }
        let mailing = try Mailing(of: summary.run, in: workspace, store: store)
        let sender = mailing.sender(of: summary, by: pool, quota: Quota(nil), halt: halt) {
            [logger] decision in
            let words = decision.words(of: mailing.campaign)
            logger.info("the A/B test is decided", metadata: ["result": "\(words)"])
        } note: { [status] outcome in
            status.note(outcome)
        }
        return Work(
            sender: sender, decider: mailing.decider(of: run.id), resends: mailing.campaign.inDoubt == .resend
        )
    }

    /// Closes the run when nobody is left.
    private func finish(resending resends: Bool) throws -> Bool {
        guard let (summary, isOver) = try store.finish(run.id, resends: resends), summary.state == .open
        else { return true }
        guard isOver else { return false }
        let counts = summary.counts.sorted { $0.key.rawValue < $1.key.rawValue }
        logger.info(
            "finished", metadata: .init(uniqueKeysWithValues: counts.map { ($0.key.rawValue, "\($0.value)") })
        )
        return true
    }

    /// Waits until somebody is due, or the A/B test can be decided.
    private func wait(_ work: Work) async throws {
        // Only sending changes these two, and nobody sends meanwhile.
        let (hold, decides) = try await Blocking.run {
            try store.read { (try $0.hold(of: run.id), try work.decider.instant(in: $0)) }
        }
        while !halt.claims.isRaised {
            let now = Timestamp.now
            if let decides, decides <= now { return }
            let isDue = try await Blocking.run {
                try store.read { try isSomebodyDue(in: $0, by: now, hold, resending: work.resends) }
            }
            if isDue { return }
            try? await Task.sleep(for: Self.heartbeat)
        }
    }

    /// - Parameter hold: from when on those who were never tried wait for the A/B test.
    private func isSomebodyDue(
        in view: IndexView, by now: Timestamp, _ hold: Timestamp?, resending resends: Bool
    ) throws -> Bool {
        let last = hold.map { min(now, $0.advanced(milliseconds: -1)) } ?? now
        return try view.hasDue(run, in: [.planned], by: last)
            || view.hasDue(run, in: resends ? [.deferred, .inDoubt] : [.deferred], by: now)
    }

    private func pause(_ reason: String) async throws {
        try await Blocking.run { try store.pause(run.id, reason: reason) }
        logger.error("paused", metadata: ["why": "\(reason)"])
    }
}
