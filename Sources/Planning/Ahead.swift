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

    func entries(in view: IndexView) throws -> [Forecast.Entry] {
        if case .after(let happening, let period) = schedule.trigger {
            return try happenings(
                Following(campaign: campaign, schedule: schedule, happening: happening, period: period),
                in: view)
        }
        let coming = try occurrences().filter { try !view.hasRun($0.occurrence.run(of: campaign.id)) }
        if coming.isEmpty { return [] }
        let audience = Audience(of: campaign, in: definitions, zone: home)
        let members = try audience.members(in: view, at: now)
        var parts = SplitForecast(campaign, home: home, zones: zones, members: members)
        return try coming.flatMap { entry in
            let due = DueOccurrence(campaign, schedule, entry.occurrence, next: nil, home: home)
            guard let days = due.birthdays else {
                return try parts.parts(
                    of: self.entry(entry, .occurrence(entry.occurrence), members), due, in: view)
            }
            let born = Set(try view.customers(bornOn: days))
            let celebrating = members.filter(born.contains)
            return celebrating.isEmpty ? [] : [self.entry(entry, .birthdays(entry.occurrence), celebrating)]
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
