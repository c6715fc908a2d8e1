@testable import Campaigns

extension BrokenExample {
    static let schedules: [BrokenExample] =
        shapes + days + crons + times + happenings + zones + stretches + lateness

    private static let shapes: [BrokenExample] = [
        campaign("schedule", "schedule: ⟦monday 09:00", "`schedule` is a mapping, not `monday 09:00`"),
        campaign("schedule", "schedule: ⟦[monday 09:00]", "`schedule` is a mapping, not a list"),
        campaign("schedule", "⟦schedule:", "`schedule` has no value"),
        campaign(
            "schedule", "schedule: ⟦{ late: skip }",
            "`schedule` needs one of `every`, `cron`, `at`, `after`, `on`"),
        campaign("schedule", "schedule: { ⟦evry: day 09:00, at: 2026-11-24 09:00 }", "unknown key `evry`"),
        campaign("schedule", "schedule: { every: day 09:00, ⟦zone: UTC }", "unknown key `zone`"),
        campaign(
            "schedule.at", "schedule: { every: day 09:00, ⟦at: 2026-11-24 09:00 }",
            "`at` cannot stand beside `every`"),
        campaign(
            "schedule.on", "schedule: { cron: 0 9 * * 1, ⟦on: birthday 08:00 }",
            "`on` cannot stand beside `cron`"),
        campaign("schedule.every", "schedule: { ⟦every: }", "`every` has no value"),
        campaign("schedule.cron", "schedule: { cron: ⟦[0, 9] }", "`cron` is a text, not a list"),
        campaign(
            "schedule.late", "schedule: { every: day 09:00, late: ⟦{ after: 6 hours } }",
            "`late` is \(expected["late", default: ""]), not a mapping"),
    ]

    private static let days =
        [
            "mondays 09:00", "monday 24:00", "monday 9:00", "monday", "09:00", "monday 09:00:30",
            "Monday 09:00",
            "monday and friday 09:00", "monday, 09:00", "monday,, friday 09:00", "weekdays 09:00",
            "month 09:00",
            "monday 09.00", "monday 09:60", "monday at 09:00", "day, monday 09:00",
        ].map { wrong("every", $0) }

    private static let crons: [BrokenExample] = [
        cron("0 ⟦25 * * 1", "the hour `25` is not 0 to 23"),
        cron("⟦60 9 * * 1", "the minute `60` is not 0 to 59"),
        cron("0 9 ⟦0 * *", "the day of the month `0` is not 1 to 31"),
        cron("0 9 ⟦32 * *", "the day of the month `32` is not 1 to 31"),
        cron("0 9 * ⟦13 *", "the month `13` is not 1 to 12"),
        cron("0 9 * ⟦januar *", "the month `januar` is not 1 to 12"),
        cron("0 9 * * ⟦8", "the day of the week `8` is not 0 to 7"),
        cron("0 9 * * ⟦montag", "the day of the week `montag` is not 0 to 7"),
        cron("0 9 * * 1,⟦fr", "the day of the week `fr` is not 0 to 7"),
        cron("0 9,⟦29 * * 1", "the hour `29` is not 0 to 23"),
        cron("0 ⟦17-9 * * 1", "the hour `17-9` is not 0 to 23"),
        cron("⟦*/0 9 * * 1", "the minute `*/0` is not 0 to 59"),
        cron("⟦*/x 9 * * 1", "the minute `*/x` is not 0 to 59"),
        cron("⟦-5 9 * * 1", "the minute `-5` is not 0 to 59"),
        cron("⟦0, 9 * * 1", "the minute `` is not 0 to 59"),
        cron("0 9 ⟦L * *", "the day of the month `L` is not 1 to 31"),
        cron("0 9 * * ⟦5#2", "the day of the week `5#2` is not 0 to 7"),
        cron("0 9 ⟦? * 1", "the day of the month `?` is not 1 to 31"),
        cron("0 ⟦9.5 * * 1", "the hour `9.5` is not 0 to 23"),
        cron("⟦0 9 * *", "cron has five fields (minute hour day month weekday), not 4"),
        cron("⟦0 0 9 * * 1", "cron has five fields (minute hour day month weekday), not 6"),
        cron("⟦@daily", "cron has five fields (minute hour day month weekday), not 1"),
        cron("⟦0 9 31 2 *", "no month that is named has such a day"),
        cron("⟦0 9 31 4,6,9,11 *", "no month that is named has such a day"),
        cron("⟦0 9 30 feb *", "no month that is named has such a day"),
        crowded("⟦* 9 * * 1", "60 times from 09:00 to 09:59 each Monday"),
        crowded("⟦* * * * *", "1440 times from 00:00 to 23:59 each day"),
        crowded("⟦*/10 9,17 * * 0,6", "12 times from 09:00 to 17:50 each Saturday, Sunday"),
        crowded("⟦5-9 9 1 * *", "5 times from 09:05 to 09:09 on each of its days"),
    ]

    private static let times: [BrokenExample] =
        [
            "2026-11-24", "09:00", "2026-11-24 9:00", "2026-11-24 24:00", "24.11.2026 09:00",
            "2026-11-24 09:00 Europe/Tallinn", "tomorrow 09:00", "2026-11-24 09:00:30",
        ].map { wrong("at", $0) }
        + ["2026-02-30 09:00", "2026-13-01 09:00", "2027-02-29 09:00"].map { wrong("at", $0).beyondSchema }
        + [
            "christmas 08:00", "birthday", "birthday 8:00", "birthday 24:00", "joined 08:00",
            "birthday + 3 days",
        ]
        .map { wrong("on", $0) }

    private static let happenings: [BrokenExample] =
        [
            "second order + 3 days", "order + days", "order + 0 days", "order + 3", "order plus 3 days",
            "order + 3 days + 2 hours", "order - 3 days", "+ 3 days", "order + -1 days", "order + 1.5 days",
        ].map { wrong("after", $0) } + [
            campaign(
                "schedule.after", "schedule: { after: ⟦ordr + 3 days }",
                "`ordr` is waited for as an event of your own"
            ).asWarning,
            campaign(
                "schedule.after", "schedule: { after: ⟦Joined }",
                "`Joined` is waited for as an event of your own"
            ).asWarning,
        ]

    private static let zones: [BrokenExample] =
        ["Europe/Talinn", "EET", "CET", "GMT+2", "recipients", "Tallinn", "local"].map {
            wrong("timezone", $0).beyondSchema
        } + ["+02:00", "Europe Tallinn"].map { wrong("timezone", $0) }

    private static let stretches: [BrokenExample] =
        [
            "2026-12-01 - 2026-12-24", "2026-12-01", "2026-12-01..2026-12-24", "2026-12-01 .. ", "december",
            "2026-12-01 ... 2026-12-24",
        ].map { wrong("between", $0) } + [wrong("between", "2026-12-01 .. 2026-12-32").beyondSchema] + [
            campaign(
                "schedule.between", "schedule: { every: day 09:00, between: ⟦2026-12-24 .. 2026-12-01 }",
                "`between` ends before it begins"
            ).beyondSchema,
            neverOut("every: monday 09:00", "2026-12-01 .. 2026-12-03"),
            neverOut("every: weekend 09:00", "2026-11-23 .. 2026-11-27"),
            neverOut("cron: 0 9 1 * *", "2026-12-02 .. 2026-12-31"),
            neverOut("cron: 0 9 29 2 *", "2026-01-01 .. 2027-12-31"),
            neverOut("at: 2026-11-24 09:00", "2026-12-01 .. 2026-12-31"),
        ]
        + ["21-8", "21:00 - 08:00", "21:00", "21:00-24:00", "night", "21:00–08:00"].map {
            wrong("quiet_hours", $0)
        }
        + [
            campaign(
                "schedule.quiet_hours", "schedule: { every: day 09:00, quiet_hours: ⟦08:00-08:00 }",
                "`quiet_hours` end when they begin"
            ).beyondSchema,
            campaign(
                "schedule.quiet_hours",
                "schedule: { every: day 07:00, timezone: recipient, quiet_hours: ⟦21:00-08:00 }",
                "every mail falls into the quiet hours and is held until they end"
            ).asWarning,
        ]

    private static let lateness =
        [
            "skip 6 hours", "skip after", "skip after 6", "skip after 0 hours", "skip after six hours",
            "drop",
            "send after 6 hours", "Skip",
        ].map { wrong("late", $0) }

    // MARK: How they are said

    private static let expected = [
        "every": "days and a time such as `monday 09:00` or `day 18:30`",
        "at": "a date and a time such as `2026-11-24 09:00`",
        "after":
            "`order`, `first order`, `answer`, `joined` or an event's name, and how long after it, such as `order + 3 days`",
        "on": "`birthday` and a time such as `birthday 08:00`",
        "timezone": "`recipient` or a time zone such as `Europe/Tallinn`",
        "between": "two dates such as `2026-12-01 .. 2026-12-24`",
        "quiet_hours": "two times such as `21:00-08:00`",
        "late": "`send`, `skip` or `skip after 6 hours`",
    ]

    /// A value that its key does not take.
    private static func wrong(_ key: String, _ value: String) -> BrokenExample {
        let isTrigger = ["every", "at", "after", "on"].contains(key)
        return campaign(
            "schedule.\(key)",
            "schedule:\n\(isTrigger ? "" : "  every: day 09:00\n")  \(key): ⟦\"\(value)\"",
            "`\(key)` is \(expected[key, default: ""]), not `\(value)`")
    }

    private static func cron(_ marked: String, _ message: String) -> BrokenExample {
        campaign("schedule.cron", "schedule:\n  cron: \"\(marked)\"", message).beyondSchema
    }

    private static func crowded(_ marked: String, _ times: String) -> BrokenExample {
        campaign("schedule.cron", "schedule:\n  cron: \"\(marked)\"", "the campaign goes out \(times)")
            .asWarning
    }

    private static func neverOut(_ trigger: String, _ range: String) -> BrokenExample {
        campaign(
            "schedule.between", "schedule: { \(trigger), between: ⟦\(range) }",
            "the campaign never goes out: nothing of the schedule lies in `between`"
        ).beyondSchema
    }
}
