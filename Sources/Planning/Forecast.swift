import Campaigns
import Foundation
import Model
import Recording

/// What will be sent in the days to come, as far as files and stores tell it today.
///
/// A run that exists is told by the stores, whatever made it: to whom it has still to send. Schedules tell only of what
/// has no run yet.
package struct Forecast: Sendable {
    /// One thing that will be sent.
    package struct Entry: Sendable {
        package let campaign: Campaign
        package let kind: Kind
        /// Which of the members it is for.
        package var part = Part.everyone
        /// When the first recipients have their turn, and the last.
        package let first: Timestamp
        package let last: Timestamp
        /// When it is the turn of who lives in the workspace's zone.
        package let here: Timestamp
        /// The day, and the time where there is one for all: on each recipient's own clock where that counts, on the
        /// workspace's otherwise.
        package let day: CalendarDate
        package let clock: ClockTime?
        /// Who is in the audience as of today, by identifier; not read for a run, which may have a million.
        package let members: [CustomerID]
        /// How many it is for; of a run, how many it has still to send to.
        package var count: Int
        /// For what happened to customers: when the first of it is followed, for each.
        package var turns: [CustomerID: Timestamp] = [:]
        /// Open, paused or held for a run; nil for what has none yet.
        package var state: RunState?
        /// Divides the members for an A/B test; nil where the part has all of them.
        var split: Split?
        /// How many of them will have had as many mails as they may by then.
        package var capped = 0
        /// Other campaigns that many of them get on the same morning, and how many.
        package var neighbours: [String: Int] = [:]

        /// Whether nobody gets it until a person goes on with it.
        package var stands: Bool { state?.isStanding ?? false }

        /// Whether it goes by each recipient's own clock. The rest of a run is told by the workspace's.
        package var isLocal: Bool { state == nil && campaign.schedule?.timezone == .recipient }

        /// Whether it is for one of the members.
        func isFor(_ member: CustomerID) -> Bool {
            guard let split else { return true }
            return switch part {
            case .everyone: true
            case .tested: split.group(of: member) != .rest
            case .others: split.group(of: member) == .rest
            }
        }
    }

    /// For which of its members an entry is, by the campaign's A/B test.
    package enum Part: Sendable {
        case everyone
        /// Those who get the variants, and when the test is decided at the earliest.
        case tested(decides: Timestamp)
        /// Those who wait for the decision, or for their turn after it.
        case others(decides: Timestamp)

        /// When the test is decided at the earliest; nil without one.
        package var decides: Timestamp? {
            switch self {
            case .everyone: nil
            case .tested(let decides), .others(let decides): decides
            }
        }
    }

    /// What makes it fall due.
    package enum Kind: Hashable, Sendable {
        case occurrence(Occurrence)
        case birthdays(Occurrence)
        /// What happened to customers before now.
        case happenings(Schedule.Happening)
        /// A run that is open, paused or held.
        case run(RunID)
    }

    /// In the order of time.
    package let entries: [Entry]
    package let now: Timestamp
    package let end: Timestamp
    /// Scheduled campaigns of which nothing falls into the days to come.
    package let idle: [Campaign]
    /// How many times of a campaign's schedule come until the end behind those that are among the entries, which nothing
    /// else is told of; by identifier, campaigns without any left out.
    package let more: [String: Int]
    /// Campaigns that nobody gets any more, since their only time was missed.
    package let missed: [MissedCampaign]
    /// Campaigns that meet, the earliest first.
    package let mornings: [Morning]
}

extension Forecast {
    /// How near each other two campaigns are on one morning: four hours.
    static let morning: Int64 = 4 * 3_600_000
    /// How many occurrences of one campaign it shows at most.
    static let mostOccurrences = 100

    /// Looks ahead.
    /// - Parameters:
    ///   - days: how far.
    ///   - home: the workspace's zone.
    /// - Throws: `StoreError`.
    package init(
        _ definitions: Definitions, home: TimeZone, in view: IndexView, now: Timestamp, days: Int
    ) throws {
        let zones = Zones(home: home, names: try view.timezones())
        let end = now.advanced(milliseconds: Int64(days) * 86_400_000)
        var entries: [Entry] = []
        var idle: [Campaign] = []
        var more: [String: Int] = [:]
        let plan = Plan(definitions, home: home)
        for (campaign, schedule) in plan.campaigns {
            let ahead = Ahead(
                campaign: campaign, schedule: schedule, plan: plan, zones: zones, now: now, end: end)
            let found = try ahead.entries(in: view)
            if found.shown.isEmpty { idle.append(campaign) }
            if found.more > 0 { more[campaign.id] = found.more }
            entries += found.shown
        }
        let runs = try Self.runs(definitions, home: home, in: view, from: now, until: end)
        idle.removeAll { campaign in runs.contains { $0.campaign.id == campaign.id } }
        let missed = try plan.missed(in: view, now: now)
        idle.removeAll { campaign in missed.contains { $0.campaign == campaign.id } }
        self.missed = missed
        entries += runs
        entries.sort { ($0.here, $0.campaign.id) < ($1.here, $1.campaign.id) }
        var conflicts = try Conflicts(MailCaps(definitions, zone: home), of: entries, in: view)
        try conflicts.find(in: view, now: now)
        (self.entries, self.idle, self.more) = (conflicts.entries, idle, more)
        (self.now, self.end) = (now, end)
        mornings = conflicts.meetings
    }
}
