/// A day of the proleptic Gregorian calendar, without a zone: a birthday, an order's day.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year, 1 to 9999.
    package let year: Int
    /// The month, 1 to 12.
    package let month: Int
    /// The day of the month, from 1.
    package let day: Int

    /// A day by its numbers.
    /// - Returns: nil when the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that lies so many days after 1970-01-01 (H. Hinnant, "chrono-compatible low-level date
    /// algorithms", `civil_from_days`). Days outside the years 1 to 9999 are held at the nearest one.
    package init(daysSinceEpoch: Int64) {
        let days = min(max(daysSinceEpoch, -719_162), 2_932_896)
        let (era, dayOfEra) = (days + 719_468).dividingFloor(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01, negative before (Hinnant, `days_from_civil`).
    package var daysSinceEpoch: Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = shiftedYear.dividingFloor(by: 400)
        let shiftedMonth = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    package var weekday: Int {
        Int((daysSinceEpoch + 3).dividingFloor(by: 7).remainder) + 1
    }

    /// The same day so many months later; a day that month lacks becomes its last one
    /// (31 January + 1 month is the end of February).
    package func adding(months: Int) -> CalendarDate {
        let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        let index = overflow ? (months > 0 ? 9999 * 12 + 11 : 12) : min(max(total, 12), 9999 * 12 + 11)
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        let newDay = min(day, Self.length(ofMonth: newMonth, year: newYear))
        return CalendarDate(year: newYear, month: newMonth, day: newDay) ?? self
    }

    /// The day so many days later, held inside the years 1 to 9999.
    package func adding(days: Int64) -> CalendarDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return CalendarDate(daysSinceEpoch: overflow ? (days > 0 ? .max : .min) : sum)
    }

    /// Days in a month, 28 to 31.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

// MARK: - ISO 8601

extension CalendarDate {
    /// ISO 8601, `2026-11-21`.
    package var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads `2026-11-21`; nil for anything else and for days that do not exist.
    package init?(_ text: some StringProtocol) {
        guard let date = DigitScanner.read(text, { CalendarDate(scanning: &$0) }) else { return nil }
        self = date
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(digits: Int64(year), width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: Int64(month), width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: Int64(day), width: 2)
    }

    init?(scanning scanner: inout DigitScanner) {
        guard let year = scanner.takeNumber(digits: 4), scanner.take("-"),
            let month = scanner.takeNumber(digits: 2), scanner.take("-"),
            let day = scanner.takeNumber(digits: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
