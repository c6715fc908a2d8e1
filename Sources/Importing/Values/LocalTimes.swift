import Foundation
import Model

/// Turns dates and times of a file into instants.
struct LocalTimes {
    private let zone: TimeZone
    /// The offset of days on which it does not change, by days since 1970: a zone is asked three times for a
    /// day and not for every row. Cleared when it grows past ten years.
    private var steadyOffsets: [Int64: Int64] = [:]

    /// - Parameter zone: The zone of times that name none.
    init(_ zone: TimeZone) {
        self.zone = zone
    }

    /// Reads `2026-11-21` (noon), `2026-11-21 09:00`, or RFC 3339 with an offset.
    /// - Throws: `ValueFault`.
    mutating func instant(_ text: String) throws(ValueFault) -> Timestamp {
        if let date = CalendarDate(text) { return instant(date, .noon) }
        if let instant = Timestamp(rfc3339: text) { return instant }
        let bytes = text.utf8
        if bytes.count > 11, let date = CalendarDate(text.prefix(10)),
            let mark = bytes.dropFirst(10).first, mark == .blank || mark == UInt8(ascii: "T"),
            let time = ClockTime(text.dropFirst(11))
        {
            return instant(date, time)
        }
        throw ValueFault(
            "The value '\(text.shortened)' is no date or time; write 2026-11-21, 2026-11-21 09:00 or 2026-11-21T09:00:00Z."
        )
    }

    /// The instant at which clocks of the zone show a time, as schedules have it where they change.
    private mutating func instant(_ date: CalendarDate, _ time: ClockTime) -> Timestamp {
        let day = date.daysSinceEpoch
        let local = day * 86_400_000 + time.milliseconds
        if let offset = steadyOffsets[day] { return Timestamp(milliseconds: local - offset) }
        let before = offset(at: (day - 1) * 86_400_000)
        let after = offset(at: (day + 2) * 86_400_000)
        guard before == after else { return Timestamp(LocalTime(date: date, clock: time), in: zone) }
        if steadyOffsets.count > 3660 { steadyOffsets = [:] }
        steadyOffsets[day] = before
        return Timestamp(milliseconds: local - before)
    }

    /// Milliseconds east of UTC at an instant.
    private func offset(at milliseconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))) * 1000
    }
}
