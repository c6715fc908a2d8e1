import Loyalty

extension Shape {
    static let programme = Shape.keys([
        Key("programme", "The identifier.", .value(Formats.identifier), required: true),
        Key(
            "unit", "What points are called.",
            .keys([
                Key("one", "One of them, per language.", lines, required: true),
                Key("many", "Several of them, per language.", lines, required: true),
            ]), required: true),
        Key("earn", "How points are earned.", .list(earnRule, atLeast: 1), required: true),
        Key(
            "pending", "How long earned points wait before they can be spent: until the return period ends.",
            .value(Formats.period)),
        Key(
            "expire",
            "When points that nobody spends are lost: `12 months`, `12 months, end of month`, `6 months after last activity` or `never`, the default.",
            .value(Formats.expiry)),
        Key("tiers", "Levels that customers reach.", tiers),
        Key("rewards", "What points can be exchanged for.", .list(reward, atLeast: 1)),
        Key(
            "pay", "Points as a means of payment.",
            .keys([
                Key("points", "So many points", points, required: true),
                Key("worth", "are worth so much.", .value(Formats.money), required: true),
                Key(
                    "minimum", "The fewest points that can be paid with.",
                    .value(Formats.integer(0...1_000_000_000))),
            ])),
        Key(
            "remind", "How long before points expire their owner is reminded.",
            .list(.value(Formats.period), atLeast: 1)),
        Key("cost_per_point", "What a point costs the shop when it is redeemed.", .value(Formats.pointCost)),
    ])

    private static let points = Shape.value(Formats.integer(1...1_000_000_000))

    private static let earnRule: Shape = {
        let amount = Key("points", "So many points.", points, required: true)
        return .variants(
            key: "rule", doc: "What earns points.",
            [
                Variant(
                    word: "purchase",
                    keys: [
                        Key("per", "For each so much money.", .value(Formats.money), required: true), amount,
                        Key("times", "What multiplies the points.", .list(multiplier, atLeast: 1)),
                    ]),
                Variant(word: "birthday", keys: [amount]),
                Variant(
                    word: "survey",
                    keys: [
                        Key("survey", "The survey's identifier.", .value(Formats.identifier), required: true),
                        amount,
                        Key("cap", "How often it gives points, `1 per 30 days`.", .value(Formats.limit)),
                    ]),
                Variant(
                    word: "referral",
                    keys: [
                        amount,
                        Key(
                            "after", "What the friend must have done.",
                            .words(ReferralRule.Moment.allCases.map(\.rawValue)), required: true),
                    ]),
                Variant(
                    word: "challenge",
                    keys: [amount, Key("when", "The condition to meet.", condition, required: true)]),
            ])
    }()

    private static let multiplier = Shape.keys([
        Key("tier", "For customers of this tier.", .value(Formats.identifier)),
        Key("category", "For order lines of this category.", .value(Formats.line)),
        Key("between", "On these days, both included.", .value(Formats.dateRange)),
        Key("by", "The factor.", .value(Formats.factor), required: true),
    ])

    private static let tiers = Shape.keys([
        Key("window", "How far back earned points count.", .value(Formats.period), required: true),
        Key(
            "review",
            "When a level is lost: at the `anniversary` of reaching it (the default) or in `real_time`.",
            .words(TierPolicy.Review.allCases.map(\.rawValue))),
        Key(
            "levels", "The levels.",
            .list(
                .keys([
                    Key("name", "The tier's name.", .value(Formats.identifier), required: true),
                    Key(
                        "from", "Points earned within the window from which on a customer has it.",
                        .value(Formats.integer(0...1_000_000_000)), required: true),
                ]), atLeast: 1), required: true),
    ])

    private static let reward = Shape.keys([
        Key("reward", "The identifier.", .value(Formats.identifier), required: true),
        Key("points", "What it costs.", points, required: true),
        Key("gives", "What the customer gets.", .words(Reward.Gift.allCases.map(\.rawValue)), required: true),
        Key("text", "What it is, per language.", lines, required: true),
    ])
}

extension Formats {
    static let expiry = Format<ExpiryPolicy>(
        "`never`, or a duration such as `12 months`, `12 months, end of month` or `6 months after last activity`",
        pattern:
            "never|[1-9][0-9]{0,5} +(?:hour|day|week|month|year)s?(?:, *end of month| +after last activity)?"
    ) { text in
        if text == "never" { return .never }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2, parts[1].drop(while: { $0 == " " }) == "end of month" {
            return period.parse(String(parts[0])).map { .after($0, endOfMonth: true) }
        }
        let activity = " after last activity"
        guard text.hasSuffix(activity) else { return period.parse(text).map { .after($0) } }
        return period.parse(String(text.dropLast(activity.count))).map(ExpiryPolicy.afterLastActivity)
    }
}
