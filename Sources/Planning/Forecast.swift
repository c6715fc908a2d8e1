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
        /// When the first recipients have their turn, and the last.
        package let first: Timestamp
        package let last: Timestamp
        /// When it is the turn of who lives in the workspace's zone.
        package let here: Timestamp
        /// The day, and the time where there is one for all, on the clock it goes by.
        package let day: CalendarDate
        package let clock: ClockTime?
        /// Who will get it as of today, by identifier.
        package var members: [CustomerID]
        /// For what happened to customers: when the first of it is followed, for each.
        package var turns: [CustomerID: Timestamp] = [:]
        /// How many of them will have had as many mails as they may by then.
        package var capped = 0
        /// Other campaigns that many of them get on the same morning, and how many.
        package var neighbours: [String: Int] = [:]

        /// Whether it goes by each recipient's own clock.
        package var isLocal: Bool { campaign.schedule?.timezone == .recipient }
    }

    /// What makes it fall due.
    package enum Kind: Hashable, Sendable {
        case occurrence(Occurrence)
        case birthdays(Occurrence)
        /// What happened to customers before now.
        case happenings(Schedule.Happening)
    }

    /// In the order of time.
    package let entries: [Entry]
    package let now: Timestamp
    package let end: Timestamp
    /// Scheduled campaigns of which nothing falls into the days to come.
    package let idle: [Campaign]
}

extension Forecast {
    /// How near each other two campaigns are on one morning: four hours.
    static let morning: Int64 = 4 * 3_600_000

    /// Looks ahead.
    /// - Parameters:
    ///   - days: how far.
    ///   - home: the workspace's zone.
    /// - Throws: `PlanningError` for an audience that cannot be decided, `StoreError`.
    package init(
        _ definitions: Definitions, home: TimeZone, in view: IndexView, now: Timestamp, days: Int
    ) throws {
        let zones = Zones(home: home, names: try view.timezones())
        let end = now.advanced(milliseconds: Int64(days) * 86_400_000)
        var entries: [Entry] = []
        var idle: [Campaign] = []
        for campaign in definitions.campaigns.values.sorted(by: { $0.id < $1.id }) {
            guard let schedule = campaign.schedule else { continue }
            let ahead = Ahead(
                campaign: campaign, schedule: schedule, definitions: definitions, home: home, zones: zones,
                now: now, end: end)
            let found = try ahead.entries(in: view)
            if found.isEmpty { idle.append(campaign) }
            entries += found
        }
        entries.sort { ($0.here, $0.campaign.id) < ($1.here, $1.campaign.id) }
        var conflicts = Conflicts(MailCaps(definitions, zone: home), of: entries)
        try conflicts.find(in: view, now: now)
        (self.entries, self.idle, self.now, self.end) = (conflicts.entries, idle, now, end)
    }
}

/// What one campaign will send.
private struct Ahead {
    let campaign: Campaign
    let schedule: Schedule
    let definitions: Definitions
    let home: TimeZone
    let zones: Zones
    let now: Timestamp
    let end: Timestamp

    func entries(in view: IndexView) throws -> [Forecast.Entry] {
        if case .after(let happening, let period) = schedule.trigger {
            return try happenings(
                Following(campaign: campaign, schedule: schedule, happening: happening, period: period),
                in: view)
        }
        let coming = occurrences()
        if coming.isEmpty { return [] }
        let audience = try Audience(of: campaign, in: definitions, zone: home)
        let members = try audience.members(in: view, at: now)
        return try coming.compactMap { entry in
            let due = DueOccurrence(campaign, schedule, entry.occurrence, next: nil, home: home)
            guard let days = due.birthdays else {
                return self.entry(entry, .occurrence(entry.occurrence), members)
            }
            let born = Set(try view.customers(bornOn: days))
            let celebrating = members.filter(born.contains)
            return celebrating.isEmpty ? nil : self.entry(entry, .birthdays(entry.occurrence), celebrating)
        }
    }

    private typealias Coming = (occurrence: Occurrence, first: Timestamp, last: Timestamp)

    /// The occurrences that are due for somebody between now and the end.
    private func occurrences() -> [Coming] {
        guard let timetable = Timetable(schedule) else { return [] }
        let zone = schedule.zone(home: home)
        let timing = Timing(schedule, home: home)
        let places = zone != nil && schedule.quietHours == nil ? [home] : zones.all
        // Nowhere is a clock further from UTC than 14 hours, and quiet hours hold for less than a day.
        var time = now.advanced(milliseconds: -2 * 86_400_000).local(in: .gmt)
        let last = end.advanced(milliseconds: 86_400_000).local(in: .gmt).date
        var found: [Coming] = []
        while let next = timetable.first(after: time, until: last) {
            time = next
            let occurrence = Occurrence(next, in: zone)
            let instants = places.map { timing.held(occurrence.instant(in: $0), in: $0) }
            guard let first = instants.min(), let final = instants.max(), final > now, first <= end else {
                continue
            }
            found.append((occurrence, first, final))
        }
        return found
    }

    private func entry(_ coming: Coming, _ kind: Forecast.Kind, _ members: [CustomerID]) -> Forecast.Entry {
        let clock = coming.occurrence.zone.map { coming.first.local(in: $0) } ?? coming.occurrence.local
        return Forecast.Entry(
            campaign: campaign, kind: kind, first: coming.first, last: coming.last,
            here: Timing(schedule, home: home).held(coming.occurrence.instant(in: home), in: home),
            day: clock.date, clock: clock.clock, members: members)
    }

    /// What happened before now and is due later, by day.
    private func happenings(_ following: Following, in view: IndexView) throws -> [Forecast.Entry] {
        let known = try view.schedules()[campaign.id]
        let coming = try Plan(definitions, home: home)
            .coming(following, since: known?.since(at: now) ?? now, view, now: now, until: end)
        let audience = try Audience(of: campaign, in: definitions, zone: home)
        let members = Set(try audience.members(in: view, at: now))
        let days = Dictionary(grouping: coming.filter { members.contains($0.customer) }) {
            $0.turn.local(in: home).date
        }
        return days.map { day, coming in
            Forecast.Entry(
                campaign: campaign, kind: .happenings(following.happening),
                first: coming.map(\.turn).min() ?? now, last: coming.map(\.turn).max() ?? now,
                here: coming.map(\.turn).min() ?? now, day: day,
                clock: nil,
                members: coming.map(\.customer).sorted(),
                turns: Dictionary(coming.map { ($0.customer, $0.turn) }, uniquingKeysWith: min))
        }
    }
}
