import Campaigns
import Foundation
import Model
import Synchronization
import Testing

/// A schedule read minute by minute off a wall clock, as plainly as can be: the model that planning is held against.
struct PlainClock {
    let zone: TimeZone
    /// The first minute, since 1970.
    let first: Int64
    /// What clocks show in each minute, in minutes since 1970 as if it were UTC.
    let shown: [Int64]

    private static let known = Mutex<[String: PlainClock]>([:])

    /// A zone's clock, read off once for all who ask: a year has half a million minutes.
    static func shared(_ name: String, from start: Timestamp, until end: Timestamp) throws -> PlainClock {
        let zone = try #require(TimeZone(identifier: name))
        let key = "\(name) \(start) \(end)"
        if let clock = known.withLock({ $0[key] }) { return clock }
        let clock = PlainClock(zone, from: start, until: end)
        known.withLock { $0[key] = clock }
        return clock
    }

    init(_ zone: TimeZone, from start: Timestamp, until end: Timestamp) {
        (self.zone, first) = (zone, start.milliseconds / 60_000)
        shown = (start.milliseconds / 60_000..<end.milliseconds / 60_000).map { minute in
            let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute * 60)))
            return minute + Int64(seconds / 60)
        }
    }

    /// For each time that a calendar and a clock without a zone would name, in order: the first minute that shows it
    /// or something later. So a time that is left out is the next there is, and one that is shown twice is the first.
    func minutes(of times: [Int64]) -> [(time: Int64, index: Int)] {
        var found: [(Int64, Int)] = []
        var index = 0
        for time in times {
            while index < shown.count, shown[index] < time { index += 1 }
            // Before the first minute nothing is known of when it was.
            guard index < shown.count else { break }
            if index > 0 { found.append((time, index)) }
        }
        return found
    }

    /// The first minute from `index` on that is not in the quiet hours.
    func held(_ index: Int, _ quiet: ClockRange?) -> Int? {
        guard let quiet else { return index }
        return (index..<shown.count).first { !quiet.contains(Self.clock(shown[$0])) }
    }

    func instant(_ index: Int) -> Timestamp {
        Timestamp(milliseconds: (first + Int64(index)) * 60_000)
    }

    static func clock(_ minutes: Int64) -> ClockTime {
        ClockTime(milliseconds: minutes.dividingFloor(by: 1440).remainder * 60_000)
    }

    /// Every minute in which a schedule goes off on a clock without a zone, by trying them all.
    static func times(of schedule: Schedule, from start: Timestamp, until end: Timestamp) -> [Int64] {
        times(of: schedule, in: start.milliseconds / 86_400_000 - 2..<end.milliseconds / 86_400_000 + 2)
    }

    /// Every minute of some days, counted from 1970, in which a schedule goes off; minutes counted from then, too.
    static func times(of schedule: Schedule, in days: Range<Int64>) -> [Int64] {
        let minutes = (0..<1440).filter { goesOff(schedule, at: $0) }
        return days.flatMap { day in
            let isDay = goesOff(schedule, on: CalendarDate(daysSinceEpoch: day))
            return isDay ? minutes.map { day * 1440 + Int64($0) } : []
        }
    }

    private static func goesOff(_ schedule: Schedule, on date: CalendarDate) -> Bool {
        if let between = schedule.between, date < between.first || between.last < date { return false }
        return switch schedule.trigger {
        case .every(let weekdays, _): weekdays.days.contains(date.weekday)
        case .cron(let cron): cron.matches(date)
        case .at(let time): time.date == date
        case .onBirthday: true
        case .after: false
        }
    }

    private static func goesOff(_ schedule: Schedule, at minute: Int) -> Bool {
        let (hour, past) = (minute / 60, minute % 60)
        return switch schedule.trigger {
        case .cron(let cron): cron.hours.contains(hour) && cron.minutes.contains(past)
        case .every(_, let clock), .onBirthday(let clock): (clock.hour, clock.minute) == (hour, past)
        case .at(let time): (time.clock.hour, time.clock.minute) == (hour, past)
        case .after: false
        }
    }
}

/// When a recipient would be mailed who is looked after at some instants, by going through all occurrences.
struct PlainPlan {
    let schedule: Schedule
    /// Of the recipients, by zone.
    let clocks: [String: PlainClock]
    /// The clock that the schedule goes by; nil for each recipient's own.
    let own: PlainClock?
    /// For each zone, when each time of the schedule comes there and when it is due after the quiet hours.
    private var arrivals: [String: [Arrival]] = [:]
    /// When each time of the schedule comes anywhere, and when it is due for the last.
    private var spans: [Int64: ClosedRange<Timestamp>] = [:]

    private struct Arrival {
        let time: Int64
        let begin: Timestamp
        let due: Timestamp
    }

    init(_ schedule: Schedule, zones: [String], from start: Timestamp, until end: Timestamp) throws {
        self.schedule = schedule
        clocks = Dictionary(
            uniqueKeysWithValues: try zones.map { name in
                (name, try PlainClock.shared(name, from: start, until: end))
            })
        own =
            if case .named(let name) = schedule.timezone {
                try PlainClock.shared(name, from: start, until: end)
            } else {
                nil
            }
        let times = PlainClock.times(of: schedule, from: start, until: end)
        for (zone, clock) in clocks {
            arrivals[zone] = (own ?? clock).minutes(of: times).compactMap { time, index in
                clock.held(index, schedule.quietHours).map { held in
                    Arrival(time: time, begin: clock.instant(index), due: clock.instant(held))
                }
            }
            for arrival in arrivals[zone] ?? [] {
                let known = spans[arrival.time] ?? arrival.begin...arrival.due
                spans[arrival.time] =
                    min(arrival.begin, known.lowerBound)...max(arrival.due, known.upperBound)
            }
        }
    }

    /// The instants from which on the recipient in a zone is mailed.
    /// - Parameter looks: when somebody looks; in order. The first look makes the schedule known.
    func mails(in zone: String, looks: [Timestamp]) throws -> [Timestamp] {
        let clock = try #require(clocks[zone])
        let arrivals = try #require(arrivals[zone])
        var mails: [Timestamp] = []
        for (position, arrival) in arrivals.enumerated() {
            guard let span = spans[arrival.time], span.upperBound > looks[0],
                let look = looks.first(where: { $0 >= span.lowerBound })
            else { continue }
            let sending = look <= arrival.due ? arrival.due : try held(look, in: clock)
            if position + 1 < arrivals.count, arrivals[position + 1].due <= sending { continue }
            if isInTime(arrival.due, sending) { mails.append(sending) }
        }
        return mails
    }

    private func held(_ look: Timestamp, in clock: PlainClock) throws -> Timestamp {
        let index = Int(look.milliseconds / 60_000 - clock.first)
        let held = try #require(clock.held(index, schedule.quietHours))
        return held == index ? look : clock.instant(held)
    }

    private func isInTime(_ due: Timestamp, _ sending: Timestamp) -> Bool {
        let lateness = sending.milliseconds - due.milliseconds
        if lateness <= 600_000 { return true }
        return switch schedule.late {
        case .send: true
        case .skip: false
        // The schedules under test say hours, which are exact.
        case .skipAfter(let period): lateness <= Int64(period.count) * 3_600_000
        }
    }
}
