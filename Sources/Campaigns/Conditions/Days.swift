import Foundation
import Model

/// A day of some zone as the instants from its beginning to the next day's. Times are compared with dates by these
/// alone, in memory as in SQL: where clocks go back over midnight, the hour that is shown again belongs to the day
/// that had begun.
package struct DaySpan: Hashable, Sendable {
    /// When the day begins, included.
    package let start: Timestamp
    /// When the next one does, excluded.
    package let end: Timestamp

    /// A day in a zone. One that the zone skipped is empty.
    package init(_ date: CalendarDate, in zone: TimeZone) {
        start = Timestamp(LocalTime(date: date, clock: .midnight), in: zone)
        end = Timestamp(LocalTime(date: date.adding(days: 1), clock: .midnight), in: zone)
    }

    /// How an instant compares with the day: every instant of it equals it.
    func holds(_ comparison: Condition.Comparison, for instant: Timestamp) -> Bool {
        switch comparison {
        case .equal: start <= instant && instant < end
        case .notEqual: instant < start || end <= instant
        case .less: instant < start
        case .atMost: instant < end
        case .greater: end <= instant
        case .atLeast: start <= instant
        }
    }
}

extension CalendarDate {
    /// The next day on which this one comes round; 29 February comes on the 28th in a year that lacks it.
    package func nextAnniversary(onOrAfter day: CalendarDate) -> CalendarDate {
        let monthsToThisYear = (day.year - year) * 12
        let thisYear = adding(months: monthsToThisYear)
        return thisYear >= day ? thisYear : adding(months: monthsToThisYear + 12)
    }
}
