@testable import Campaigns

extension BrokenExample {
    static let campaigns: [BrokenExample] = [
        campaign(
            "campaign", "campaign: ⟦-sample",
            "`campaign` is an identifier of letters, digits, `-` and `_`, not `-sample`"),
        campaign("name", "⟦name:", "`name` has no value"),
        campaign(
            "audience", "audience: ⟦[regulars]", "`audience` is a text, not a list"),
        campaign(
            "from", "from: ⟦Kuldne Kohv",
            "`from` is a sender such as `Kuldne Kohv <tere@kuldnekohv.example>`, not `Kuldne Kohv`"),
        campaign(
            "reply_to", "reply_to: ⟦a@b@c",
            "`reply_to` is a sender such as `Kuldne Kohv <tere@kuldnekohv.example>`, not `a@b@c`"),
        campaign("languages", "languages: ⟦[]", "`languages` needs at least one member"),
        campaign(
            "languages", "languages: [en, ⟦estonian_]",
            "`languages` is a language such as `et` or `pt-BR`, not `estonian_`"),
        campaign("languages", "languages: [en, et, ⟦en]", "the language `en` is there twice").beyondSchema,
        campaign(
            "subject", "subject: { ⟦english: Hi }",
            "a key of `subject` is a language such as `et` or `pt-BR`, not `english`"
        ).withWarnings,
        campaign("subject", "subject: ⟦{}", "`subject` is empty"),
        campaign("subject", "subject: ⟦[Hello]", "`subject` is a text, or texts by language, not a list"),
        campaign(
            "subject", "subject: ⟦\"a\\nBcc: v@x\"", "`subject` is a text in one line, not `a\nBcc: v@x`"),
        campaign("preheader", "preheader: { en: ⟦{ a: b } }", "`en` is a text in one line, not a mapping"),
        campaign(
            "topic", "topic: ⟦special offers",
            "`topic` is an identifier of letters, digits, `-` and `_`, not `special offers`"),
        campaign("in_doubt", "in_doubt: ⟦resent", "`in_doubt` is one of `hold`, `resend`, not `resent`"),
        campaign("modules", "modules: ⟦[]", "`modules` needs at least one member"),
        campaign(
            "modules", "modules:\n  - thanks: {}\n    ⟦loyalty: { show: [balance] }",
            "each member of `modules` has exactly one key"),
        campaign("modules", "modules: [{ ⟦proposal: {} }]", "unknown key `proposal`"),
        campaign("limits", "limits: ⟦2", "`limits` is a mapping, not `2`"),
        campaign(
            "limits.per_customer", "limits: { per_customer: ⟦often }",
            "`per_customer` is a limit such as `2 per 7 days`, not `often`"),
        campaign(
            "limits.per_hour", "limits: { per_hour: ⟦0 }",
            "`per_hour` is a whole number from 1, not `0`"),
        campaign(
            "limits.per_hour", "limits: { per_hour: ⟦\"20\" }",
            "`per_hour` is a whole number from 1, not `20`"),
        campaign("test", "test: ⟦20%", "`test` is a mapping, not `20%`"),
        campaign("test.split", test("split: ⟦120%"), "`split` is a percentage from 1 to 100, not `120%`"),
        campaign("test.variants", test("variants: ⟦[{ subject: A }]"), "`variants` needs at least 2 members"),
        campaign("test.variants", test("variants: [{ subject: A }, ⟦{}]"), "the variant changes nothing")
            .beyondSchema,
        campaign(
            "test.variants.subject", test("variants: [{ subject: A }, { subject: ⟦[] }]"),
            "`subject` is a text, or texts by language, not a list"),
        campaign(
            "test.variants.preheader", test("variants: [{ subject: A }, { ⟦preheader: }]"),
            "`preheader` has no value"),
        campaign(
            "test.winner", test("winner: ⟦opens after 4 hours"),
            "`winner` is `clicks`, `orders` or `answers` and a duration such as `clicks after 4 hours`, not `opens after 4 hours`"
        ),
        campaign(
            "test", "schedule: { after: order + 3 days }\n⟦" + test("split: 20%"),
            "an A/B test needs a campaign that everyone gets at one time"
        ).beyondSchema,
        campaign(
            "test", "schedule: { on: birthday 08:00 }\n⟦" + test("split: 20%"),
            "an A/B test needs a campaign that everyone gets at one time"
        ).beyondSchema,
    ]

    static func campaign(_ key: String, _ lines: String, _ message: String)
        -> BrokenExample
    {
        BrokenExample(.campaign, key, lines, message)
    }

    /// A complete A/B test with one line replaced.
    private static func test(_ line: String) -> String {
        let base = [
            "split: 20%", "variants: [{ subject: A }, { subject: B }]", "winner: orders after 4 hours",
        ]
        let key = line.prefix { $0 != ":" }
        return "test:\n" + base.map { "  " + ($0.hasPrefix(key) ? line : $0) + "\n" }.joined()
    }
}
