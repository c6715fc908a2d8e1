/// A length of time as people say it: `14 days`, `12 months`. Days and longer follow the calendar of a
/// zone, so a day is not always 24 hours; hours are exact.
package struct Period: Hashable, Sendable, CustomStringConvertible {
    /// What is counted.
    package enum Unit: String, CaseIterable, Sendable {
        case hours, days, weeks, months, years
    }

    /// How many, 0 to 1,000,000.
    package let count: Int
    /// Of what.
    package let unit: Unit

    /// A length of time.
    /// - Returns: nil when the count is outside 0 to 1,000,000.
    package init?(_ count: Int, _ unit: Unit) {
        guard (0...1_000_000).contains(count) else { return nil }
        (self.count, self.unit) = (count, unit)
    }

    /// Reads a whole number and a unit in singular or plural: `1 month`, `14 days`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count == 2, words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(words[0]),
            let unit = Unit.allCases.first(where: { $0.rawValue == words[1] || $0.singular == words[1] })
        else { return nil }
        self.init(count, unit)
    }

    /// As written in campaign files: `1 month`, `14 days`.
    package var description: String { "\(count) \(count == 1 ? unit.singular : unit.rawValue[...])" }
}

extension Period.Unit {
    fileprivate var singular: Substring { rawValue.dropLast() }
}
