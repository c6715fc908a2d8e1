import Model

extension LocalTime {
    /// Reads `2026-11-24 09:00`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count == 2, let date = CalendarDate(words[0]), words[1].utf8.count == 5,
            let clock = ClockTime(words[1])
        else { return nil }
        self.init(date: date, clock: clock)
    }
}

/// Days from one to another, both included: `2026-12-01 .. 2026-12-24`.
package struct DateRange: Hashable, Sendable {
    package let first: CalendarDate
    package let last: CalendarDate

    /// Days from `first` to `last`.
    package init(_ first: CalendarDate, _ last: CalendarDate) {
        (self.first, self.last) = (first, last)
    }

    /// Reads `2026-12-01 .. 2026-12-24`; nil for anything else. The order of the days is not judged here.
    package init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "..", let first = CalendarDate(words[0]),
            let last = CalendarDate(words[2])
        else { return nil }
        self.init(first, last)
    }

    /// Whether a day lies in the range.
    package func contains(_ day: CalendarDate) -> Bool { first <= day && day <= last }
}

/// A stretch of the day, over midnight when it ends before it begins: `21:00-08:00`.
package struct ClockRange: Hashable, Sendable {
    /// From this time on.
    package let start: ClockTime
    /// Until, and without, this time.
    package let end: ClockTime

    /// From a time until another.
    package init(_ start: ClockTime, _ end: ClockTime) {
        (self.start, self.end) = (start, end)
    }

    /// Reads `21:00-08:00`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 5 }), let start = ClockTime(parts[0]),
            let end = ClockTime(parts[1])
        else { return nil }
        self.init(start, end)
    }

    /// Whether a time of day lies in the stretch.
    package func contains(_ clock: ClockTime) -> Bool {
        start <= end ? start <= clock && clock < end : start <= clock || clock < end
    }
}
