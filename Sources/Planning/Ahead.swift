import Campaigns
import Foundation
import Model
import Recording

/// What one campaign's schedule will make runs of.
struct Ahead {
    let campaign: Campaign
    let schedule: Schedule
    let plan: Plan
    let zones: Zones
    let now: Timestamp
    let end: Timestamp

    private var definitions: Definitions { plan.definitions }
    private var home: TimeZone { plan.home }

    /// - Returns: what is shown, and how many times of the schedule come behind it until the end.
    func entries(in view: IndexView) throws -> (shown: [Forecast.Entry], more: Int) {
        if case .after(let happening, let period) = schedule.trigger {
            let following = Following(
                campaign: campaign, schedule: schedule, happening: happening, period: period)
            return (try happenings(following, in: view), 0)
        }
        let (coming, more) = try occurrences(in: view)
        return (coming.isEmpty ? [] : try entries(of: coming, in: view), more)
    }

    private func entries(of coming: [Coming], in view: IndexView) throws -> [Forecast.Entry] {
        let audience = Audience(of: campaign, in: definitions, zone: home)
        let members = try audience.members(in: view, at: now)
        var parts = SplitForecast(campaign, home: home, zones: zones, members: members)
        return try coming.flatMap { entry in
            let due = DueOccurrence(campaign, schedule, entry.occurrence, next: nil, home: home)
            guard let days = due.birthdays else {
                return try parts.parts(
                    of: self.entry(entry, .occurrence(entry.occurrence), members), due, in: view)
            }
            let celebrating = try view.customers(bornOn: days).filter(members.includesInOrder)
            return celebrating.isEmpty ? [] : [self.entry(entry, .birthdays(entry.occurrence), celebrating)]
        }
    }

    private struct Coming {
        let occurrence: Occurrence
        /// When it is due, for each of the places that matter.
        let instants: [Timestamp]
        let first: Timestamp
        let last: Timestamp
    }

    /// How many occurrences are shown at most: a slip in `cron` can make half a million of them in a year. Birthdays come
    /// once a day, and mostly for nobody.
    private var most: Int {
        if case .onBirthday = schedule.trigger { .max } else { Forecast.mostOccurrences }
    }

    /// The occurrences that are due for somebody between now and the end and have no run yet, the first of them, and how
    /// many times of the schedule come behind these.
    private func occurrences(in view: IndexView) throws -> (coming: [Coming], more: Int) {
        guard let timetable = Timetable(schedule) else { return ([], 0) }
        let zone = schedule.zone(home: home)
        let timing = Timing(schedule, home: home)
        let places = zone != nil && schedule.quietHours == nil ? [home] : zones.all
        // Nowhere is a clock further from UTC than 14 hours, and quiet hours hold for less than a day.
        var time = now.advanced(milliseconds: -2 * 86_400_000).local(in: .gmt)
        let last = end.advanced(milliseconds: 86_400_000).local(in: .gmt).date
        var found: [Coming] = []
        while found.count < most, let next = timetable.first(after: time, until: last) {
            time = next
            let occurrence = Occurrence(next, in: zone)
            let instants = places.map { timing.held(occurrence.instant(in: $0), in: $0) }
            guard let first = instants.min(), let final = instants.max(), final > now, first <= end,
                try !view.hasRun(occurrence.run(of: campaign.id))
            else { continue }
            // Of those that daylight saving or quiet hours bring to one instant, only the last one goes out.
            if let before = found.last, before.instants == instants { found.removeLast() }
            found.append(Coming(occurrence: occurrence, instants: instants, first: first, last: final))
        }
        let more = found.count < most ? 0 : timetable.count(after: time, through: end.local(in: zone ?? home))
        return (found, more)
    }

    private func entry(_ coming: Coming, _ kind: Forecast.Kind, _ members: [CustomerID]) -> Forecast.Entry {
        let clock = coming.occurrence.zone == nil ? coming.occurrence.local : coming.first.local(in: home)
        return Forecast.Entry(
            campaign: campaign, kind: kind, first: coming.first, last: coming.last,
            here: Timing(schedule, home: home).held(coming.occurrence.instant(in: home), in: home),
            day: clock.date, clock: clock.clock, members: members, count: members.count)
    }

    /// What happened before now and is due later, by day.
    private func happenings(_ following: Following, in view: IndexView) throws -> [Forecast.Entry] {
        let known = try view.schedules()[campaign.id]
        let coming = try plan.coming(
            following, since: known?.since(at: now) ?? now, view, now: now, until: end)
        let audience = Audience(of: campaign, in: definitions, zone: home)
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
                members: coming.map(\.customer).sorted(), count: coming.count,
                turns: Dictionary(coming.map { ($0.customer, $0.turn) }, uniquingKeysWith: min))
        }
    }
}
