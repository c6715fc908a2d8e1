import Campaigns
import Foundation
import Model
import Recording

/// An occurrence whose time has come, at least for some.
package struct DueOccurrence: Sendable {
    package let campaign: Campaign
    package let occurrence: Occurrence
    /// The schedule's next one, where there is one.
    package let next: Occurrence?
    /// The run that it is.
    package let run: RunID
    /// When it is due for who lives in the workspace's zone.
    package let instant: Timestamp
    private let timing: Timing

    init(
        _ campaign: Campaign, _ schedule: Schedule, _ occurrence: Occurrence, next: Occurrence?,
        home: TimeZone
    ) {
        (self.campaign, self.occurrence, self.next) = (campaign, occurrence, next)
        run = occurrence.run(of: campaign.id)
        instant = occurrence.instant(in: home)
        timing = Timing(schedule, home: home)
    }

    /// The turn of who lives in a zone.
    package func turn(in zone: TimeZone, now: Timestamp) -> Turn {
        timing.turn(at: occurrence, before: next, in: zone, now: now)
    }

    /// When somebody is due who lives in a zone and waits for the decision of the A/B test.
    func due(after decision: Timestamp, in zone: TimeZone) -> Timestamp {
        timing.due(after: decision, at: occurrence.zone == nil ? occurrence.local.clock : nil, in: zone)
    }

    /// Whether everyone has the same turn, wherever they live.
    package var isSameForAll: Bool {
        occurrence.zone != nil && campaign.schedule?.quietHours == nil
    }

    /// The days of the year whose birthdays it is for, `02-29`; nil when it is for everyone. In a year without
    /// 29 February those born on it have their birthday on the 28th.
    package var birthdays: [String]? {
        guard case .onBirthday = campaign.schedule?.trigger else { return nil }
        let date = occurrence.local.date
        let day = String(date.description.dropFirst(5))
        let isLastOfFebruary = date.month == 2 && date.day == CalendarDate.length(ofMonth: 2, year: date.year)
        return isLastOfFebruary && date.day == 28 ? [day, "02-29"] : [day]
    }
}

extension Plan {
    /// Clocks are nowhere further ahead of UTC than this (Kiritimati), nor further behind (uninhabited islands).
    private static let furthestAhead: Int64 = 14 * 3_600_000
    private static let furthestBehind: Int64 = 12 * 3_600_000
    /// How far clocks are put back at once, with room to spare.
    private static let putBack: Int64 = 3 * 3_600_000
    /// How far ahead and back the next and the last time are looked for, in days: 29 February comes once in eight
    /// years at worst, and on a given day of the week once in forty.
    private static let horizon: Int64 = 41 * 366

    /// Looks whether a campaign has an occurrence to plan.
    func look<History: PlanningHistory>(
        at campaign: Campaign, _ schedule: Schedule, _ standing: Standing, _ history: History,
        _ zones: inout CustomerZones<History>, _ now: Timestamp, _ step: inout Step
    ) throws {
        guard let timetable = Timetable(schedule) else { return }
        let zone = schedule.zone(home: home)
        let isHeld = schedule.quietHours != nil
        for occurrence in begun(timetable, in: zone, since: standing.since, now) {
            if try history.hasRun(occurrence.run(of: campaign.id)) { continue }
            let places = zone != nil && !isHeld ? [home] : try zones.zones().all
            let instants = places.map { occurrence.instant(in: $0) }
            guard let begin = instants.min() else { continue }
            if begin > now {
                step.wake(campaign, at: begin)
            } else if holds(schedule, standing, from: begin, at: places, instants) {
                step.occurrences.append(
                    DueOccurrence(
                        campaign, schedule, occurrence, next: next(after: occurrence, in: timetable),
                        home: home))
            }
        }
        if let coming = coming(timetable, in: zone, now) { step.wake(campaign, at: coming) }
    }

    /// Whether a schedule held when an occurrence came. One that is new holds for those whose turn was still to come,
    /// and the others are late; one that was changed holds for occurrences that had not begun anywhere.
    func holds(
        _ schedule: Schedule, _ standing: Standing, from begin: Timestamp, at places: [TimeZone],
        _ instants: [Timestamp]
    ) -> Bool {
        if standing.isChanged { return begin > standing.since }
        let timing = Timing(schedule, home: home)
        return zip(instants, places).contains { timing.held($0, in: $1) > standing.since }
    }

    /// The newest occurrence that has come for everyone, and those after it that have come for some.
    /// - Parameter since: nothing that was over everywhere by then is of interest.
    private func begun(
        _ timetable: Timetable, in zone: TimeZone?, since: Timestamp, _ now: Timestamp
    ) -> [Occurrence] {
        let reach = now.advanced(milliseconds: zone == nil ? Self.furthestAhead : Self.putBack)
        var limit = reach.local(in: zone ?? .gmt)
        // Quiet hours hold a letter for less than a day.
        let first = since.advanced(milliseconds: -3 * 86_400_000).local(in: .gmt).date
        var found: [Occurrence] = []
        while let time = timetable.last(
            upTo: limit, since: max(first, limit.date.adding(days: -Self.horizon)))
        {
            let occurrence = Occurrence(time, in: zone)
            let asUTC = Timestamp(time, in: .gmt)
            if zone.map({ Timestamp(time, in: $0) <= now }) ?? true { found.append(occurrence) }
            let isOver =
                zone == nil ? asUTC.advanced(milliseconds: Self.furthestBehind) <= now : !found.isEmpty
            guard !isOver, let before = time.minuteBefore else { break }
            limit = before
        }
        return found.reversed()
    }

    private func next(after occurrence: Occurrence, in timetable: Timetable) -> Occurrence? {
        let last = occurrence.local.date.adding(days: Self.horizon)
        return timetable.first(after: occurrence.local, until: last).map {
            Occurrence($0, in: occurrence.zone)
        }
    }

    /// When the next occurrence comes, for recipients' own clocks as soon as it can for anyone.
    private func coming(_ timetable: Timetable, in zone: TimeZone?, _ now: Timestamp) -> Timestamp? {
        var time = now.advanced(milliseconds: zone == nil ? Self.furthestAhead : 0).local(in: zone ?? .gmt)
        let last = time.date.adding(days: Self.horizon)
        while let next = timetable.first(after: time, until: last) {
            let instant = Timestamp(next, in: zone ?? .gmt)
                .advanced(milliseconds: zone == nil ? -Self.furthestAhead : 0)
            // In the hour that clocks show twice, the next time may have been in the first of the two.
            if instant > now { return instant }
            time = next
        }
        return nil
    }
}

extension LocalTime {
    /// What clocks show a minute earlier; nil at the beginning of all days.
    fileprivate var minuteBefore: LocalTime? {
        let before = Timestamp(self, in: .gmt).advanced(milliseconds: -60_000).local(in: .gmt)
        return before < self ? before : nil
    }
}
