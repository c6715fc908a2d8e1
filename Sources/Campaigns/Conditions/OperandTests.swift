import Foundation
import Model

/// What can be asked about a value, decided in memory.
extension OperandValue {
    func compares(_ comparison: Condition.Comparison, with literal: Literal, _ facts: Facts) -> Bool {
        switch (self, literal) {
        case (.text(let text), .text(let other)), (.attribute(let text), .text(let other)):
            comparison.holds(equal: Self.isSame(text, other))
        case (.language(let tag), .text(let range)):
            comparison.holds(equal: Language.range(range, matches: tag))
        case (.attribute(let text), .number(let other)):
            DecimalNumber(text).map { comparison.holds($0, other) } ?? false
        case (.attribute(let text), .date(let other)):
            CalendarDate(text).map { comparison.holds($0, other) } ?? false
        case (.number(let millionths), .number(let other)):
            comparison.holds(millionths, Int128(other.millionths))
        case (.money(let money), .money(let other)):
            money.currency == other.currency && comparison.holds(money.minor, other.minor)
        case (.instant(let instant), .date(let other)):
            DaySpan(other, in: facts.zone).holds(comparison, for: instant)
        case (.birthday(let date), .date(let other)): comparison.holds(date, other)
        case (.rfm(let score), .text(let name)): comparison.holds(equal: score.group.rawValue == name)
        case (.tier(let rank), .text(let name)):
            facts.tiers.firstIndex(of: name).map { comparison.holds(rank, $0) } ?? false
        default: false
        }
    }

    func contains(_ text: String) -> Bool {
        switch self {
        case .tags(let tags): tags.contains { Self.isSame($0, text) }
        case .text(let whole), .attribute(let whole), .language(let whole):
            Array(whole.utf8).contains(Array(text.utf8))
        default: false
        }
    }

    var isEmpty: Bool {
        switch self {
        case .missing: true
        case .text(let text), .attribute(let text), .language(let text): text.isEmpty
        case .tags(let tags): tags.isEmpty
        case .number, .money, .instant, .birthday, .rfm, .tier: false
        }
    }

    /// Byte for byte: the stores hold NFC, conditions are read into it, and SQL compares bytes.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}

// MARK: - Time

extension OperandValue {
    func isWithin(_ period: Period, of facts: Facts) -> Bool {
        let start = facts.now.subtracting(period, in: facts.zone)
        switch self {
        case .instant(let instant): return start <= instant && instant <= facts.now
        case .attribute(let text):
            guard let date = CalendarDate(text) else { return false }
            return start.local(in: facts.zone).date <= date && date <= facts.today
        default: return false
        }
    }

    func isOlder(than period: Period, of facts: Facts) -> Bool {
        let limit = facts.now.subtracting(period, in: facts.zone)
        switch self {
        case .instant(let instant): return instant < limit
        case .birthday(let date): return date <= limit.local(in: facts.zone).date
        case .attribute(let text):
            return CalendarDate(text).map { $0 < limit.local(in: facts.zone).date } ?? false
        default: return false
        }
    }

    func isWithinNext(_ period: Period, of facts: Facts) -> Bool {
        let last = facts.now.adding(period, in: facts.zone).local(in: facts.zone).date
        switch self {
        case .birthday(let date): return date.nextAnniversary(onOrAfter: facts.today) <= last
        case .attribute(let text): return CalendarDate(text).map { facts.today <= $0 && $0 <= last } ?? false
        default: return false
        }
    }
}

extension Condition.Comparison {
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .atMost: left <= right
        case .greater: left > right
        case .atLeast: left >= right
        }
    }

    /// For values that have no order.
    func holds(equal isEqual: Bool) -> Bool {
        switch self {
        case .equal: isEqual
        case .notEqual: !isEqual
        case .less, .atMost, .greater, .atLeast: false
        }
    }
}
