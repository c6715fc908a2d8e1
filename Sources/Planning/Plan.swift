import Campaigns
import Foundation
import Model
import Recording

/// What is to be done now, decided from definitions, history and the clock alone: asking twice changes nothing, and
/// what was decided before, as the history has it, is never decided again.
///
/// A campaign has at most one occurrence to catch up with: the newest whose time has come. Earlier ones that were
/// missed are overtaken by it, since the same letter twice in a row is worth nothing to anyone.
package struct Plan: Sendable {
    let definitions: Definitions
    /// The workspace's zone.
    let home: TimeZone
    /// Those with a schedule, in the order of their identifiers.
    let campaigns: [(campaign: Campaign, schedule: Schedule)]

    /// A plan of a workspace's scheduled campaigns.
    package init(_ definitions: Definitions, home: TimeZone) {
        (self.definitions, self.home) = (definitions, home)
        campaigns = definitions.campaigns.values.sorted { $0.id < $1.id }.compactMap { campaign in
            campaign.schedule.map { (campaign, $0) }
        }
    }

    /// What an instant asks for.
    package struct Step: Sendable {
        /// Schedules that are new or were changed: to be recorded before anything else.
        package var scheduled: [ScheduledCampaign] = []
        /// Occurrences whose run is to be planned.
        package var occurrences: [DueOccurrence] = []
        /// What happened to customers and is to be followed.
        package var happenings: [DueHappenings] = []
        /// Of the schedules that are new or were changed, those whose only time was over before.
        package var missed: [MissedCampaign] = []
        /// When each campaign may next have something to do, as far as is known now; those without such a time
        /// wait for a change of files or stores.
        package var wakes: [String: Timestamp] = [:]

        /// When there may be something to do again, unless files or stores change before.
        package var wake: Timestamp? { wakes.values.min() }

        mutating func wake(_ campaign: Campaign, at instant: Timestamp) {
            wakes[campaign.id] = min(instant, wakes[campaign.id] ?? instant)
        }
    }

    /// Decides what is to be done at an instant. Nobody's own data is read while nothing can be due.
    /// - Parameters:
    ///   - history: what was seen and decided before.
    ///   - asleep: the `wakes` of an earlier step, where neither files nor stores have changed since; campaigns whose
    ///     time has not come are not looked at.
    ///   - isThorough: whether campaigns that follow whatever happened, `late: send`, look back as far as their
    ///     schedule holds, and not only a month.
    package func step(
        _ history: some PlanningHistory, now: Timestamp, asleep: [String: Timestamp] = [:],
        isThorough: Bool = true
    ) throws -> Step {
        var step = Step()
        let known = try history.schedules()
        var zones = CustomerZones(history: history, home: home)
        for (campaign, schedule) in campaigns {
            if let wake = asleep[campaign.id], wake > now {
                step.wakes[campaign.id] = wake
                continue
            }
            let standing = try standing(of: campaign, schedule, known[campaign.id], history, now, &step)
            if case .after(let happening, let period) = schedule.trigger {
                try follow(
                    Following(
                        campaign: campaign, schedule: schedule, happening: happening, period: period,
                        isThorough: isThorough),
                    standing, history, now, &step)
            } else {
                if step.scheduled.last?.campaign == campaign.id,
                    let missed = try missed(campaign, schedule, standing, history, &zones)
                {
                    step.missed.append(missed)
                }
                try look(at: campaign, schedule, standing, history, &zones, now, &step)
            }
        }
        return step
    }

    /// From when on a schedule holds: as recorded, or from now on for a new one. A changed one holds once everyone
    /// whom the old one has planned had their turn, so that nobody gets the letter by both.
    func standing(
        of campaign: Campaign, _ schedule: Schedule, _ known: KnownSchedule?, _ history: some PlanningHistory,
        _ now: Timestamp, _ step: inout Step
    ) throws -> Standing {
        let rule = schedule.rule
        let isOther = known.map { $0.schedule != rule } ?? false
        let isChanged = isOther || known?.isChanged ?? false
        if !isOther, let since = known?.since(at: now) { return Standing(since: since, isChanged: isChanged) }
        var since = now
        if isOther, let last = try history.lastDue(of: campaign.id) {
            since = max(now, min(last, now.advanced(milliseconds: KnownSchedule.wrongClock)))
        }
        step.scheduled.append(ScheduledCampaign(campaign: campaign.id, schedule: rule, since: since))
        return Standing(since: since, isChanged: isChanged)
    }
}

/// How a campaign's schedule stands at an instant.
struct Standing {
    /// From when on it holds.
    let since: Timestamp
    /// Whether another schedule of the campaign came before it.
    let isChanged: Bool
}

extension KnownSchedule {
    /// How far a clock may be ahead or behind before nothing is made of what it says: a month.
    fileprivate static let wrongClock: Int64 = 30 * 86_400_000

    /// From when on the schedule holds by a clock; nil when all that is recorded lies too far ahead of it.
    ///
    /// Then a clock was ahead when it was recorded, or this one is behind. It is recorded anew, without losing the
    /// earlier records: when a clock that was behind is right again, nothing from before them may be sent.
    func since(at now: Timestamp) -> Timestamp? {
        let latest = now.advanced(milliseconds: Self.wrongClock)
        return since.last { $0 <= latest }
    }
}

/// The zones that customers live in, read when somebody first asks.
struct CustomerZones<History: PlanningHistory> {
    private let history: History
    private let home: TimeZone
    private var read: Zones?

    init(history: History, home: TimeZone) {
        (self.history, self.home) = (history, home)
    }

    /// The zones, the workspace's included.
    mutating func zones() throws -> Zones {
        if let read { return read }
        let zones = Zones(home: home, names: try history.timezones())
        read = zones
        return zones
    }
}
