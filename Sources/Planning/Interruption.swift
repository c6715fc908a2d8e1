import Campaigns
import Model
import Recording

extension Planner {
    /// Leaves out those of unfinished runs whose time has passed by more than `late` allows while nobody was sending.
    ///
    /// To be called before sending is taken up. A run that is being sent, however slowly, is never late: what counts is
    /// how long ago something happened in it, or its recipients were due, whichever is later. Whoever waits
    /// for an A/B test could not be sent to before it was decided. Runs by hand wait for ever.
    /// - Parameter planned: the definitions that a run was planned with; nil for the planner's own.
    /// - Returns: how many were left out.
    @discardableResult
    package func dropInterrupted(
        now: Timestamp, planned: (OpenRun) -> Definitions? = { _ in nil }
    ) throws -> Int {
        let runs = try store.read { try $0.openRuns() }
        return try runs.map { run in
            let campaigns = (planned(run) ?? definitions).campaigns
            return try dropInterrupted(run, by: campaigns[run.campaign], now: now)
        }.reduce(0, +)
    }

    private func dropInterrupted(_ run: OpenRun, by campaign: Campaign?, now: Timestamp) throws -> Int {
        guard let campaign, let schedule = campaign.schedule, !run.id.isByHand else { return 0 }
        let timing = Timing(schedule, home: home)
        let decider = SplitDecider(of: run.id, campaign, in: store, home: home)
        return try store.commitInParts { view, record in
            guard let last = try view.lastChange(in: run.id), !timing.allows(last, at: now) else {
                return 0
            }
            let (decides, release) = (try view.decides(run.id), try decider.release(in: view))
            /// Since when somebody could have been sent to.
            func begin(_ recipient: RecipientSummary) -> Timestamp {
                let due = recipient.due ?? last
                guard let decides, let release, due >= decides else { return max(due, last) }
                return max(due, last, release)
            }
            var count = 0
            var position: CustomerID?
            while true {
                let page = try view.recipients(
                    of: run.id, in: [.planned], due: now, after: position, limit: PlannedRun.chunk)
                for recipient in page where !timing.allows(begin(recipient), at: now) {
                    count += 1
                    try record(
                        .mailOutcome(
                            MailOutcome(
                                run: run.id, customer: recipient.customer, result: .skipped, attempt: 0,
                                reply: "sending was interrupted for longer than `late` allows")))
                }
                guard page.count == PlannedRun.chunk, let final = page.last else { break }
                position = final.customer
            }
            return count
        }
    }
}
