import Campaigns
import Delivering
import Foundation
import Logging
import Model
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
    /// - Throws: `StoreError`.
    func serve() async throws {
        status.note(sending: run.id, true)
        defer { status.note(sending: run.id, false) }
        let work: (sender: RunSender, resends: Bool)
        do {
            guard let prepared = try await Blocking.run(prepare) else { return }
            work = prepared
        } catch let error where !(error is StoreError) {
            return try await pause("\(Failure(error).description)")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await halt.watch(run.id, in: store) }
            defer { group.cancelAll() }
            try await send(by: work.sender, resending: work.resends)
        }
    }

    private func send(by sender: RunSender, resending resends: Bool) async throws {
        logger.info("sending")
        while !halt.claims.isRaised {
            try await sender.send()
            if case .pause(let reason) = halt.reason { return try await pause(reason) }
            if halt.claims.isRaised { break }
            if try await Blocking.run({ try finish(resending: resends) }) { return }
            try await waitUntilSomebodyIsDue(resending: resends)
        }
        logger.info("stopped", metadata: ["why": "\(halt.reason?.words ?? "")"])
    }

    /// - Returns: what sends the run, and whether its campaign sends again what is in doubt; nil when the run has ended
    ///   meanwhile.
    private func prepare() throws -> (sender: RunSender, resends: Bool)? {
        guard let summary = try store.read({ try $0.run(run.id) }), summary.state == .open else { return nil }
        let mailing = try Mailing(of: summary.run, in: workspace, store: store)
        let sender = mailing.sender(of: summary, by: pool, quota: Quota(nil), halt: halt) {
            [status] outcome in
            status.note(outcome)
        }
        return (sender, mailing.campaign.inDoubt == .resend)
    }

    /// Closes the run when nobody is left.
    private func finish(resending resends: Bool) throws -> Bool {
        guard let summary = try store.finish(run.id, resends: resends), summary.state == .open else {
            return true
        }
        guard summary.left(resends: resends) == 0 else { return false }
        let counts = summary.counts.sorted { $0.key.rawValue < $1.key.rawValue }
        logger.info(
            "finished", metadata: .init(uniqueKeysWithValues: counts.map { ($0.key.rawValue, "\($0.value)") })
        )
        return true
    }

    private func waitUntilSomebodyIsDue(resending resends: Bool) async throws {
        let states: [RecipientState] = resends ? [.planned, .deferred, .inDoubt] : [.planned, .deferred]
        while !halt.claims.isRaised {
            let isDue = try await Blocking.run {
                try store.read { try $0.hasDue(run, in: states, by: .now) }
            }
            if isDue { return }
            try? await Task.sleep(for: Self.heartbeat)
        }
    }

    private func pause(_ reason: String) async throws {
        try await Blocking.run { try store.pause(run.id, reason: reason) }
        logger.error("paused", metadata: ["why": "\(reason)"])
    }
}
