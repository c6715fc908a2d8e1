@testable import Campaigns

private let identifier = "an identifier of letters, digits, `-` and `_`"
private let duration = "a duration such as `3 days`"

extension BrokenExample {
    static let segments: [BrokenExample] = [
        BrokenExample(.segments, "segments", "segments: ⟦[vip]", "`segments` is a mapping, not a list"),
        BrokenExample(.segments, "segments", "segments: ⟦{}", "`segments` is empty"),
        segment(
            "⟦big spenders: subscribed", "a key of `segments` is \(identifier), not `big spenders`",
            inSchema: true),
        segment(
            "⟦orders: subscribed",
            "a segment cannot be called `orders`: conditions would read it as something else"),
        segment(
            "⟦2024-12: subscribed",
            "a segment cannot be called `2024-12`: conditions would read it as something else"),
        segment("⟦none:", "`none` has no value", inSchema: true),
        segment("best: ⟦county == EE", "unknown field `county`"),
        segment("best: ⟦regular and subscribed", "unknown segment `regular`"),
        segment("best: ⟦country", "`country` alone is no condition"),
        segment("best: country ⟦EE", "a comparison is expected, not `EE`"),
        segment("best: country == ⟦Estonia", "a country is two letters, not `Estonia`"),
        segment("best: country == EE ⟦vip", "`vip` is not expected here"),
        segment("best: country ⟦< EE", "a country can only be compared with == and !="),
        segment("best: country in ⟦EE", "`[` is expected after `in`, not `EE`"),
        segment("best: country in [EE ⟦FI]", "`,` or `]` is expected, not `FI`"),
        segment("best: country in [EE⟦", "`,` or `]` is expected, not the end"),
        segment("best: city == ⟦\"Tartu", "the quote is never closed"),
        segment("best: not⟦", "a condition is expected, not the end"),
        segment("best: ⟦and vip", "a condition is expected, not `and`"),
        segment("best: city == ⟦and", "a text is expected, not the keyword `and`"),
        segment("best: points.available >= ⟦many", "a number is expected, not `many`"),
        segment("best: points.available is ⟦empty", "a sum is never empty"),
        segment("best: orders.total >= ⟦alot", "an amount such as `30 EUR` is expected, not `alot`"),
        segment("best: orders.total >= ⟦2.005 EUR", "`2.005` is no amount of EUR"),
        segment("best: ⟦orders.size > 3", "`orders` has no field `size`"),
        segment(
            "best: orders.count within ⟦soon >= 3", "a duration such as `3 days` is expected, not `soon`"),
        segment("best: orders.last older ⟦90 days", "`than` is expected after `older`, not `90`"),
        segment("best: last_order ⟦within next 3 days", "a time is not within the next days"),
        segment("best: birthday ⟦within 3 days", "a day of the year is not within a duration"),
        segment("best: count⟦[orders]", "`(` is expected, not `[`"),
        segment("best: count(⟦mails) > 1", "`mails` cannot be counted"),
        segment("best: sum(⟦orders) > 1", "`orders` cannot be summed"),
        segment("best: count(orders where ⟦colour == red) > 1", "unknown field `colour`"),
        segment("best: count(orders within 3 days ⟦where sku == a) > 1", "`)` is expected, not `where`"),
        segment("best: ⟦tier == platinum", "unknown tier `platinum`"),
        segment("best: rfm == ⟦whale", "unknown value `whale`"),
        segment("best: joined >= ⟦yesterday", "a date such as `2026-12-01` is expected, not `yesterday`"),
        segment("best: joined >= ⟦2026-02-30", "a date such as `2026-12-01` is expected, not `2026-02-30`"),
        segment("best: ⟦answered nothing", "unknown survey `nothing`"),
        segment("best: country ⟦= EE", "`=` is no comparison"),
        segment("best: country == EE ⟦/ 2", "`/` has no meaning in a condition"),
        segment("best: channel contains ⟦[web]", "a text is expected, not `[`"),
        segment("best: consent == ⟦maybe", "unknown value `maybe`"),
        segment("best: attributes.size in [1, ⟦big]", "the members of a list are of one kind"),
        BrokenExample(
            .segments, "segments", "segments:\n  ⟦egg: hen\n  hen: egg",
            "segments refer to each other in a circle: egg → hen → egg"
        ).beyondSchema,
    ]

    static func segment(_ line: String, _ message: String, inSchema: Bool = false) -> BrokenExample {
        let example = BrokenExample(.segments, "segments", "segments:\n  \(line)", message)
        return inSchema ? example : example.beyondSchema
    }

    static let surveys: [BrokenExample] = [
        survey("survey", "⟦survey:", "`survey` has no value"),
        survey("every", "every: ⟦often", "`every` is \(duration), not `often`"),
        survey("questions", "questions: ⟦{}", "`questions` is a list, not a mapping"),
        question("id", "⟦{ kind: text, text: A }", "`id` is missing in `questions`"),
        question(
            "id", "{ id: a, kind: text, text: A }, { id: ⟦a, kind: text, text: B }",
            "the question `a` is there twice"
        ).beyondSchema,
        question("text", "⟦{ id: a, kind: text }", "`text` is missing in `questions`"),
        question(
            "kind", "{ id: a, kind: ⟦nsp, text: A }",
            "`kind` is one of `nps`, `csat`, `ces`, `choice`, `choices`, `text`, `perceived_value`, not `nsp`"
        ),
        question("options", "⟦{ id: a, kind: choice, text: A }", "`options` is missing in `questions`"),
        question("options", "{ id: a, kind: nps, text: A, ⟦options: [] }", "unknown key `options`"),
        question(
            "options.id",
            "{ id: a, kind: choice, text: A, options: [{ id: x, text: X }, { id: ⟦x, text: Y }] }",
            "the option `x` is there twice"
        ).beyondSchema,
        question(
            "options.text", "{ id: a, kind: choices, text: A, options: [{ id: x, text: X }, ⟦{ id: y }] }",
            "`text` is missing in `options`"),
        question(
            "when", "{ id: a, kind: perceived_value, text: A, when: ⟦later }",
            "`when` is one of `before_purchase`, `after_purchase`, not `later`"),
        survey("follow_up", "follow_up: ⟦support", "`follow_up` is a mapping, not `support`"),
        survey(
            "follow_up",
            "questions: [{ id: a, kind: text, text: A }]\n⟦follow_up: { promoter: { thank: welcome } }",
            "`follow_up` goes by the nps question, and there is none"
        ).beyondSchema,
        survey(
            "follow_up.promoter", "follow_up: { promoter: ⟦{} }",
            "nothing follows: `promoter` needs `thank` or `ticket`"
        ).beyondSchema,
        survey(
            "follow_up.promoter.thank", "survey: ⟦sample\nfollow_up: { promoter: { thank: welcom } }",
            "the survey `sample` thanks with the campaign `welcom`, which is not defined"
        ).asWarning,
        survey("follow_up.passive", "follow_up: { passive: ⟦[] }", "`passive` is a mapping, not a list"),
        survey(
            "follow_up.detractor", "follow_up: { ⟦detractors: { ticket: support } }",
            "unknown key `detractors`"),
        survey(
            "follow_up.detractor.ticket", "follow_up: { detractor: { ticket: ⟦the boss } }",
            "`ticket` is \(identifier), not `the boss`"),
        survey(
            "follow_up.detractor.within", "follow_up: { detractor: { thank: welcome, ⟦within: 48 hours } }",
            "`within` is the time to answer a `ticket`, and there is none"
        ).beyondSchema,
    ]

    private static func survey(_ key: String, _ lines: String, _ message: String) -> BrokenExample {
        BrokenExample(.survey, key, lines, message)
    }

    private static func question(_ key: String, _ questions: String, _ message: String) -> BrokenExample {
        BrokenExample(.survey, "questions.\(key)", "questions: [\(questions)]", message)
    }

    static let contests: [BrokenExample] = [
        contest("contest", "contest: ⟦free ticket", "`contest` is \(identifier), not `free ticket`"),
        contest("prize", "⟦prize:", "`prize` has no value"),
        contest("places", "places: ⟦0", "`places` is a whole number from 1 to 10000, not `0`"),
        contest(
            "alternates", "alternates: ⟦few", "`alternates` is a whole number from 0 to 10000, not `few`"),
        contest(
            "opens", "opens: ⟦2026-13-01 00:00",
            "`opens` is a date and a time such as `2026-11-24 09:00`, not `2026-13-01 00:00`"
        ).beyondSchema,
        contest("closes", "closes: ⟦2026-11-30 12:00", "the contest closes before it opens").beyondSchema,
        contest("eligible", "eligible: country in ⟦EE", "`[` is expected after `in`, not `EE`").beyondSchema,
        contest(
            "steps", "steps: [visit, ⟦share]", "`steps` is one of `visit`, `choose`, `comment`, not `share`"),
        contest("steps", "steps: [visit, ⟦visit]", "the step `visit` is there twice").beyondSchema,
        contest("choose", "steps: ⟦[visit, choose]", "the step `choose` has nothing to choose").beyondSchema,
        contest(
            "choose", "⟦choose: { text: A, options: [{ id: a, text: A }, { id: b, text: B }] }",
            "`choose` is never asked"
        ).beyondSchema,
        contest(
            "choose.text", choice("⟦{ options: [{ id: a, text: A }, { id: b, text: B }] }"),
            "`text` is missing in `choose`"),
        contest(
            "choose.options", choice("{ text: A, options: ⟦[{ id: a, text: A }] }"),
            "`options` needs at least 2 members"),
        contest(
            "choose.options.id", choice("{ text: A, options: [⟦{ text: A }, { id: b, text: B }] }"),
            "`id` is missing in `options`"),
        contest(
            "choose.options.text", choice("{ text: A, options: [{ id: a, text: A }, { id: b, ⟦text: }] }"),
            "`text` has no value"),
        contest("share", "share: ⟦required", "`share` is one of `optional`, `none`, not `required`"),
        contest("terms", "terms: ⟦[]", "`terms` is a text, or texts by language, not a list"),
        contest(
            "claim_within", "claim_within: ⟦1 fortnight", "`claim_within` is \(duration), not `1 fortnight`"),
    ]

    private static func contest(_ key: String, _ lines: String, _ message: String) -> BrokenExample {
        BrokenExample(.contest, key, lines, message)
    }

    private static func choice(_ value: String) -> String { "steps: [visit, choose]\nchoose: \(value)" }
}
