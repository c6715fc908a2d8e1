/// A moment as calendar and clock show it at some distance from Greenwich, in the proleptic Gregorian calendar.
struct CivilTime {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    let nanosecond: Int
    /// Seconds east of UTC.
    let utcOffset: Int
    /// Seconds since 1970-01-01 UTC.
    let epoch: Int

    /// A moment as it is at this distance from Greenwich; nothing when it is further away than the year 9,999,999.
    init?(epoch: Int, nanosecond: Int = 0, utcOffset: Int) {
        guard epoch.magnitude < 315_000_000_000_000, utcOffset.magnitude < 360_000 else { return nil }
        let local = epoch + utcOffset
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let seconds = local - days * 86_400
        (year, month, day) = CivilTime.date(ofDay: days)
        hour = seconds / 3600
        minute = seconds / 60 % 60
        second = seconds % 60
        self.nanosecond = nanosecond
        self.utcOffset = utcOffset
        self.epoch = epoch
    }

    /// A date and time; nothing when there is no such date or time.
    init?(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, nanosecond: Int = 0,
        utcOffset: Int
    ) {
        guard year.magnitude < 9_999_999, (1...12).contains(month),
            (1...CivilTime.days(in: month, of: year)).contains(day),
            (0...24).contains(hour), (0..<60).contains(minute), (0...60).contains(second),
            hour < 24 || minute + second == 0
        else { return nil }
        let seconds = hour * 3600 + minute * 60 + second
        self.init(
            epoch: CivilTime.day(year: year, month: month, day: day) * 86_400 + seconds - utcOffset,
            nanosecond: nanosecond, utcOffset: utcOffset)
    }

    /// 0 for Sunday.
    var weekday: Int { CivilTime.weekday(ofDay: CivilTime.day(year: year, month: month, day: day)) }

    /// Counted from 1.
    var dayOfYear: Int {
        CivilTime.day(year: year, month: month, day: day) - CivilTime.day(year: year, month: 1, day: 1) + 1
    }

    /// Year and week as ISO 8601 counts them: weeks start on Monday, the first holds the year's first Thursday.
    var isoWeek: (year: Int, week: Int) {
        let week = (dayOfYear - (weekday + 6) % 7 + 9) / 7
        if week < 1 { return (year - 1, CivilTime.isoWeeks(of: year - 1)) }
        return week > CivilTime.isoWeeks(of: year) ? (year + 1, 1) : (year, week)
    }

    /// The week of the year when weeks start on this weekday; days before the first one are in week 0.
    func week(startingOn first: Int) -> Int { (dayOfYear + 6 - (weekday - first + 7) % 7) / 7 }

    // MARK: Days

    /// Days since 1970-01-01, in the arithmetic of eras of 400 years (Howard Hinnant, "chrono-Compatible Low-Level
    /// Date Algorithms", days_from_civil).
    static func day(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The reverse (the same source, civil_from_days).
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let day = day + 719_468
        let era = (day >= 0 ? day : day - 146_096) / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func weekday(ofDay day: Int) -> Int { ((day + 4) % 7 + 7) % 7 }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isoWeeks(of year: Int) -> Int {
        let first = weekday(ofDay: day(year: year, month: 1, day: 1))
        let last = weekday(ofDay: day(year: year, month: 12, day: 31))
        return first == 4 || last == 4 ? 53 : 52
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November",
        "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
