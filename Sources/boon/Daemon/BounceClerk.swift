import Campaigns
import Delivering
import Logging
import Recording

/// Reads the mailbox of boon.yaml's `bounces:` at its interval, and once at the start. A mailbox that cannot be read
/// holds up nothing else, and is tried again at the next interval.
struct BounceClerk: Sendable {
    let files: DaemonFiles
    let store: Store
    let logger: Logger
    let status: DaemonStatus

    /// How often it looks whether the time has come, or the settings are others.
    private static let heartbeat = Duration.seconds(1)

    /// Reads until the task is cancelled; then a server that says nothing is hung up on.
    /// - Throws: `StoreError`: what came back and cannot be recorded stays in the mailbox.
    func serve() async throws {
        var known: Settings.Bounces?
        var (next, wasReadable) = (ContinuousClock.now, Bool?.none)
        while !Task.isCancelled {
            let workspace = files.current.workspace
            let settings = workspace.settings.bounces
            if settings != known {
                (known, next, wasReadable) = (settings, .now, nil)
                status.note(bouncesTrouble: nil)
            }
            if let settings, next <= .now {
                wasReadable = try await read(settings, of: workspace, wasReadable: wasReadable)
                next = .now + .seconds(settings.every)
            }
            try? await Task.sleep(for: Self.heartbeat)
        }
    }

    /// - Parameter wasReadable: how it went the last time; nil before the first time. A mailbox that is away for a night is
    ///   no news each minute.
    /// - Returns: whether it could be read.
    private func read(_ settings: Settings.Bounces, of workspace: Workspace, wasReadable: Bool?) async throws
        -> Bool
    {
        let stop = StopSignal()
        do {
            let tally = try await withTaskCancellationHandler {
                try await Blocking.run { [store] in
                    let mailbox = try BounceSource(settings, of: workspace).open(stop: stop)
                    return try BounceIntake(of: workspace, in: store).read(mailbox, until: stop)
                }
            } onCancel: {
                stop.raise()
            }
            if wasReadable != true { logger.notice("the bounce mailbox can be read") }
            note(tally)
            return true
        } catch let error where !(error is StoreError) {
            if stop.isRaised { return false }
            let trouble = Failure(error).description
            if wasReadable != false {
                logger.error("the bounce mailbox cannot be read", metadata: ["why": "\(trouble)"])
            }
            status.note(bouncesTrouble: trouble)
            return false
        }
    }

    private func note(_ tally: BounceTally) {
        status.note(tally)
        guard tally.messages > 0 else { return }
        logger.info(
            "bounces read",
            metadata: [
                "messages": "\(tally.messages)", "hard": "\(tally.hard)",
                "soft": "\(tally.soft + tally.aboutUs)",
                "complaints": "\(tally.complaints)", "suppressed": "\(tally.suppressed)",
                "unsubscribed": "\(tally.unsubscribed)", "too_long": "\(tally.tooLong)",
            ])
        if let words = tally.lastAboutUs {
            logger.warning(
                "messages were refused for what we are or send, and for no fault of an address",
                metadata: ["messages": "\(tally.aboutUs)", "last": "\(words)"])
        }
    }
}
