import Campaigns
import Foundation
import Model

/// When a recipient's turn is.
package enum Turn: Hashable, Sendable {
    /// From this instant on.
    case due(Timestamp)
    /// Never: the time had passed by more than the schedule allows.
    case late
    /// Never: the next occurrence is due no later.
    case overtaken
}

/// Decides when recipients of a campaign have their turn, by its quiet hours and by what it says of being late.
package struct Timing: Sendable {
    private let quietHours: ClockRange?
    private let late: Schedule.Late
    /// The workspace's zone, which says how long a day is that somebody may be late.
    private let home: TimeZone

    /// What is due is never sent on the second: so much later still is in time.
    package static let grace: Int64 = 10 * 60_000

    /// The timing of a schedule.
    package init(_ schedule: Schedule, home: TimeZone) {
        (quietHours, late, self.home) = (schedule.quietHours, schedule.late, home)
    }

    /// The turn of a recipient at an occurrence.
    /// - Parameters:
    ///   - next: the schedule's next occurrence, where there is one.
    ///   - zone: where the recipient lives.
    ///   - now: when it is planned.
    package func turn(
        at occurrence: Occurrence, before next: Occurrence?, in zone: TimeZone, now: Timestamp
    ) -> Turn {
        let due = held(occurrence.instant(in: zone), in: zone)
        let sending = now <= due ? due : held(now, in: zone)
        if let next, held(next.instant(in: zone), in: zone) <= sending { return .overtaken }
        return turn(due: due, in: zone, now: now)
    }

    /// When somebody is due after something happened to them: at once, or so much later.
    /// - Parameters:
    ///   - clock: the zone by whose calendar the time is counted.
    ///   - zone: where the recipient lives.
    package func due(
        after period: Period?, _ occurred: Timestamp, clock: TimeZone, in zone: TimeZone
    ) -> Timestamp {
        held(period.map { occurred.adding($0, in: clock) } ?? occurred, in: zone)
    }

    /// When somebody is due who has waited for the decision of an A/B test.
    /// - Parameters:
    ///   - decision: the earliest that it can be made.
    ///   - clock: the time of day that they are to be sent to by their own clock; nil for at once.
    ///   - zone: where the recipient lives.
    func due(after decision: Timestamp, at clock: ClockTime?, in zone: TimeZone) -> Timestamp {
        guard let clock else { return held(decision, in: zone) }
        let today = decision.local(in: zone).date
        let days = (0...2).map { Timestamp(LocalTime(date: today.adding(days: $0), clock: clock), in: zone) }
        return held(days.first { $0 >= decision } ?? decision, in: zone)
    }

    /// Whether what was due at an instant may still go out at a later one.
    package func allows(_ due: Timestamp, at sending: Timestamp) -> Bool {
        if sending <= due.advanced(milliseconds: Self.grace) { return true }
        return switch late {
        case .send: true
        case .skip: false
        case .skipAfter(let period): sending <= due.adding(period, in: home)
        }
    }

    /// The turn of somebody who is due at an instant.
    func turn(due: Timestamp, in zone: TimeZone, now: Timestamp) -> Turn {
        if now <= due { return .due(due) }
        let sending = held(now, in: zone)
        return allows(due, at: sending) ? .due(max(due, sending)) : .late
    }

    /// The instant itself, or the end of the quiet hours that it falls into.
    func held(_ instant: Timestamp, in zone: TimeZone) -> Timestamp {
        guard let quietHours else { return instant }
        var held = instant
        // A day that a zone leaves out, or an hour that it shows twice, can lead into the quiet hours again.
        for _ in 0..<4 {
            let local = held.local(in: zone)
            guard quietHours.contains(local.clock) else { return held }
            let isToday = local.clock < quietHours.end
            let date = isToday ? local.date : local.date.adding(days: 1)
            let end = Timestamp(LocalTime(date: date, clock: quietHours.end), in: zone)
            let straight = quietHours.end.milliseconds - local.clock.milliseconds
            held = end > held ? end : held.advanced(milliseconds: straight)
        }
        return held
    }
}
