/// How a language writes dates: the names that `date` puts in the place of `%B %b %h %A %a`, its year in that of
/// `%EY`, and formats that have names.
public struct DateNames: Sendable {
    let months: [String]
    let shortMonths: [String]
    /// From Monday on.
    let weekdays: [String]
    let shortWeekdays: [String]
    let yearOffset: Int
    let formats: [String: String]

    /// Lists that are not complete are passed over for English.
    ///
    /// - Parameters:
    ///   - months: from January on.
    ///   - shortMonths: the same, short.
    ///   - weekdays: from Monday on.
    ///   - shortWeekdays: the same, short.
    ///   - yearOffset: what `%EY` adds to the year, 543 for the Buddhist era.
    ///   - formats: what stands for a format in templates, as `long` for `%-d %B %Y`.
    public init(
        months: [String] = [], shortMonths: [String] = [], weekdays: [String] = [],
        shortWeekdays: [String] = [],
        yearOffset: Int = 0, formats: [String: String] = [:]
    ) {
        let complete = { (names: [String], english: [String]) in
            names.count == english.count && !names.contains("") ? names : english
        }
        let prefixes = { (names: [String]) in names.map { String($0.prefix(3)) } }
        let fromMonday = Array(CivilTime.weekdays.dropFirst() + CivilTime.weekdays.prefix(1))
        self.months = complete(months, CivilTime.months)
        self.shortMonths = complete(shortMonths, prefixes(CivilTime.months))
        self.weekdays = complete(weekdays, fromMonday)
        self.shortWeekdays = complete(shortWeekdays, prefixes(fromMonday))
        (self.yearOffset, self.formats) = (yearOffset, formats)
    }

    static let english = DateNames()
}
