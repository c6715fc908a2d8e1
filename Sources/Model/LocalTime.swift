import Foundation

/// What a calendar and a wall clock in some zone show.
package struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var date: CalendarDate
    package var clock: ClockTime

    /// A day and a time of day.
    package init(date: CalendarDate, clock: ClockTime) {
        (self.date, self.clock) = (date, clock)
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.date, left.clock) < (right.date, right.clock)
    }

    /// To the minute, `2026-11-23T09:00`.
    package var description: String { "\(date)T\(clock)" }

    /// Milliseconds since the epoch if the zone were UTC.
    fileprivate var asUTC: Int64 { date.daysSinceEpoch * 86_400_000 + clock.milliseconds }
}

extension Timestamp {
    /// The instant at which clocks in the zone show a time. A time that daylight saving skips moves to the
    /// next that exists, the end of the gap; one that is shown twice is the first of the two.
    package init(_ local: LocalTime, in zone: TimeZone) {
        let asUTC = Timestamp(milliseconds: local.asUTC)
        // Any change of the zone's offset near this time lies between these two instants: offsets are
        // under a day.
        let before = zone.offset(at: asUTC.advanced(milliseconds: -86_400_000))
        let after = zone.offset(at: asUTC.advanced(milliseconds: 86_400_000))
        // Mostly nothing changes around the time, and there is one answer.
        let only = asUTC.advanced(milliseconds: -before)
        if before == after, zone.offset(at: only) == before {
            self = only
            return
        }
        let candidates = [asUTC.advanced(milliseconds: -before), asUTC.advanced(milliseconds: -after)]
        let shown = zip(candidates, [before, after]).filter { zone.offset(at: $0) == $1 }.map(\.0)
        self = shown.min() ?? zone.endOfGap(after: candidates[1], notAfter: candidates[0], offset: before)
    }

    /// How far clocks in the zone are ahead of UTC at this instant, in milliseconds.
    package func offset(in zone: TimeZone) -> Int64 {
        zone.offset(at: self)
    }

    /// What clocks in the zone show at this instant, in the years 1 to 9999.
    package func local(in zone: TimeZone) -> LocalTime {
        let shifted = advanced(milliseconds: zone.offset(at: self)).milliseconds
        let (days, milliseconds) = shifted.dividingFloor(by: 86_400_000)
        return LocalTime(
            date: CalendarDate(daysSinceEpoch: days), clock: ClockTime(milliseconds: milliseconds))
    }

    /// The instant that lies a period later by the zone's calendar and clock. Months clamp: 31 January
    /// + 1 month is the last of February, at the same time of day.
    package func adding(_ period: Period, in zone: TimeZone) -> Timestamp {
        moved(by: period, sign: 1, in: zone)
    }

    /// The instant that lies a period earlier by the zone's calendar and clock; months clamp.
    package func subtracting(_ period: Period, in zone: TimeZone) -> Timestamp {
        moved(by: period, sign: -1, in: zone)
    }

    private func moved(by period: Period, sign: Int, in zone: TimeZone) -> Timestamp {
        let count = period.count * sign
        var local = self.local(in: zone)
        switch period.unit {
        case .hours: return advanced(milliseconds: Int64(count) * 3_600_000)
        case .days: local.date = local.date.adding(days: Int64(count))
        case .weeks: local.date = local.date.adding(days: Int64(count) * 7)
        case .months: local.date = local.date.adding(months: count)
        case .years: local.date = local.date.adding(months: count * 12)
        }
        return count == 0 ? self : Timestamp(local, in: zone)
    }
}

extension TimeZone {
    /// Milliseconds that clocks are ahead of UTC.
    fileprivate func offset(at instant: Timestamp) -> Int64 {
        Int64(secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds)))) * 1000
    }

    /// The instant at which the offset stops being `offset`, found by halving the distance.
    fileprivate func endOfGap(
        after start: Timestamp, notAfter end: Timestamp, offset: Int64
    ) -> Timestamp {
        var (low, high) = (start.milliseconds, end.milliseconds)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if self.offset(at: Timestamp(milliseconds: middle)) == offset {
                low = middle
            } else {
                high = middle
            }
        }
        return Timestamp(milliseconds: high)
    }
}
