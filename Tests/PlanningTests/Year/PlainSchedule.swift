import Campaigns
import Foundation
import Model

/// A campaign's schedule as plainly as can be: a list of all its times, and for each recipient what becomes of them.
/// All times are in minutes.
final class PlainSchedule {
    /// What becomes of a recipient.
    enum Turn: Hashable {
        case due(Int64)
        case left(YearRecord.Why)
    }

    let campaign: Campaign
    let schedule: Schedule
    private let clocks: WallClocks
    /// The clock that it goes by; nil for each recipient's own.
    private let own: WallClock?
    /// What clocks show when it is due, in order.
    private let times: [Int64]

    /// Clocks are nowhere further ahead of UTC, nor further behind it.
    private static let (furthestAhead, furthestBehind): (Int64, Int64) = (14 * 60, 12 * 60)

    init?(_ campaign: Campaign, clocks: WallClocks, over time: Range<Int64>) {
        guard let schedule = campaign.schedule else { return nil }
        (self.campaign, self.schedule, self.clocks) = (campaign, schedule, clocks)
        own = if case .named(let zone) = schedule.timezone { clocks[zone] } else { nil }
        times = PlainClock.times(of: schedule, in: time.lowerBound / 1440..<time.upperBound / 1440)
    }

    // MARK: - Occurrences

    /// Those that have begun somewhere: the newest that is over everywhere and all after it, the oldest first. By one
    /// clock for all, only the newest.
    func begun(at now: Int64) -> [Int64] {
        var begun: [Int64] = []
        var index = place(of: now + Self.furthestAhead + 1)
        while index > 0 {
            index -= 1
            let time = times[index]
            if begins(time) <= now { begun.insert(time, at: 0) }
            let isOver = own == nil ? time + Self.furthestBehind <= now : !begun.isEmpty
            if isOver { break }
        }
        return begun
    }

    /// When the next one begins anywhere.
    func next(after now: Int64) -> Int64? {
        times[place(of: now - Self.furthestBehind)...].lazy.map { self.begins($0) }.first { $0 > now }
    }

    /// Where in the list the first is that is no earlier, found by halving: there are ten years of times on both sides.
    private func place(of time: Int64) -> Int {
        var range = times.startIndex..<times.endIndex
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = times[middle] < time ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    private func begins(_ time: Int64) -> Int64 {
        (own.map { [$0] } ?? clocks.all).map { $0.minute(showing: time) }.min() ?? time
    }

    /// Whether anybody's turn comes later than an instant.
    func comes(_ time: Int64, after since: Int64) -> Bool {
        clocks.all.contains { due(time, on: $0) > since }
    }

    /// Whether all have the same turn.
    var isSameForAll: Bool { own != nil && schedule.quietHours == nil }

    func turn(at time: Int64, on clock: WallClock, now: Int64) -> Turn {
        let due = due(time, on: clock)
        let sending = now <= due ? due : clock.held(now, by: schedule.quietHours)
        if let next = times[place(of: time + 1)...].first, self.due(next, on: clock) <= sending {
            return .left(.overtaken)
        }
        return allows(due, at: sending) ? .due(sending) : .left(.late)
    }

    private func due(_ time: Int64, on clock: WallClock) -> Int64 {
        clock.held((own ?? clock).minute(showing: time), by: schedule.quietHours)
    }

    /// Whether what was due may still go out.
    func allows(_ due: Int64, at sending: Int64) -> Bool {
        if sending <= due + 10 { return true }
        return switch schedule.late {
        case .send: true
        case .skip: false
        case .skipAfter(let period): sending <= clocks.home.minute(due, moved: period)
        }
    }

    /// Whether it is for who has this birthday.
    func celebrates(_ birthday: CalendarDate?, at time: Int64) -> Bool {
        guard case .onBirthday = schedule.trigger else { return true }
        guard let birthday else { return false }
        let date = CalendarDate(daysSinceEpoch: time / 1440)
        let thisYear = CalendarDate(year: date.year, month: birthday.month, day: birthday.day)
        return thisYear == date || (thisYear == nil && (date.month, date.day) == (2, 28))
    }

    /// `campaign@2026-11-23T09:00`, with the offset of a schedule's own zone.
    func name(of time: Int64) -> String {
        guard let own else { return "\(campaign.id)@\(Self.text(time))" }
        let minute = own.minute(showing: time)
        let offset = own.shown(at: minute) - minute
        let size = WallClock.time(of: abs(offset))
        return "\(campaign.id)@\(Self.text(own.shown(at: minute)))\(offset < 0 ? "-" : "+")\(size)"
    }

    private static func text(_ shown: Int64) -> String {
        "\(CalendarDate(daysSinceEpoch: shown / 1440))T\(WallClock.time(of: shown))"
    }

    // MARK: - What happens

    /// When somebody's turn is after something happened to them; nil when it does not go out that day.
    func due(after occurred: Int64, in zone: String?) -> Int64? {
        guard case .after(_, let period) = schedule.trigger else { return nil }
        let (clock, place) = (own ?? clocks[zone], clocks[zone])
        let due = place.held(
            period.map { clock.minute(occurred, moved: $0) } ?? occurred, by: schedule.quietHours)
        let day = clock.day(at: due)
        return schedule.between.map { $0.first <= day && day <= $0.last } ?? true ? due : nil
    }

    /// When it goes out by now; nil when it is too late.
    func turn(due: Int64, in zone: String?, now: Int64) -> Int64? {
        if now <= due { return due }
        let sending = clocks[zone].held(now, by: schedule.quietHours)
        return allows(due, at: sending) ? sending : nil
    }
}
