import Model

/// The wall-clock times at which a campaign falls due, whatever zone's clock they are then read on.
package struct Timetable: Hashable, Sendable {
    private enum Days: Hashable {
        case every, weekdays(Weekdays), cron(Cron), one(CalendarDate)
    }

    private let days: Days
    /// In order; never empty.
    private let hours: [Int]
    /// In order; never empty.
    private let minutes: [Int]
    private let between: DateRange?

    /// The times of a schedule; nil for one that follows what happens to each customer.
    package init?(_ schedule: Schedule) {
        between = schedule.between
        switch schedule.trigger {
        case .after: return nil
        case .cron(let cron):
            (days, hours, minutes) = (.cron(cron), cron.hours.sorted(), cron.minutes.sorted())
        case .every(let weekdays, let clock):
            (days, hours, minutes) = (.weekdays(weekdays), [clock.hour], [clock.minute])
        case .onBirthday(let clock): (days, hours, minutes) = (.every, [clock.hour], [clock.minute])
        case .at(let time):
            (days, hours, minutes) = (.one(time.date), [time.clock.hour], [time.clock.minute])
        }
    }

    /// The last time that is not later than `time`; nil when there is none from the day `first` on.
    package func last(upTo time: LocalTime, since first: CalendarDate) -> LocalTime? {
        var date = min(time.date, latestDay ?? time.date)
        let end = max(first, earliestDay ?? first)
        while date >= end {
            let limit = date == time.date ? time.clock.minuteOfDay : 1439
            if matches(date), let minute = lastMinute(upTo: limit) { return Self.time(date, minute) }
            guard date.daysSinceEpoch > Self.firstDay else { return nil }
            date = date.adding(days: -1)
        }
        return nil
    }

    /// The first time that is later than `time`; nil when there is none up to the day `last`.
    package func first(after time: LocalTime, until last: CalendarDate) -> LocalTime? {
        var date = max(time.date, earliestDay ?? time.date)
        let end = min(last, latestDay ?? last)
        while date <= end {
            let limit = date == time.date ? time.clock.minuteOfDay + 1 : 0
            if matches(date), let minute = firstMinute(from: limit) { return Self.time(date, minute) }
            guard date.daysSinceEpoch < Self.lastDay else { return nil }
            date = date.adding(days: 1)
        }
        return nil
    }

    /// How many times there are that are later than one and not later than another.
    package func count(after time: LocalTime, through last: LocalTime) -> Int {
        let end = min(last.date, latestDay ?? last.date)
        var date = max(time.date, earliestDay ?? time.date)
        var count = 0
        while date <= end {
            if matches(date) {
                count +=
                    date == time.date || date == last.date
                    ? minutesOfDay.count { minute in
                        Self.time(date, minute).map { time < $0 && $0 <= last } ?? false
                    } : hours.count * minutes.count
            }
            guard date.daysSinceEpoch < Self.lastDay else { break }
            date = date.adding(days: 1)
        }
        return count
    }

    // MARK: Days

    private static let firstDay = CalendarDate(daysSinceEpoch: .min).daysSinceEpoch
    private static let lastDay = CalendarDate(daysSinceEpoch: .max).daysSinceEpoch

    private var earliestDay: CalendarDate? {
        guard case .one(let date) = days else { return between?.first }
        return between.map { max($0.first, date) } ?? date
    }

    private var latestDay: CalendarDate? {
        guard case .one(let date) = days else { return between?.last }
        return between.map { min($0.last, date) } ?? date
    }

    private func matches(_ date: CalendarDate) -> Bool {
        switch days {
        case .every, .one: true
        case .weekdays(let weekdays): weekdays.days.contains(date.weekday)
        case .cron(let cron): cron.matches(date)
        }
    }

    // MARK: Minutes of a day

    private var minutesOfDay: [Int] { hours.flatMap { hour in minutes.map { hour * 60 + $0 } } }

    private func lastMinute(upTo limit: Int) -> Int? {
        for hour in hours.reversed() where hour * 60 <= limit {
            if let minute = minutes.last(where: { hour * 60 + $0 <= limit }) { return hour * 60 + minute }
        }
        return nil
    }

    private func firstMinute(from limit: Int) -> Int? {
        for hour in hours where hour * 60 + 59 >= limit {
            if let minute = minutes.first(where: { hour * 60 + $0 >= limit }) { return hour * 60 + minute }
        }
        return nil
    }

    private static func time(_ date: CalendarDate, _ minute: Int) -> LocalTime? {
        ClockTime(hour: minute / 60, minute: minute % 60).map { LocalTime(date: date, clock: $0) }
    }
}

extension ClockTime {
    fileprivate var minuteOfDay: Int { hour * 60 + minute }
}
