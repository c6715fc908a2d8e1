import Model
import Recording

/// What planning asks of the past. The stores answer it; so can a plain list in a test.
package protocol PlanningHistory {
    /// The schedules that were seen, by campaign.
    func schedules() throws -> [String: KnownSchedule]
    /// Whether there is a run of this identity, sent or skipped.
    func hasRun(_ id: RunID) throws -> Bool
    /// When the last recipient of a campaign's open runs is due; nil when nobody waits.
    func lastDue(of campaign: String) throws -> Timestamp?
    /// The zones that customers have, as written.
    func timezones() throws -> [String]
    /// What happened in a stretch of time and a campaign has not followed yet, the earliest first.
    /// - Parameters:
    ///   - kind: what happened.
    ///   - campaign: whose decisions count.
    ///   - occurred: when it happened.
    ///   - after: only what comes later in this order; nil for all.
    ///   - limit: how many at most.
    func unfollowed(
        _ kind: HappeningKind, by campaign: String, occurred: ClosedRange<Timestamp>, after: Happened?,
        limit: Int
    ) throws -> [Happened]
}

extension IndexView: PlanningHistory {}
