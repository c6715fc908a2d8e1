import Campaigns
import Delivering
import Foundation
import Model
import Planning
import Recording

/// How sending a run by hand ended: closes or pauses the run, and says what came of it.
struct Conclusion {
    private let run: RunID
    private let campaign: Campaign
    private let store: Store
    private let zone: TimeZone
    private let decider: SplitDecider

    init(of run: RunID, campaign: Campaign, in store: Store, zone: TimeZone, decider: SplitDecider) {
        (self.run, self.campaign, self.store) = (run, campaign, store)
        (self.zone, self.decider) = (zone, decider)
    }

    /// - Parameters:
    ///   - result: how the sender ended.
    ///   - stopped: what stopped it; nil when everyone had their turn.
    ///   - isUsedUp: whether the limit of recipients was reached.
    /// - Throws: `Failure` when something is left to do.
    func tell(_ result: Result<Void, any Error>, stopped: Halt.Reason?, isUsedUp: Bool) throws {
        if case .failure(let error) = result, !(error is RelayPoolError) { throw error }
        let resends = campaign.inDoubt == .resend
        guard let (summary, isOver) = try store.finish(run, resends: resends) else { return }
        if !isOver { try settle(stopped, isUsedUp: isUsedUp) }
        let open = summary.left(resends: resends)
        printCounts(of: summary)
        if let decision = try store.read({ try $0.decision(of: run)?.decision }) {
            Console.print("The A/B test: \(decision.words(of: campaign))")
        }
        if isOver { return }
        if isUsedUp && open > 0 {
            Console.print("The others wait until 'boon send \(campaign.id)' goes on with them.")
        } else if stopped == nil, case .success = result {
            try printWaiting()
        }
        if open == 0 { return }
        if case .failure(let error) = result { throw error }
        try tell(stopped, of: summary, open: open)
    }

    /// Says whether anybody else may go on with what is left.
    private func settle(_ stopped: Halt.Reason?, isUsedUp: Bool) throws {
        switch stopped {
        case .pause(let reason): try store.pause(run, reason: reason)
        case .interrupted: try store.hold(run, reason: "'boon send' was interrupted")
        case _ where isUsedUp:
            try store.hold(run, reason: "'boon send --limit' has sent to as many as it was to")
        case .standing, .failed, .otherRelays, nil: try store.release(run)
        }
    }

    private func printCounts(of summary: RunSummary) {
        let states = RecipientState.allCases.filter { $0 != .planned && summary.counts[$0] != nil }
        let parts = states.map { "\(grouped(summary.counts[$0] ?? 0)) \($0.words)" }
        let left = summary.counts[.planned] ?? 0
        Console.print(
            "\(run): \(parts.isEmpty ? "nothing sent" : parts.joined(separator: ", "))"
                + (left > 0 ? ", \(grouped(left)) still to send" : ""))
        let doubtful = (summary.counts[.intended] ?? 0) + (summary.counts[.inDoubt] ?? 0)
        if doubtful > 0 {
            Console.warning(
                "\(counted(doubtful, "message")) in doubt: a crash or a broken connection left unknown whether the "
                    + "relay has them; 'boon runs show \(run)' names them")
        }
    }

    /// How many wait: for the decision of the A/B test, or for their turn.
    private func printWaiting() throws {
        let now = Timestamp.now
        let (hold, instant, waiting) = try store.read { view in
            let hold = try view.hold(of: run)
            return (hold, try decider.instant(in: view), try view.waiting(in: run, from: hold ?? now))
        }
        let then = "'boon send \(campaign.id)' goes on then, and so does the daemon"
        if let hold {
            let time = max(hold, instant ?? hold).minute(in: zone)
            let count = waiting?.count ?? 0
            Console.print(
                count == 0
                    ? "The A/B test is decided at \(time) at the earliest: \(then)"
                    : "\(counted(count, "recipient")) \(count == 1 ? "waits" : "wait") for the winner of the A/B "
                        + "test until \(time) at the earliest: \(then)")
        } else if let (count, first, _) = waiting {
            Console.print(
                "\(counted(count, "recipient")) \(count == 1 ? "waits" : "wait") for their turn, the first until "
                    + "\(first.minute(in: zone)): \(then)")
        }
    }

    private func tell(_ stopped: Halt.Reason?, of summary: RunSummary, open: Int) throws {
        switch stopped {
        case .interrupted:
            throw Failure.outside("Sending was interrupted; 'boon send \(campaign.id)' goes on with it.")
        case .standing(let state):
            let hint = state == .paused ? "; 'boon runs resume \(run)' lets it go on" : ""
            throw Failure.outside("\(run) was \(state.rawValue) while it was being sent\(hint)")
        case .pause(let reason):
            throw Failure.outside(
                "the run is paused: \(reason.withoutLoneFullStop) ('boon runs resume \(run)', then 'boon send "
                    + "\(campaign.id)')")
        case .failed, .otherRelays, nil:
            let deferred = summary.counts[.deferred] ?? 0
            let doubtful = open - deferred - (summary.counts[.planned] ?? 0)
            if deferred + doubtful == 0 { return }
            let parts = [
                deferred > 0 ? "\(counted(deferred, "message")) deferred by the relay" : nil,
                doubtful > 0 ? "\(counted(doubtful, "message")) in doubt" : nil,
            ]
            throw Failure.outside(
                "\(parts.compactMap(\.self).joined(separator: " and ")); 'boon send \(campaign.id)' tries them again "
                    + "when their time has come ('boon runs show \(run)' tells when)")
        }
    }
}

extension Store {
    /// Closes a run when nobody is left to send to, which is decided in the commit: events may add recipients to an
    /// open run at any time. A run is not over before its A/B test is decided.
    /// - Parameter resends: whether what is in doubt is sent again.
    /// - Returns: the run as it was before, and whether it was closed now; nil when there is none.
    func finish(_ run: RunID, resends: Bool) throws -> (summary: RunSummary, isOver: Bool)? {
        try commit { view in
            guard let summary = try view.run(run) else { return ([], nil) }
            let isOver =
                try summary.ended == nil && summary.left(resends: resends) == 0 && view.hold(of: run) == nil
            return (isOver ? [.runFinished(run)] : [], (summary, isOver))
        }
    }

    /// Pauses a run that goes on; one that somebody cancelled meanwhile stays cancelled.
    func pause(_ run: RunID, reason: String) throws {
        try change(run, where: \.isSending, .runPaused(run, reason: reason))
    }

    /// Keeps a run that goes on for whoever sends it by hand.
    func hold(_ run: RunID, reason: String) throws {
        try change(run, where: \.isSending, .runHeld(run, reason: reason))
    }

    /// Lets a daemon go on with a run that was held.
    func release(_ run: RunID) throws {
        try change(run, where: { $0 == .held }, .runResumed(run))
    }

    private func change(
        _ run: RunID, where isFit: @escaping @Sendable (RunState) -> Bool, _ event: Event
    ) throws {
        try commit { view in
            guard let state = try view.standing(of: run)?.state, isFit(state) else { return ([], ()) }
            return ([event], ())
        }
    }
}

extension RunSummary {
    /// How many are still to be sent to.
    /// - Parameter resends: whether what is in doubt is sent again.
    func left(resends: Bool) -> Int {
        let states: [RecipientState] =
            resends ? [.planned, .deferred, .intended, .inDoubt] : [.planned, .deferred]
        return states.compactMap { counts[$0] }.reduce(0, +)
    }
}

extension RecipientState {
    fileprivate var words: String {
        switch self {
        case .planned: "to send"
        case .intended, .inDoubt: "in doubt"
        case .accepted, .deferred, .refused, .failed, .skipped: rawValue
        }
    }
}
