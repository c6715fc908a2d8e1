import Campaigns
import Foundation
import Model

/// A zone's clock, read off minute by minute as plainly as can be. What it shows is in minutes since 1970 as if it were
/// UTC.
final class WallClock {
    private let zone: TimeZone
    private var minutes: [Int64: Int64] = [:]
    private var ends: [Hold: Int64] = [:]

    private struct Hold: Hashable {
        let minute: Int64
        let quiet: ClockRange
    }

    init(_ zone: TimeZone) {
        self.zone = zone
    }

    func shown(at minute: Int64) -> Int64 {
        minute + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute * 60)))) / 60
    }

    func day(at minute: Int64) -> CalendarDate {
        CalendarDate(daysSinceEpoch: shown(at: minute).dividingFloor(by: 1440).quotient)
    }

    /// The first minute that shows a time, or something later where the clock leaves it out.
    func minute(showing time: Int64) -> Int64 {
        if let known = minutes[time] { return known }
        // No clock is fifteen hours ahead, and all are changed at quarters of an hour, so a quarter shows most at its
        // end.
        var minute = (time - 15 * 60).dividingFloor(by: 15).quotient * 15
        while shown(at: minute + 14) < time { minute += 15 }
        while shown(at: minute) < time { minute += 1 }
        minutes[time] = minute
        return minute
    }

    /// The minute itself, or the first after it that is not in the quiet hours.
    func held(_ minute: Int64, by quiet: ClockRange?) -> Int64 {
        guard let quiet else { return minute }
        let hold = Hold(minute: minute, quiet: quiet)
        if let known = ends[hold] { return known }
        var end = minute
        while quiet.contains(Self.time(of: shown(at: end))) { end += 1 }
        ends[hold] = end
        return end
    }

    static func time(of shown: Int64) -> ClockTime {
        ClockTime(milliseconds: shown.dividingFloor(by: 1440).remainder * 60_000)
    }

    // MARK: - Periods

    /// The minute that lies a period later, or earlier with a `sign` of -1: so many hours, or what the clock shows so
    /// many days or months later.
    func minute(_ minute: Int64, moved period: Period, sign: Int64 = 1) -> Int64 {
        let count = Int64(period.count) * sign
        switch period.unit {
        case .hours: return minute + count * 60
        case .days: return self.minute(showing: shown(at: minute) + count * 1440)
        case .weeks: return self.minute(showing: shown(at: minute) + count * 7 * 1440)
        case .months, .years:
            let (day, time) = shown(at: minute).dividingFloor(by: 1440)
            let months = Int(count) * (period.unit == .years ? 12 : 1)
            let date = Self.date(CalendarDate(daysSinceEpoch: day), months: months)
            return self.minute(showing: date.daysSinceEpoch * 1440 + time)
        }
    }

    /// The same day of another month, or the last that it has.
    private static func date(_ date: CalendarDate, months: Int) -> CalendarDate {
        let month = date.year * 12 + date.month - 1 + months
        let days = (1...date.day).reversed()
        return days.lazy.compactMap { CalendarDate(year: month / 12, month: month % 12 + 1, day: $0) }.first
            ?? date
    }
}
