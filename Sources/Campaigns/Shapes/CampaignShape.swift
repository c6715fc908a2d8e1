extension Shape {
    /// A text per language that may be a template.
    static let texts = Shape.localized(ScalarShape(Formats.text))
    /// A text per language for a header or a button.
    static let lines = Shape.localized(ScalarShape(Formats.line))
    /// A condition; its grammar is checked when it is parsed.
    static let condition = Shape.value(Formats.text)

    static let limits = Shape.keys([
        Key(
            "per_customer", "How many mails one customer gets at most, `2 per 7 days`.", .value(Formats.limit)
        ),
        Key(
            "per_hour", "How many mails go out in an hour at most.",
            .value(Formats.integer(1...1_000_000_000))),
    ])

    static let campaign = Shape.keys([
        Key(
            "campaign", "The identifier, also in Message-ID and reports.", .value(Formats.identifier),
            required: true),
        Key("name", "The name in listings; the identifier by default.", .value(Formats.line)),
        Key(
            "audience", "Who gets it: segment names and conditions; `subscribed` is everyone.", condition,
            required: true),
        Key("from", "The sender; the one of boon.yaml by default.", .value(Formats.mailbox)),
        Key("reply_to", "Where answers go, if not to the sender.", .value(Formats.mailbox)),
        Key(
            "languages",
            "The first is the default; a customer's locale chooses. Those of boon.yaml by default.",
            .list(.value(Formats.language), atLeast: 1)),
        Key("subject", "The subject, per language.", lines, required: true),
        Key("preheader", "What a list of mails shows after the subject, per language.", lines),
        Key("topic", "What a customer can opt out of on its own.", .value(Formats.identifier)),
        Key("schedule", "When it goes out by itself; without one it is sent by hand.", schedule),
        Key("limits", "How much may be sent.", limits),
        Key(
            "in_doubt", "What becomes of messages of which a crash left unknown whether the relay has them.",
            .words(Campaign.InDoubt.allCases.map(\.rawValue))),
        Key("test", "An A/B test.", splitTest),
        Key("modules", "What the mail says, from top to bottom.", .list(module, atLeast: 1), required: true),
    ])

    private static let schedule = Shape.keys(
        [
            Key(
                "every",
                "Days and a time, `monday 09:00`; also `day`, `weekday`, `weekend`, `monday, friday`.",
                .value(Formats.every)),
            Key(
                "cron", "Minute, hour, day of the month, month, day of the week: `0 9 * * 1`.",
                .value(Formats.text)),
            Key("at", "Once, `2026-11-24 09:00`.", .value(Formats.localTime)),
            Key(
                "after",
                "After `order`, `first order`, `answer`, `joined` or an event: `order + 3 days`, `trial_ended + 1 day`.",
                .value(Formats.after)),
            Key("on", "Each year: `birthday 08:00`.", .value(Formats.on)),
            Key(
                "timezone", "`recipient` or a zone; the one of boon.yaml by default.",
                .value(Formats.scheduleZone)),
            Key("between", "The days on which it goes out at all, both included.", .value(Formats.dateRange)),
            Key(
                "quiet_hours", "In the recipient's zone: what falls into them is held until they end.",
                .value(Formats.clockRange)),
            Key(
                "late",
                "What becomes of a missed occurrence: `send`, `skip` or `skip after 6 hours`; after 24 hours it is skipped by default.",
                .value(Formats.late)),
        ], exactlyOne: ["every", "cron", "at", "after", "on"])

    private static let splitTest = Shape.keys([
        Key(
            "split", "The share of the audience that is tested, evenly over the variants.",
            .value(Formats.percent), required: true),
        Key(
            "variants", "What is tried; what a variant leaves out stays as in the campaign.",
            .list(
                .keys([
                    Key("subject", "Another subject, per language.", lines),
                    Key("preheader", "Another preheader, per language.", lines),
                ]), atLeast: 2), required: true),
        Key(
            "winner",
            "By what and when the better one is told: `clicks after 4 hours`, `orders after 2 days`, `most answers after 1 day`.",
            .value(Formats.winner), required: true),
    ])
}

extension Formats {
    static let every = Format<Schedule.Trigger>(
        "days and a time such as `monday 09:00` or `day 18:30`",
        pattern: "(?:day|weekday|weekend|\(weekday)(?:, *\(weekday))*) +(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    ) { Schedule.every($0) }

    static let on = Format<Schedule.Trigger>(
        "`birthday` and a time such as `birthday 08:00`", pattern: "birthday +(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    ) { Schedule.on($0) }

    static let after = Format<Schedule.Trigger>(
        "`order`, `first order`, `answer`, `joined` or an event's name, and how long after it, such as `order + 3 days`",
        pattern:
            "(?:first order|[A-Za-z0-9][A-Za-z0-9_-]{0,63})(?: *\\+ *[1-9][0-9]{0,5} +(?:hour|day|week|month|year)s?)?"
    ) { Schedule.after($0) }

    static let late = Format<Schedule.Late>(
        "`send`, `skip` or `skip after 6 hours`",
        pattern: "send|skip|skip after [1-9][0-9]{0,5} +(?:hour|day|week|month|year)s?"
    ) { Schedule.late($0) }

    static let scheduleZone = Format<Schedule.Zone>(
        "`recipient` or a time zone such as `Europe/Tallinn`", words: ["recipient"], schema: zone.schema
    ) { $0 == "recipient" ? .recipient : zone.parse($0).map(Schedule.Zone.named) }

    /// The measure and when it is read.
    static let winner = Format<SplitTest.Decision>(
        "`clicks`, `orders` or `answers` and a duration such as `clicks after 4 hours`",
        pattern: "(?:most +)?(?:clicks|orders|answers) +after [1-9][0-9]{0,5} +(?:hour|day|week|month|year)s?"
    ) { SplitTest.Decision($0) }
    .advising("opens are never a measure of success: mail programs open what nobody reads")

    private static let weekday = "(?:\(Weekdays.names.joined(separator: "|")))"
}
