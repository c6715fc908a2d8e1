import Model

/// How many messages in how much time: `100/s`, `20000/hour`, `500/day`.
package struct Rate: Hashable, Sendable {
    /// The time over which messages are counted.
    package enum Unit: String, CaseIterable, Sendable {
        case second = "s"
        case minute = "min"
        case hour = "hour"
        case day = "day"

        /// Its length in seconds.
        package var seconds: Int {
            switch self {
            case .second: 1
            case .minute: 60
            case .hour: 3600
            case .day: 86_400
            }
        }
    }

    /// Messages, above zero.
    package let count: Int
    package let unit: Unit

    /// So many messages in each unit of time.
    package init(_ count: Int, per unit: Unit) {
        (self.count, self.unit) = (count, unit)
    }

    /// Reads `100/s`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = WholeNumber.parse(parts[0]), (1...1_000_000_000).contains(count),
            let unit = Unit(rawValue: String(parts[1]))
        else { return nil }
        self.init(count, per: unit)
    }
}

extension Rate: CustomStringConvertible {
    /// `100/s`.
    package var description: String { "\(count)/\(unit.rawValue)" }
}

/// At most so many in any such time: `2 per 7 days`.
package struct Limit: Hashable, Sendable {
    /// How many, above zero.
    package let count: Int
    /// In any stretch of time of this length.
    package let period: Period

    /// At most `count` in any `period`.
    package init(_ count: Int, per period: Period) {
        (self.count, self.period) = (count, period)
    }

    /// Reads `2 per 7 days`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count == 4, words[1] == "per", let count = WholeNumber.parse(words[0]),
            (1...1_000_000_000).contains(count), let period = Period("\(words[2]) \(words[3])")
        else { return nil }
        self.init(count, per: period)
    }
}

extension Limit: CustomStringConvertible {
    /// `2 per 7 days`.
    package var description: String { "\(count) per \(period)" }
}
