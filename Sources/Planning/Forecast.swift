import Campaigns
import Foundation
import Model
import Recording

/// What scheduled campaigns will send in the days to come, as far as files and stores tell it today.
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
        /// The day, and the time where there is one for all, on the clock it goes by.
        package let day: CalendarDate
        package let clock: ClockTime?
        /// Who will get it as of today, by identifier, or the others of an A/B test.
        package var members: [CustomerID]
        /// How many it is for.
        package var count: Int
        /// For what happened to customers: when the first of it is followed, for each.
        package var turns: [CustomerID: Timestamp] = [:]
        /// How many of them will have had as many mails as they may by then.
        package var capped = 0
        /// Other campaigns that many of them get on the same morning, and how many.
        package var neighbours: [String: Int] = [:]

        /// Whether it goes by each recipient's own clock.
        package var isLocal: Bool {
            if case .run(let run) = kind, run.isByHand { return false }
            return campaign.schedule?.timezone == .recipient
        }

        /// Whether it is for one of the members.
        func isFor(_ member: CustomerID) -> Bool {
            switch part {
            case .everyone, .waiting: true
            case .tested(let split, _): split.group(of: member) != .rest
            case .others(let split, _): split.group(of: member) == .rest
            }
        }
    }

    /// For which of its members an entry is, by the campaign's A/B test.
    package enum Part: Sendable {
        case everyone
        /// Those who get the variants, and when the test is decided at the earliest.
        case tested(Split, decides: Timestamp)
        /// Those who wait for the decision.
        case others(Split, decides: Timestamp)
        /// Those of a planned run who wait for the decision, or for their turn after it: all members.
        case waiting(decides: Timestamp)

        /// When the test is decided at the earliest; nil without one.
        package var decides: Timestamp? {
            switch self {
            case .everyone: nil
            case .tested(_, let decides), .others(_, let decides), .waiting(let decides): decides
            }
        }
    }

    /// What makes it fall due.
    package enum Kind: Hashable, Sendable {
        case occurrence(Occurrence)
        case birthdays(Occurrence)
        /// What happened to customers before now.
        case happenings(Schedule.Happening)
        /// A run that was planned before.
        case run(RunID)
    }

    /// In the order of time.
    package let entries: [Entry]
    package let now: Timestamp
    package let end: Timestamp
    /// Scheduled campaigns of which nothing falls into the days to come.
    package let idle: [Campaign]
    /// Scheduled campaigns that will not go out, since nobody can say who gets them.
    package let undecidable: [UndecidableCampaign]
}

extension Forecast {
    /// How near each other two campaigns are on one morning: four hours.
    static let morning: Int64 = 4 * 3_600_000

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
        let plan = Plan(definitions, home: home)
        for (campaign, schedule) in plan.campaigns {
            let ahead = Ahead(
                campaign: campaign, schedule: schedule, plan: plan, zones: zones, now: now, end: end)
            let found = try ahead.entries(in: view)
            if found.isEmpty { idle.append(campaign) }
            entries += found
        }
        let waiting = try Self.waiting(definitions, home: home, in: view, from: now, until: end)
        idle.removeAll { campaign in waiting.contains { $0.campaign.id == campaign.id } }
        entries += waiting
        entries.sort { ($0.here, $0.campaign.id) < ($1.here, $1.campaign.id) }
        var conflicts = Conflicts(MailCaps(definitions, zone: home), of: entries)
        try conflicts.find(in: view, now: now)
        (self.entries, self.idle, self.now, self.end) = (conflicts.entries, idle, now, end)
        undecidable = plan.undecidable
    }
}
