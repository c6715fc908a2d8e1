import Model

/// The five fields of cron (POSIX crontab): minute, hour, day of the month, month, day of the week.
package struct Cron: Hashable, Sendable {
    /// 0 to 59.
    package let minutes: Set<Int>
    /// 0 to 23.
    package let hours: Set<Int>
    /// 1 to 31.
    package let days: Set<Int>
    /// 1 to 12.
    package let months: Set<Int>
    /// ISO 8601: 1 for Monday to 7 for Sunday (cron's 0 is 7).
    package let weekdays: Set<Int>
    /// POSIX: when both the day of the month and the day of the week are restricted, either is enough. A field
    /// that names every value, `*` or `1-31`, restricts nothing.
    package let matchesEitherDay: Bool

    /// Whether it goes off on a day.
    package func matches(_ date: CalendarDate) -> Bool {
        let (day, weekday) = (days.contains(date.day), weekdays.contains(date.weekday))
        return months.contains(date.month) && (matchesEitherDay ? day || weekday : day && weekday)
    }
}

extension Cron {
    /// Why a text is no cron expression.
    struct Problem: Error {
        /// One clause: ``the hour `25` is not 0 to 23``.
        let message: String
        /// Where in the text it is, in UTF-8 bytes.
        var offset = 0
    }

    private struct Field {
        let name: String
        let range: ClosedRange<Int>
        var names: [String] = []
    }

    private static let fields = [
        Field(name: "minute", range: 0...59), Field(name: "hour", range: 0...23),
        Field(name: "day of the month", range: 1...31),
        Field(
            name: "month", range: 1...12,
            names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Field(
            name: "day of the week", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]

    /// Reads `0 9 * * 1`: numbers, English three-letter names, `*`, lists, ranges and steps.
    /// - Throws: `Problem` that names the field.
    init(parsing text: String) throws(Problem) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard words.count == Self.fields.count else {
            throw Problem(message: "cron has five fields (minute hour day month weekday), not \(words.count)")
        }
        var sets: [Set<Int>] = []
        for (field, word) in zip(Self.fields, words) {
            sets.append(try Self.values(word, of: field, in: text))
        }
        (minutes, hours, days, months) = (sets[0], sets[1], sets[2], sets[3])
        weekdays = Set(sets[4].map { $0 == 0 ? 7 : $0 })
        matchesEitherDay = days.count < 31 && weekdays.count < 7
        let longest = months.map { CalendarDate.length(ofMonth: $0, year: 2024) }.max() ?? 31
        guard matchesEitherDay || days.contains(where: { $0 <= longest }) else {
            throw Problem(message: "no month that is named has such a day")
        }
    }

    private static func values(_ word: Substring, of field: Field, in text: String) throws(Problem)
        -> Set<Int>
    {
        var values: Set<Int> = []
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let step = halves.count == 2 ? WholeNumber.parse(halves[1]) : 1
            guard let range = range(halves[0], of: field, isOpen: halves.count == 2), let step, step > 0
            else {
                let (low, high) = (field.range.lowerBound, field.range.upperBound)
                throw Problem(
                    message: "the \(field.name) `\(part)` is not \(low) to \(high)",
                    offset: text.utf8.distance(
                        from: text.startIndex, to: (part.isEmpty ? word : part).startIndex))
            }
            values.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
        }
        return values
    }

    /// `*`, `5`, `1-5`; a single number with a step runs to the end: `5/15`.
    private static func range(_ text: Substring, of field: Field, isOpen: Bool) -> ClosedRange<Int>? {
        if text == "*" { return field.range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { number($0, of: field) }
        switch ends.count {
        case 1:
            return ends[0].map { $0...(isOpen ? field.range.upperBound : $0) }
        case 2:
            guard let low = ends[0], let high = ends[1], low <= high else { return nil }
            return low...high
        default: return nil
        }
    }

    private static func number(_ text: Substring, of field: Field) -> Int? {
        if let index = field.names.firstIndex(of: text.lowercased()) { return index + field.range.lowerBound }
        return WholeNumber.parse(text).flatMap { field.range.contains($0) ? $0 : nil }
    }
}
