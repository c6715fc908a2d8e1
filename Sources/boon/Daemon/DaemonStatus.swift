import Model
import Planning
import Synchronization

/// What the daemon notes about itself, for whoever watches over it.
final class DaemonStatus: Sendable {
    /// All that was noted so far.
    struct Snapshot: Sendable {
        let begun = Timestamp.now
        /// When it last looked at the clock; nil before the first look.
        var tick: Timestamp?
        var tickTook = Duration.zero
        var nextWake: Timestamp?
        var planned = 0
        var skipped = 0
        var sending: Set<RunID> = []
        /// Messages by how their attempts ended.
        var outcomes: [MailOutcome.Result: Int] = [:]
        /// Why the files in force are not those on the disk.
        var filesTrouble: String?
        /// Bounces, complaints and requests for no more mails that were acted on.
        var bounces: [MailBounce.Kind: Int] = [:]
        /// When the bounce mailbox was last read to its end; nil before.
        var bouncesRead: Timestamp?
        /// Why it could not be read the last time.
        var bouncesTrouble: String?
    }

    private let state = Mutex(Snapshot())

    var snapshot: Snapshot { state.withLock { $0 } }

    func note(_ tick: Planner.Tick, took: Duration) {
        state.withLock { state in
            (state.tick, state.tickTook, state.nextWake) = (.now, took, tick.wake)
            state.planned += tick.planned.count
            state.skipped += tick.skipped.count
        }
    }

    func note(_ outcome: MailOutcome.Result) {
        state.withLock { $0.outcomes[outcome, default: 0] += 1 }
    }

    func note(sending run: RunID, _ isSending: Bool) {
        state.withLock { state in
            if isSending { state.sending.insert(run) } else { state.sending.remove(run) }
        }
    }

    func note(filesTrouble: String?) {
        state.withLock { $0.filesTrouble = filesTrouble }
    }

    /// The bounce mailbox was read to its end.
    func note(_ tally: BounceTally) {
        state.withLock { state in
            (state.bouncesRead, state.bouncesTrouble) = (.now, nil)
            state.bounces[.hard, default: 0] += tally.hard
            state.bounces[.soft, default: 0] += tally.soft + tally.aboutUs
            state.bounces[.complaint, default: 0] += tally.complaints
            state.bounces[.unsubscribe, default: 0] += tally.unsubscribed
        }
    }

    func note(bouncesTrouble: String?) {
        state.withLock { $0.bouncesTrouble = bouncesTrouble }
    }
}
