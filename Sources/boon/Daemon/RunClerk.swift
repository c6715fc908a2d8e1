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

    /// Whether what is in doubt is sent again.
    private var resends: Bool { workspace.definitions.campaigns[run.campaign]?.inDoubt == .resend }

    /// Returns when the run is over, paused or cancelled. Only for the holder of the campaign's lease.
    /// - Throws: `StoreError`.
    func serve() async throws {
        status.note(sending: run.id, true)
        defer { status.note(sending: run.id, false) }
        let runSender: RunSender
        do {
            guard let sending = try await Blocking.run({ try sender() }) else { return }
            runSender = sending
        } catch let error where !(error is StoreError) {
            return try await pause("\(Failure(error).description)")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await halt.watch(run.id, in: store) }
            defer { group.cancelAll() }
            try await send(by: runSender)
        }
    }

    private func send(by sender: RunSender) async throws {
        logger.info("sending")
        while !halt.claims.isRaised {
            try await sender.send()
            if case .pause(let reason) = halt.reason { return try await pause(reason) }
            if halt.claims.isRaised { break }
            if try await Blocking.run(finish) { return }
            try await waitUntilSomebodyIsDue()
        }
        logger.info("stopped", metadata: ["why": "\(halt.reason?.words ?? "")"])
    }

    /// - Returns: nil when the run has ended meanwhile.
    private func sender() throws -> RunSender? {
        guard let campaign = workspace.definitions.campaigns[run.campaign] else {
            throw Failure.input("its campaign is not defined any more")
        }
        guard let summary = try store.read({ try $0.run(run.id) }), summary.state == .open else { return nil }
        let mailing = try Mailing(of: campaign, in: workspace, store: store)
        return mailing.sender(of: summary, by: pool, quota: Quota(nil), halt: halt) { [status] outcome in
            status.note(outcome)
        }
    }

    /// Closes the run when nobody is left.
    private func finish() throws -> Bool {
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

    private func waitUntilSomebodyIsDue() async throws {
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
