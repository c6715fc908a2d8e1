import Campaigns
import GRDB
import Model

/// What can be asked about a value, as SQL. The cases are those of the evaluation in memory.
extension OperandSQL {
    func compares(_ comparison: Condition.Comparison, with literal: Literal, _ context: ConditionSQL) -> SQL {
        let symbol: SQL = "\(sql: comparison.symbol)"
        switch (self, literal) {
        case (.text(let text), .text(let other)), (.attribute(let text), .text(let other)):
            return "(\(text) \(symbol) \(other))"
        case (.language(let tag), .text(let range)):
            let prefix = Language.normalized(range) + "-"
            let place: SQL = "instr(lower(replace(\(tag), '_', '-')) || '-', \(prefix))"
            return comparison == .equal ? "(\(place) = 1)" : "(\(place) <> 1)"
        case (.attribute(let text), .number(let other)):
            return "(boon_millionths(\(text)) \(symbol) \(other.millionths))"
        case (.attribute(let text), .date(let other)):
            return "(boon_date(\(text)) \(symbol) \(other.description))"
        case (.whole(let number, let rows), .number(let other)):
            return Self.compares(number, comparison, other).asked(over: rows)
        case (.sum(let number, let parts, let rows), .number(let other)):
            guard let (comparison, whole) = other.amongWholeNumbers(comparison, parts: parts) else {
                return comparison == .equal ? "FALSE" : "TRUE"
            }
            return Self.sum(number, comparison, whole).asked(over: rows)
        case (.sum(let number, _, let rows), .money(let money)):
            return Self.sum(number, comparison, money.minor).asked(over: rows)
        case (.money(let minor, let isComparable), .money(let money)):
            return "(\(isComparable) AND \(minor) \(symbol) \(money.minor))"
        case (.instant(let instant, let rows), .date(let date)):
            let day = DaySpan(date, in: context.zone)
            return Self.compares(instant, comparison, day).asked(over: rows)
        case (.birthday(let day), .date(let date)): return "(\(day) \(symbol) \(date.description))"
        case (.npsGroup(let score), .text(let name)):
            guard let scores = NPSGroup(rawValue: name)?.scores else { return "FALSE" }
            let word = comparison == .equal ? "BETWEEN" : "NOT BETWEEN"
            return "(\(score) \(sql: word) \(scores.lowerBound) AND \(scores.upperBound))"
        case (.tier(let rank), .text(let name)):
            let levels = context.definitions.programme?.tiers?.levels ?? []
            guard let index = levels.firstIndex(where: { $0.name == name }) else { return "FALSE" }
            return "(\(rank) \(symbol) \(index))"
        default: return "FALSE"
        }
    }

    func isOne(of literals: [Literal], _ context: ConditionSQL) -> SQL {
        switch (self, literals.first) {
        case (.text(let text), .text), (.attribute(let text), .text):
            let texts = literals.compactMap { literal -> SQL? in
                if case .text(let other) = literal { "\(other)" } else { nil }
            }
            return "(\(text) IN (\(texts.joined(separator: ", "))))"
        default:
            return literals.map { compares(.equal, with: $0, context) }[...].balanced(by: "OR")
        }
    }

    func contains(_ text: String) -> SQL {
        switch self {
        case .text(let whole), .language(let whole), .attribute(let whole):
            return "(instr(\(whole), \(text)) > 0)"
        case .tags(let tags):
            // No tag is empty or has a bar in it, so a text that is or has finds none.
            let isTag = !text.isEmpty && !text.utf8.contains(UInt8(ascii: "|"))
            return isTag ? "(instr(\(tags), \("|\(text)|")) > 0)" : "FALSE"
        default: return "FALSE"
        }
    }

    var isEmpty: SQL {
        switch self {
        case .missing: "TRUE"
        case .text(let text), .language(let text), .attribute(let text): "(COALESCE(\(text), '') = '')"
        case .tags(let tags): "(COALESCE(replace(\(tags), '|', ''), '') = '')"
        case .whole(let value, let rows), .instant(let value, let rows):
            ("(\(value) IS NULL)" as SQL).asked(over: rows)
        case .money(let value, _), .birthday(let value), .npsGroup(let value), .tier(let value):
            "(\(value) IS NULL)"
        case .sum: "FALSE"
        }
    }
}

// MARK: - Time

extension OperandSQL {
    func isWithin(_ period: Period, _ context: ConditionSQL) -> SQL {
        switch self {
        case .instant(let instant, let rows):
            return context.happened(instant, within: period).asked(over: rows)
        case .attribute(let text):
            let start = context.now.subtracting(period, in: context.zone).local(in: context.zone).date
            return "(boon_date(\(text)) BETWEEN \(start.description) AND \(context.today.description))"
        default: return "FALSE"
        }
    }

    func isOlder(than period: Period, _ context: ConditionSQL) -> SQL {
        let limit = context.now.subtracting(period, in: context.zone)
        let day = limit.local(in: context.zone).date.description
        switch self {
        case .instant(let instant, let rows):
            return ("(\(instant) < \(limit.milliseconds))" as SQL).asked(over: rows)
        case .birthday(let date): return "(\(date) <= \(day))"
        case .attribute(let text): return "(boon_date(\(text)) < \(day))"
        default: return "FALSE"
        }
    }

    func isWithinNext(_ period: Period, _ context: ConditionSQL) -> SQL {
        let last = context.now.adding(period, in: context.zone).local(in: context.zone).date
        switch self {
        case .birthday(let date):
            // Of a birthday only month and day matter, so the days that come round are few enough to name them.
            let days = Self.daysOfLeapYear.filter { $0.nextAnniversary(onOrAfter: context.today) <= last }
            let names = days.map { "\(String($0.description.dropFirst(5)))" as SQL }
            return "(substr(\(date), 6) IN (\(names.joined(separator: ", "))))"
        case .attribute(let text):
            return
                "(boon_date(\(text)) BETWEEN \(context.today.description) AND \(last.description))"
        default: return "FALSE"
        }
    }

    private static let daysOfLeapYear = (0..<366).map { CalendarDate(daysSinceEpoch: 10_957 + $0) }
}

extension ConditionSQL {
    fileprivate var today: CalendarDate { now.local(in: zone).date }
}

// MARK: - Numbers

extension OperandSQL {
    /// A whole number, or NULL, against a decimal one.
    private static func compares(
        _ number: SQL, _ comparison: Condition.Comparison, _ other: DecimalNumber
    ) -> SQL {
        guard let (comparison, whole) = other.amongWholeNumbers(comparison, parts: 1) else {
            return comparison == .equal ? "FALSE" : "(\(number) IS NOT NULL)"
        }
        return "(\(number) \(sql: comparison.symbol) \(whole))"
    }

    /// A sum of 64-bit numbers, whatever it comes to, against one: both as their upper and lower 32 bits, since
    /// SQLite fails on a sum that leaves the range, and no count of rows makes these leave it.
    private static func sum(_ number: SQL, _ comparison: Condition.Comparison, _ other: Int64) -> SQL {
        let (upper, lower) = SQL.sums(of: number)
        return """
            ((\(upper) + (\(lower) >> 32), \(lower) & 4294967295)
            \(sql: comparison.symbol) (\(other >> 32), \(other & 0xFFFF_FFFF)))
            """
    }

    private static func compares(
        _ instant: SQL, _ comparison: Condition.Comparison, _ day: DaySpan
    ) -> SQL {
        let (start, end) = (day.start.milliseconds, day.end.milliseconds)
        return switch comparison {
        case .equal: "(\(instant) >= \(start) AND \(instant) < \(end))"
        case .notEqual: "(\(instant) < \(start) OR \(instant) >= \(end))"
        case .less: "(\(instant) < \(start))"
        case .atMost: "(\(instant) < \(end))"
        case .greater: "(\(instant) >= \(end))"
        case .atLeast: "(\(instant) >= \(start))"
        }
    }
}

extension DecimalNumber {
    /// The comparison of a number of whole parts with this one, as one with a whole number of parts.
    /// - Returns: nil where none can be equal and that is what is asked.
    fileprivate func amongWholeNumbers(
        _ comparison: Condition.Comparison, parts: Int64
    ) -> (Condition.Comparison, Int64)? {
        let (whole, rest) = millionths.dividingFloor(by: 1_000_000 / parts)
        if rest == 0 { return (comparison, whole) }
        switch comparison {
        case .less, .atMost: return (.atMost, whole)
        case .greater, .atLeast: return (.greater, whole)
        case .equal, .notEqual: return nil
        }
    }
}

extension SQL {
    /// The sums of the upper and of the lower 32 bits of 64-bit numbers: 0 over nothing.
    static func sums(of number: SQL) -> (upper: SQL, lower: SQL) {
        (
            "CAST(COALESCE(sum((\(number)) >> 32), 0) AS BIGINT)",
            "CAST(COALESCE(sum((\(number)) & 4294967295), 0) AS BIGINT)"
        )
    }

    /// The question, asked inside the query over some rows.
    fileprivate func asked(over rows: SQL?) -> SQL {
        rows.map { "(SELECT \(self) FROM \($0))" } ?? self
    }
}

extension Condition.Comparison {
    fileprivate var symbol: String {
        switch self {
        case .equal: "="
        case .notEqual: "<>"
        case .less, .atMost, .greater, .atLeast: rawValue
        }
    }
}
