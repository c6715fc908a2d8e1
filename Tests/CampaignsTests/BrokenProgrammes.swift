@testable import Campaigns

private let duration = "a duration such as `3 days`"
private let points = "`points` is a whole number from 1"

extension BrokenExample {
    static let programmes: [BrokenExample] = [
        programme(
            "programme", "programme: ⟦golden beans",
            "`programme` is an identifier of letters, digits, `-` and `_`, not `golden beans`"),
        programme("unit", "unit: ⟦beans", "`unit` is a mapping, not `beans`"),
        programme("unit.one", "unit: ⟦{ many: beans }", "`one` is missing in `unit`"),
        programme("unit.many", "unit: { one: bean, ⟦many: }", "`many` has no value"),
        programme("earn", "earn: ⟦[]", "`earn` needs at least one member"),
        earn(
            "rule", "{ rule: ⟦purchases, points: 1 }",
            "`rule` is one of `purchase`, `birthday`, `survey`, `referral`, `challenge`, not `purchases`"),
        earn("per", "⟦{ rule: purchase, points: 1 }", "`per` is missing in `earn`"),
        earn(
            "per", "{ rule: purchase, per: ⟦0 EUR, points: 1 }",
            "`per` is an amount such as `30 EUR`, not `0 EUR`"
        ).beyondSchema,
        earn("points", "{ rule: birthday, points: ⟦1.5 }", "\(points), not `1.5`"),
        earn(
            "points", "{ rule: birthday, points: ⟦9999999999999999999 }",
            "\(points), not `9999999999999999999`"),
        earn("times", "{ rule: purchase, per: 1 EUR, points: 1, times: ⟦2 }", "`times` is a list, not `2`"),
        times("tier", "{ tier: ⟦platinum, by: 2 }", "unknown tier `platinum`").beyondSchema,
        times("category", "{ ⟦category: , by: 2 }", "`category` has no value"),
        times(
            "between", "{ between: ⟦december, by: 2 }",
            "`between` is two dates such as `2026-12-01 .. 2026-12-24`, not `december`"),
        times("by", "{ by: ⟦double }", "`by` is a factor such as `1.25`, not `double`"),
        times("by", "{ by: ⟦-1 }", "`by` is a factor such as `1.25`, not `-1`"),
        earn("survey", "{ rule: survey, survey: ⟦nsp, points: 20 }", "unknown survey `nsp`").beyondSchema,
        earn(
            "cap", "{ rule: survey, survey: nps, points: 20, cap: ⟦once }",
            "`cap` is a limit such as `2 per 7 days`, not `once`"),
        earn(
            "after", "{ rule: referral, points: 20, after: ⟦sign-up }",
            "`after` is `first order of the friend`, not `sign-up`"),
        earn(
            "when", "{ rule: challenge, points: 20, when: ⟦unknown-group }", "unknown segment `unknown-group`"
        ).beyondSchema,
        programme("pending", "pending: ⟦two weeks", "`pending` is \(duration), not `two weeks`"),
        programme("pending", "expire: 1 month\npending: ⟦31 days", "points expire before they can be spent")
            .asWarning,
        programme(
            "expire", "expire: ⟦12 months, end of year",
            "`expire` is `never`, or a duration such as `12 months`, `12 months, end of month` or `6 months after last activity`, not `12 months, end of year`"
        ),
        programme("tiers", "tiers: ⟦gold", "`tiers` is a mapping, not `gold`"),
        tiers("window", "window: ⟦year", "`window` is \(duration), not `year`"),
        tiers("review", "review: ⟦yearly", "`review` is one of `anniversary`, `real_time`, not `yearly`"),
        tiers("levels", "levels: ⟦[{ name: gold, from: 500 }]", "no tier begins at 0").beyondSchema,
        tiers(
            "levels.name", "levels: [{ name: a, from: 0 }, { name: ⟦a, from: 5 }]",
            "the tier `a` is there twice"
        ).beyondSchema,
        tiers(
            "levels.from", "levels: [{ name: a, from: ⟦-1 }, { name: b, from: 0 }]",
            "`from` is a whole number from 0, not `-1`"),
        tiers(
            "levels.from", "levels: [{ name: a, from: 0 }, { name: b, from: ⟦0 }]",
            "the limit `0` is there twice"
        ).beyondSchema,
        programme("rewards", "rewards: ⟦[]", "`rewards` needs at least one member"),
        reward(
            "reward", "{ points: 5, gives: coupon, text: A }", "`reward` is missing in `rewards`",
            isWhole: true),
        reward("points", "{ reward: a, points: ⟦free, gives: coupon, text: A }", "\(points), not `free`"),
        reward(
            "gives", "{ reward: a, points: 5, gives: ⟦money, text: A }", "`gives` is `coupon`, not `money`"),
        reward("text", "{ reward: a, points: 5, gives: coupon, ⟦txt: A, text: A }", "unknown key `txt`"),
        programme("pay", "pay: ⟦{ points: 100 }", "`worth` is missing in `pay`"),
        programme("pay.points", "pay: { points: ⟦0, worth: 1 EUR }", "\(points), not `0`"),
        programme(
            "pay.worth", "pay: { points: 100, worth: ⟦EUR 1 }",
            "`worth` is an amount such as `30 EUR`, not `EUR 1`"),
        programme(
            "pay.minimum", "pay: { points: 100, worth: 1 EUR, minimum: ⟦some }",
            "`minimum` is a whole number from 0, not `some`"),
        programme("remind", "remind: [30 days, ⟦soon]", "`remind` is \(duration), not `soon`"),
        programme(
            "remind", "expire: 1 month\nremind: [⟦30 days]", "the reminder comes before the points are earned"
        ).asWarning,
        programme(
            "cost_per_point", "cost_per_point: ⟦0.008",
            "`cost_per_point` is an amount such as `0.008 EUR`, not `0.008`"),
    ]

    private static func programme(_ key: String, _ lines: String, _ message: String) -> BrokenExample {
        BrokenExample(.programme, key, lines, message)
    }

    private static func earn(_ key: String, _ rule: String, _ message: String) -> BrokenExample {
        programme("earn.\(key)", "earn: [\(rule)]", message)
    }

    private static func times(_ key: String, _ multiplier: String, _ message: String) -> BrokenExample {
        earn("times.\(key)", "{ rule: purchase, per: 1 EUR, points: 1, times: [\(multiplier)] }", message)
    }

    private static func tiers(_ key: String, _ line: String, _ message: String) -> BrokenExample {
        let base = ["window: 12 months", "levels: [{ name: green, from: 0 }]"]
        let name = line.prefix { $0 != ":" }
        let lines = base.filter { !$0.hasPrefix(name) } + [line]
        return programme("tiers.\(key)", "tiers:\n" + lines.map { "  \($0)\n" }.joined(), message)
    }

    private static func reward(_ key: String, _ value: String, _ message: String, isWhole: Bool = false)
        -> BrokenExample
    {
        programme("rewards.\(key)", "rewards: [\(isWhole ? "⟦" : "")\(value)]", message)
    }
}
