import Model
import TestSupport

@testable import Campaigns

/// Random conditions in normal form, every kind of them.
struct ConditionGenerator {
    private var random: SeededGenerator
    private let place = Place(file: "", line: 1, column: 1)

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func condition(depth: Int) -> Condition {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 10), using: &random) {
        case 0: return .subscribed
        case 1: return .segment(pick(["regulars", "at-risk", "x9", "pärnu"]), place)
        case 2: return .mail(history())
        case 3: return test()
        case 4: return aggregate(depth: depth)
        case 5: return time()
        case 6: return .isEmpty(operand(.customer(pick([.city, .birthday, .tags, .joined]))))
        case 7:
            return .contains(
                operand(pick([.customer(.tags), .customer(.email), .attribute("note")])), text())
        case 8: return number()
        case 9: return group()
        case 10: return .not(condition(depth: depth - 1))
        default:
            let isAny = Bool.random(using: &random)
            let count = Int.random(in: 2...4, using: &random)
            return .joining((0..<count).map { _ in condition(depth: depth - 1) }, any: isAny)
        }
    }

    private mutating func test() -> Condition {
        let comparison = pick([Condition.Comparison.equal, .notEqual])
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            return .compares(
                operand(.customer(pick([.city, .gender, .locale, .id]))), comparison, .text(text()))
        case 1: return .compares(operand(.customer(.country)), comparison, .text(pick(["EE", "NO", "IN"])))
        case 2: return .isOneOf(operand(.customer(.city)), [.text(text()), .text(text())])
        case 3:
            return .compares(
                operand(.attribute("plan")), comparison, pick([.text("5"), .text("pro"), .number(5)]))
        default:
            return .compares(
                operand(.tier), pick(Condition.Comparison.allCases), .text(pick(["gold", "green"])))
        }
    }

    private mutating func number() -> Condition {
        let comparison = pick(Condition.Comparison.allCases)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .compares(operand(.points(pick(PointsField.allCases))), comparison, .number(decimal()))
        case 1:
            return .compares(operand(.orders(.count, within: maybePeriod())), comparison, .number(decimal()))
        default:
            let field = pick([Operand.Field.orders(.total, within: maybePeriod()), .ltv])
            return .compares(operand(field), comparison, .money(money()))
        }
    }

    private mutating func group() -> Condition {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .isOneOf(operand(.rfm), [.text(pick(ConditionWords.rfmGroups)), .text("lost")])
        case 1: return .compares(operand(.npsGroup), .equal, .text(pick(ConditionWords.npsGroups)))
        default: return .compares(operand(.npsScore), pick(Condition.Comparison.allCases), .number(9))
        }
    }

    private mutating func time() -> Condition {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return .within(
                operand(pick([.customer(.joined), .orders(.last, within: nil), .attribute("x")])), period())
        case 1:
            return .isOlder(operand(pick([.customer(.birthday), .orders(.first, within: nil)])), period())
        case 2: return .withinNext(operand(pick([.customer(.birthday), .attribute("renewal")])), period())
        default:
            let date = CalendarDate(daysSinceEpoch: Int64.random(in: 0...30_000, using: &random))
            return .compares(operand(.customer(.joined)), pick(Condition.Comparison.allCases), .date(date))
        }
    }

    private mutating func aggregate(depth: Int) -> Condition {
        let isOverOrders = Bool.random(using: &random)
        let function: Aggregate.Function =
            isOverOrders
            ? pick([.countOrders, .sumOrders(.total), .sumOrders(.quantity), .sumOrders(.cost)])
            : pick([.countEvents, .sumEvents("value")])
        var aggregate = Aggregate(function: function, condition: nil, within: maybePeriod())
        if Bool.random(using: &random) { aggregate.condition = row(isOverOrders, depth: depth) }
        let isMoney = function == .sumOrders(.total) || function == .sumOrders(.cost)
        let literal: Literal = isMoney ? .money(money()) : .number(decimal())
        return .compares(operand(.aggregate(aggregate)), pick(Condition.Comparison.allCases), literal)
    }

    private mutating func row(_ isOverOrders: Bool, depth: Int) -> Condition {
        if depth > 0, Bool.random(using: &random) {
            let members = [row(isOverOrders, depth: depth - 1), row(isOverOrders, depth: depth - 1)]
            return .joining(members, any: Bool.random(using: &random))
        }
        guard isOverOrders else { return .compares(operand(.event("name")), .equal, .text(text())) }
        return pick([
            .compares(operand(.row(.category)), .equal, .text("coffee")),
            .compares(operand(.row(.total)), .atLeast, .money(money())),
            .not(.isEmpty(operand(.row(.sku)))),
            .compares(operand(.row(.quantity)), .greater, .number(2)),
        ])
    }

    private mutating func history() -> MailHistory {
        MailHistory(
            action: pick(MailHistory.Action.allCases), name: pick([nil, "november-thanks", "is", "2026"]),
            within: maybePeriod(), place: place)
    }

    private mutating func text() -> String {
        pick([
            "coffee", "and", "a b", "", "5", "2026-01-01", "say \"hi\"", "back\\slash", "ü", "x-1", "]", "'",
        ])
    }

    private static let decimals = [
        "0", "1", "-3", "0.5", "1.25", "0.000001", "-0.00004", "123456789012", "99999.999999", "3",
    ].compactMap { DecimalNumber($0) }

    private mutating func decimal() -> DecimalNumber { pick(Self.decimals) }

    private mutating func money() -> Money {
        Money(
            minor: Int64.random(in: 0...9_999_999, using: &random),
            pick(["EUR", "JPY", "TND"].compactMap { Currency($0) }))
    }

    private static let periods = ["1 hour", "3 days", "2 weeks", "12 months", "400 years"].compactMap {
        Period($0)
    }

    private mutating func period() -> Period { pick(Self.periods) }

    private mutating func maybePeriod() -> Period? {
        Bool.random(using: &random) ? period() : nil
    }

    private func operand(_ field: Operand.Field) -> Operand { Operand(field, at: place) }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}
