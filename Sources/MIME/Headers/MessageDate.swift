/// An instant with the offset of the clock that shows it, as the `Date` header has it (RFC 5322,
/// section 3.3).
public struct MessageDate: Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted.
    public let seconds: Int64
    /// Minutes that local time is ahead of UTC.
    public let offsetMinutes: Int

    /// 1900-01-02 to 9999-12-30, a day inside the years that the format has, whatever the offset.
    private static let range: ClosedRange<Int64> = -2_208_902_400...253_402_214_399
    private static let daySeconds: Int64 = 86_400
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// - Parameters:
    ///   - seconds: Seconds since 1970-01-01 00:00:00 UTC.
    ///   - offsetMinutes: Minutes that local time is ahead of UTC, less than a day either way.
    /// - Throws: `HeaderError.badDate` outside the years 1900 to 9999.
    public init(seconds: Int64, offsetMinutes: Int = 0) throws(HeaderError) {
        guard (-1439...1439).contains(offsetMinutes), Self.range.contains(seconds) else {
            throw .badDate(seconds: seconds, offsetMinutes: offsetMinutes)
        }
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// The value of a `Date` header: `Sat, 21 Nov 2026 09:00:00 +0200`.
    public var text: String {
        let local = seconds + Int64(offsetMinutes) * 60
        let days = local.floorDivided(by: Self.daySeconds)
        let second = Int(local - days * Self.daySeconds)
        let weekday = Self.weekdays[Int(days - days.floorDivided(by: 7) * 7)]
        let (year, month, day) = Self.civil(daysSince1970: days)
        let offset = abs(offsetMinutes)
        // Every message has one, so it is written digit by digit: interpolation takes ten times as long.
        var text = weekday + ", "
        if day >= 10 { text.append(digit: day / 10) }
        text.append(digit: day)
        text += " " + Self.months[month - 1] + " "
        text.append(two: year / 100)
        text.append(two: year % 100)
        text += " "
        text.append(two: second / 3600)
        text += ":"
        text.append(two: second / 60 % 60)
        text += ":"
        text.append(two: second % 60)
        text += offsetMinutes < 0 ? " -" : " +"
        text.append(two: offset / 60)
        text.append(two: offset % 60)
        return text
    }

    /// The date of a day of the proleptic Gregorian calendar.
    ///
    /// Years are counted from March, so that the leap day is a year's last, in eras of 400 years, which
    /// all have 146,097 days.
    static func civil(daysSince1970: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The day of a date of the proleptic Gregorian calendar, the inverse of `civil`.
    static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = shiftedYear.floorDivided(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension String {
    /// Appends the last digit of a number.
    fileprivate mutating func append(digit number: Int) {
        unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "0") + UInt8(number % 10)))
    }

    /// Appends the last two digits of a number.
    fileprivate mutating func append(two number: Int) {
        append(digit: number / 10)
        append(digit: number)
    }
}

extension Int64 {
    /// Division that rounds down, also below zero; `divisor` is positive.
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self + 1) / divisor - 1
    }
}
