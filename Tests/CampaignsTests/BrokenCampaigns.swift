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
            "`winner` is `clicks` or `orders` and a duration such as `clicks after 4 hours`, not `opens after 4 hours`"
        ),
    ]

    static let schedules: [BrokenExample] = [
        campaign("schedule", "schedule: ⟦monday 09:00", "`schedule` is a mapping, not `monday 09:00`"),
        campaign(
            "schedule", "schedule: ⟦{ late: skip }",
            "`schedule` needs one of `every`, `cron`, `at`, `after`, `on`"),
        campaign(
            "schedule.every", "schedule: { every: ⟦mondays 09:00 }",
            "`every` is days and a time such as `monday 09:00` or `day 18:30`, not `mondays 09:00`"),
        campaign(
            "schedule.every", "schedule: { every: ⟦monday 24:00 }",
            "`every` is days and a time such as `monday 09:00` or `day 18:30`, not `monday 24:00`"),
        campaign("schedule.cron", "schedule: { cron: ⟦\"0 25 * * 1\" }", "the hour `25` is not 0 to 23")
            .beyondSchema,
        campaign(
            "schedule.cron", "schedule: { cron: ⟦0 9 * * }",
            "cron has five fields (minute hour day month weekday), not 4"
        ).beyondSchema,
        campaign(
            "schedule.cron", "schedule: { cron: ⟦\"0 9 31 2 *\" }", "no month that is named has such a day"
        ).beyondSchema,
        campaign(
            "schedule.at", "schedule: { at: ⟦2026-02-30 09:00 }",
            "`at` is a date and a time such as `2026-11-24 09:00`, not `2026-02-30 09:00`"
        ).beyondSchema,
        campaign(
            "schedule.at", "schedule: { at: ⟦2026-11-24 }",
            "`at` is a date and a time such as `2026-11-24 09:00`, not `2026-11-24`"),
        campaign(
            "schedule.at", "schedule: { every: day 09:00, ⟦at: 2026-11-24 09:00 }",
            "`at` cannot stand beside `every`"),
        campaign(
            "schedule.after", "schedule: { after: ⟦refund + 3 days }",
            "`after` is `order`, `first order`, `answer` or `joined`, and how long after it, such as `order + 3 days`, not `refund + 3 days`"
        ),
        campaign(
            "schedule.on", "schedule: { on: ⟦christmas 08:00 }",
            "`on` is `birthday` and a time such as `birthday 08:00`, not `christmas 08:00`"),
        campaign(
            "schedule.timezone", "schedule: { every: day 09:00, timezone: ⟦Europe/Talinn }",
            "`timezone` is `recipient` or a time zone such as `Europe/Tallinn`, not `Europe/Talinn`"
        ).beyondSchema,
        campaign(
            "schedule.between", "schedule: { every: day 09:00, between: ⟦2026-12-24 .. 2026-12-01 }",
            "`between` ends before it begins"
        ).beyondSchema,
        campaign(
            "schedule.between", "schedule: { every: monday 09:00, between: ⟦2026-12-01 .. 2026-12-03 }",
            "the campaign never goes out: nothing of the schedule lies in `between`"
        ).beyondSchema,
        campaign(
            "schedule.between", "schedule: { cron: 0 9 1 * *, between: ⟦2026-12-02 .. 2026-12-31 }",
            "the campaign never goes out: nothing of the schedule lies in `between`"
        ).beyondSchema,
        campaign(
            "schedule.between", "schedule: { at: 2026-11-24 09:00, between: ⟦2026-12-01 .. 2026-12-31 }",
            "the campaign never goes out: nothing of the schedule lies in `between`"
        ).beyondSchema,
        campaign(
            "schedule.quiet_hours", "schedule: { every: day 09:00, quiet_hours: ⟦21-8 }",
            "`quiet_hours` is two times such as `21:00-08:00`, not `21-8`"),
        campaign(
            "schedule.quiet_hours", "schedule: { every: day 09:00, quiet_hours: ⟦08:00-08:00 }",
            "`quiet_hours` end when they begin"
        ).beyondSchema,
        campaign(
            "schedule.quiet_hours",
            "schedule: { every: day 07:00, timezone: recipient, quiet_hours: ⟦21:00-08:00 }",
            "every mail falls into the quiet hours and is held until they end"
        ).asWarning,
        campaign(
            "schedule.late", "schedule: { every: day 09:00, late: ⟦skip 6 hours }",
            "`late` is `send`, `skip` or `skip after 6 hours`, not `skip 6 hours`"),
    ]

    static func campaign(_ key: String, _ lines: String, _ message: String)
        -> BrokenExample
    {
        BrokenExample(.campaign, key, lines, message)
    }

    /// A complete A/B test with one line replaced.
    private static func test(_ line: String) -> String {
        let base = [
            "split: 20%", "variants: [{ subject: A }, { subject: B }]", "winner: clicks after 4 hours",
        ]
        let key = line.prefix { $0 != ":" }
        return "test:\n" + base.map { "  " + ($0.hasPrefix(key) ? line : $0) + "\n" }.joined()
    }
}
