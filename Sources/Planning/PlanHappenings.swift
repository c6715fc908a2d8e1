import Campaigns
import Foundation
import Model
import Recording

/// What happened to customers and is to be followed by a campaign now.
package struct DueHappenings: Sendable {
    package let campaign: Campaign
    /// The day in whose run they are, on the workspace's clock: `campaign@2026-11-23`. A second thing that happened to
    /// one customer goes into a second run of that day, `campaign@2026-11-23.2`.
    package let day: CalendarDate
    /// The earliest first.
    package let happened: [Happened]
}

/// A campaign that follows what happens.
struct Following {
    let campaign: Campaign
    let schedule: Schedule
    let happening: Schedule.Happening
    let period: Period?
    /// Whether it looks back as far as its schedule holds.
    var isThorough = true

    /// What the stores are asked for.
    /// - Parameter surveys: an answer to which of them thanks with the campaign, if any does.
    func kind(_ surveys: [String: Survey]) -> HappeningKind {
        switch happening {
        case .order: .order
        case .firstOrder: .firstOrder
        case .joined: .joined
        case .event(let name): .event(name)
        case .answer:
            .answer(surveys.values.sorted { $0.id < $1.id }.flatMap { $0.answers(thankedBy: campaign.id) })
        }
    }

    /// The least and the most that lies between what happens and its being due, in milliseconds.
    var delay: ClosedRange<Int64> {
        let held: Int64 = schedule.quietHours == nil ? 0 : 25 * 3_600_000
        let span = period?.span ?? 0...0
        return span.lowerBound...(span.upperBound + held)
    }

    /// A month.
    private static let memory: Int64 = 31 * 86_400_000

    /// How long after it is due it is looked for, in milliseconds; nil for ever. What has happened in all the time that
    /// a schedule holds may be millions of orders, so a look that is not thorough goes back a month: what is told later
    /// than that waits for a thorough one.
    var patience: Int64? {
        switch schedule.late {
        case .send: isThorough ? nil : Self.memory
        case .skip: Timing.grace
        case .skipAfter(let period): max(Timing.grace, period.span.upperBound)
        }
    }
}

extension Plan {
    /// How many are followed in one step; more follow at once in the next one.
    private static let portion = 10_000
    private static let page = 1000
    /// How far ahead is looked for what falls due.
    private static let lookahead: Int64 = 3_600_000

    /// Looks for what a campaign is to follow now.
    ///
    /// Asked is for what happened in the stretch that can be due, a little more on both sides since months and days
    /// differ in length; each is then judged to the millisecond. What lies too far back is never asked for, so a
    /// first import of years of orders costs nothing.
    func follow(
        _ following: Following, _ standing: Standing, _ history: some PlanningHistory, _ now: Timestamp,
        _ step: inout Step
    ) throws {
        let (campaign, delay) = (following.campaign, following.delay)
        let oldest = max(
            standing.since, following.patience.map { now.advanced(milliseconds: -$0) } ?? standing.since)
        let first = oldest.advanced(milliseconds: -delay.upperBound)
        let last = now.advanced(milliseconds: Self.lookahead - delay.lowerBound)
        var wake = now.advanced(milliseconds: Self.lookahead)
        var due: [Happened] = []
        var position: Happened?
        while first <= last, due.count < Self.portion {
            let page = try history.unfollowed(
                following.kind(definitions.surveys), by: campaign.id, occurred: first...last, after: position,
                limit: Self.page)
            for happened in page {
                guard let turn = turn(of: happened, in: following, since: standing.since, now) else {
                    continue
                }
                if turn <= now { due.append(happened) } else { wake = min(wake, turn) }
            }
            position = page.last
            if page.count < Self.page { break }
        }
        if !due.isEmpty {
            step.happenings.append(
                DueHappenings(campaign: campaign, day: now.local(in: home).date, happened: due))
        }
        step.wakes[campaign.id] = due.count < Self.portion ? wake : now
    }

    /// What has happened and will be followed later, as far as it is known now.
    func coming(
        _ following: Following, since: Timestamp, _ history: some PlanningHistory, now: Timestamp,
        until end: Timestamp
    ) throws -> [(customer: CustomerID, turn: Timestamp)] {
        let first = now.advanced(milliseconds: -following.delay.upperBound)
        guard first <= now else { return [] }
        var coming: [(customer: CustomerID, turn: Timestamp)] = []
        var position: Happened?
        while true {
            let page = try history.unfollowed(
                following.kind(definitions.surveys), by: following.campaign.id, occurred: first...now,
                after: position, limit: Self.page)
            for happened in page {
                guard let turn = turn(of: happened, in: following, since: since, now), turn <= end else {
                    continue
                }
                coming.append((happened.customer, turn))
            }
            position = page.last
            if page.count < Self.page { return coming }
        }
    }

    /// When something that happened is followed; nil for never.
    private func turn(of happened: Happened, in following: Following, since: Timestamp, _ now: Timestamp)
        -> Timestamp?
    {
        let schedule = following.schedule
        let timing = Timing(schedule, home: home)
        let place = Zones(home: home, names: [])[happened.timezone]
        let clock = schedule.zone(home: home) ?? place
        let due = timing.due(after: following.period, happened.occurred, clock: clock, in: place)
        guard due > since, schedule.between?.contains(due.local(in: clock).date) ?? true,
            case .due(let turn) = timing.turn(due: due, in: place, now: now)
        else { return nil }
        return turn
    }
}

extension Survey {
    /// The answers after which a campaign thanks; none when the survey does not name it.
    fileprivate func answers(thankedBy campaign: String) -> [HappeningKind.AnswerFilter] {
        guard let question = questions.first(where: { $0.kind == .nps })?.id else { return [] }
        let groups = [
            (followUp.promoter, 9...10), (followUp.passive, 7...8), (followUp.detractor, 0...6),
        ]
        return groups.filter { $0.0?.thank == campaign }.map { _, scores in
            .init(survey: id, question: question, values: scores.map(String.init))
        }
    }
}

extension Period {
    /// The least and the most that it can come to, in milliseconds, whatever the calendar and the zone.
    fileprivate var span: ClosedRange<Int64> {
        let hour: Int64 = 3_600_000
        let days: ClosedRange<Int64>
        switch unit {
        case .hours: return Int64(count) * hour...Int64(count) * hour
        case .days: days = Int64(count)...Int64(count)
        case .weeks: days = Int64(count) * 7...Int64(count) * 7
        case .months: days = Int64(count) * 28...Int64(count) * 31
        case .years: days = Int64(count) * 365...Int64(count) * 366
        }
        return max(0, days.lowerBound * 24 * hour - 26 * hour)...(days.upperBound * 24 * hour + 26 * hour)
    }
}
