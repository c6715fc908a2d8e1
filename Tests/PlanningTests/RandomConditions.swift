import TestSupport
import Value

/// Random conditions as they are written, everything that can be decided, over the values of `RandomShop`.
struct RandomConditions {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Conditions of which later ones may name earlier ones as `s0`, `s1`, ...
    mutating func segments(_ count: Int) -> [String] {
        (0..<count).map { number in condition(depth: 3, known: number) }
    }

    private mutating func condition(depth: Int, known: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 7), using: &random) {
        case 0: return text()
        case 1: return time()
        case 2: return number()
        case 3: return money()
        case 4: return attribute("attributes.\(pick(["plan", "n.1", "õ", "none"]))", timed: true)
        case 5: return history()
        case 6:
            return known > 0 && pick([true, false, false])
                ? "s\(Int.random(in: max(0, known - 5)..<known, using: &random))" : group()
        case 7: return "not (\(condition(depth: depth - 1, known: known)))"
        default:
            let members = (0..<Int.random(in: 2...3, using: &random)).map { _ in
                "(\(condition(depth: depth - 1, known: known)))"
            }
            return members.joined(separator: pick([" and ", " or "]))
        }
    }

    private mutating func text() -> String {
        let city = pick(
            ["Pärnu", "P\u{61}\u{308}rnu", "''", "a|b", "\"%\"", "x"].map { $0 == "a|b" ? "\"a|b\"" : $0 })
        return pick([
            "subscribed", "consent \(equality()) \(pick(["subscribed", "pending"]))",
            "city \(equality()) \(city)", "city in [\(city), x]", "city contains \(city)", "city is empty",
            "country \(equality()) EE", "country in [EE, FI]", "country is empty",
            "locale \(equality()) \(pick(["et", "et-ee", "ET_EE", "fi", "e"]))", "locale in [fi, etx]",
            "locale is empty", "gender is empty", "id contains 1", "email contains \"c-2\"",
            "id in [c-1, c-3]",
            "tags contains \(pick(["vip", "vi", "\"a b\"", "\"vi|p\"", "\"\""]))", "tags is empty",
        ])
    }

    private mutating func time() -> String {
        let column = pick([
            "joined", "orders.last", "orders.first", "last_order", "attributes.plan", "attributes.n.1",
        ])
        return pick([
            "\(column) within \(period())", "\(column) older than \(period())",
            "\(column) \(comparison()) \(date())", "\(column) is empty", "birthday older than \(period())",
            "birthday within next \(period())", "attributes.plan within next \(period())",
            "birthday \(comparison()) \(date())", "birthday is empty",
        ])
    }

    private mutating func number() -> String {
        pick([
            "points.\(pick(["available", "pending", "earned", "spent"])) \(comparison()) \(pick(["0", "100", "57.5", "200"]))",
            "orders.count\(window()) \(comparison()) \(decimal())",
            "count(orders\(lines())\(window())) \(comparison()) \(decimal())",
            "sum(orders.quantity\(lines())\(window())) \(comparison()) \(decimal())",
            "count(events\(happenings())\(window())) \(comparison()) \(decimal())",
            "sum(events.value\(happenings())\(window())) \(comparison()) \(decimal())",
            "orders.count in [0, 2, 0.5]",
        ])
    }

    private mutating func money() -> String {
        pick([
            "orders.total\(window()) \(comparison()) \(amount())",
            "sum(orders.\(pick(["total", "cost"]))\(lines())\(window())) \(comparison()) \(amount())",
            "acquisition_cost \(comparison()) \(amount())", "acquisition_cost is empty",
            "ltv \(comparison()) \(pick(["2.5", "0 EUR", "150 EUR", "-0.01 EUR", "720 EUR", "0 USD"]))",
            "ltv is empty",
        ])
    }

    private mutating func group() -> String {
        let group = pick(RFMGroup.allCases).rawValue
        return pick([
            "tier \(comparison()) \(pick(["green", "gold", "reserve"]))", "tier in [green, reserve]",
            "tier is empty", "nps \(equality()) \(pick(["promoter", "passive", "detractor"]))",
            "nps in [passive, detractor]", "nps \(comparison()) \(pick(["6", "8.5", "10"]))",
            "nps in [9, 10]", "nps is empty", "rfm \(equality()) \(group)", "rfm in [\(group), champions]",
            "rfm is empty",
        ])
    }

    private mutating func history() -> String {
        let history = pick([
            "\(pick(["sent", "clicked", "opened"])) \(pick(["news", "thanks", "any"]))",
            "answered \(pick(["nps", "fit", "any"]))",
        ])
        return "\(history)\(window())\(pick(["", "", " is empty"]))"
    }

    private mutating func attribute(_ name: String, timed: Bool = false) -> String {
        pick([
            "\(name) \(equality()) \(pick(["pro", "\"5\"", "Pärnu", "\"\"", "\"'\\\"%_|\""]))",
            "\(name) \(comparison()) \(pick(["5", "-0.5", "0.000001", "999999999999"]))",
            "\(name) in [5, 0.000001]", "\(name) in [pro, \"5.0\"]", "\(name) in [2026-11-21, 2027-01-01]",
            "\(name) \(comparison()) \(date())", "\(name) contains \(pick(["r", "\"\"", "ä", "\"|\""]))",
            "\(name) is empty",
        ])
    }

    private mutating func lines() -> String {
        filter([
            "category \(equality()) coffee", "category in [coffee, tea]", "sku is empty",
            "quantity \(comparison()) \(decimal())", "quantity is empty", "cost \(comparison()) \(amount())",
            "total \(comparison()) \(amount())", "channel is empty", "channel == web",
            "currency \(equality()) EUR", "sku contains \"a\"",
        ])
    }

    private mutating func happenings() -> String {
        filter([
            "name \(equality()) demo", "name in [visit, \"5\"]", "name == 5", attribute("page"),
            attribute("value"),
        ])
    }

    private mutating func filter(_ tests: [String]) -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return ""
        case 1: return " where \(pick(tests))"
        case 2: return " where not \(pick(tests))"
        default: return " where \(pick(tests)) \(pick(["and", "or"])) \(pick(tests))"
        }
    }

    private mutating func window() -> String { pick(["", " within \(period())"]) }

    private mutating func period() -> String {
        pick([
            "1 hour", "12 hours", "1 day", "3 days", "2 weeks", "2 months", "1 year", "40 years", "400 years",
        ])
    }

    private mutating func date() -> String {
        pick([
            "2026-11-20", "2026-11-21", "2026-11-22", "2000-02-29", "1984-11-21", "0001-01-01", "9999-12-31",
        ])
    }

    private mutating func decimal() -> String {
        pick(["0", "1", "2", "3", "-1", "0.5", "5.5", "4.999999", "999999999999"])
    }

    private mutating func amount() -> String {
        pick(["0 EUR", "12.50 EUR", "1 EUR", "-0.05", "2.5", "12 JPY", "100 JPY", "0 USD"])
    }

    private mutating func comparison() -> String { pick(["==", "!=", "<", "<=", ">", ">="]) }

    private mutating func equality() -> String { pick(["==", "!="]) }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}
