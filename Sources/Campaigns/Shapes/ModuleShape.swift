extension Shape {
    /// An image; `alt` is only warned about, since a mail without it can still be read.
    private static let picture = Shape.keys([
        Key(
            "src", "The picture's https address, or its file in the workspace, which goes along in the mail.",
            .value(Formats.picture), required: true),
        Key("alt", "The words for who does not see the picture, per language.", lines),
    ])

    private static let when = Key("when", "Who sees the module: a condition.", condition)
    private static let title = Key("title", "The heading, per language.", lines)
    private static let text = Key("text", "A paragraph, per language.", texts)
    private static let button = Key("button", "The words on the button, per language.", lines)
    private static let image = Key("image", "A picture.", picture)

    private static func url(required: Bool) -> Key {
        Key("url", "Where the link leads.", .value(Formats.url), required: required)
    }

    private static let reduction = [
        Key("percent", "What is taken off, in percent.", .value(Formats.percent)),
        Key("amount", "What is taken off, in money.", .value(Formats.money)),
    ]

    private static let couponKeys =
        reduction + [
            Key(
                "code", "`unique` for one coupon per recipient, or the word that everyone types.",
                .value(Formats.identifier)),
            Key("valid", "How long after sending it can be used.", .value(Formats.period)),
            Key("minimum_order", "The smallest order it can be used for.", .value(Formats.money)),
        ]

    /// One module: a mapping with one key, the kind.
    static let module = Shape.oneKey([
        Key("proposition", "Why to buy: headline, sub-headline, one paragraph, a picture.", proposition),
        Key("loyalty", "The customer's points.", loyalty),
        Key("motivational", "A discount, an offer or a demo.", motivational),
        Key("knowledge", "Articles, courses, forums, tips.", knowledge),
        Key("contest", "The invitation to a contest.", contestModule),
        Key("feedback", "The invitation to a survey.", feedback),
        Key("service", "The offer to solve a problem.", service),
        Key("expert", "What somebody who knows says.", expert),
        Key("thanks", "Thanks, with or without a gift.", thanks),
    ])

    private static let proposition = Shape.keys([
        Key("headline", "The promise in a few words, per language.", lines, required: true),
        Key("subheadline", "What, for whom and why, per language.", lines),
        Key("paragraph", "More of it, per language.", texts),
        image, url(required: false), button, when,
    ])

    private static let loyalty = Shape.keys([
        title,
        Key(
            "show", "The parts, in this order.",
            .list(.words(LoyaltyModule.Part.allCases.map(\.rawValue)), atLeast: 1), required: true),
        when,
    ])

    private static let motivational = Shape.keys(
        [
            Key("kind", "What it is.", .words(Motivational.Kind.allCases.map(\.rawValue)), required: true)
        ] + couponKeys + [
            Key("between", "The days on which it holds, both included.", .value(Formats.dateRange)),
            url(required: true),
            Key("text", "What is offered, per language.", texts, required: true),
            image, button, when,
        ], atMostOne: ["percent", "amount"])

    private static let knowledge = Shape.keys([
        title,
        Key(
            "items", "What to read and attend.",
            .list(
                .keys([
                    Key(
                        "kind", "What it is.", .words(Knowledge.Item.Kind.allCases.map(\.rawValue)),
                        required: true),
                    Key("title", "Its title, per language.", lines, required: true),
                    text, url(required: true),
                    Key(
                        "starts", "When a course begins, by the clock of boon.yaml's zone.",
                        .value(Formats.localTime)),
                ]), atLeast: 1), required: true),
        when,
    ])

    private static let contestModule = Shape.keys([
        Key("contest", "The contest's identifier.", .value(Formats.identifier), required: true), title,
        button, when,
    ])

    private static let feedback = Shape.keys([
        Key("survey", "The survey's identifier.", .value(Formats.identifier), required: true), title, text,
        when,
    ])

    private static let service = Shape.keys([
        Key("title", "The offer in a few words, per language.", lines, required: true), text,
        url(required: true),
        button, when,
    ])

    private static let expert = Shape.keys([
        Key("name", "Who says it.", .value(Formats.line), required: true),
        Key("role", "Who they are, per language.", lines),
        Key("quote", "What they say, per language.", texts, required: true), image, when,
    ])

    private static let thanks = Shape.keys([
        title, text,
        Key(
            "gift", "What comes with the thanks: points, or a coupon.",
            .keys(
                [Key("points", "So many points.", .value(Formats.integer(1...1_000_000_000)))] + couponKeys,
                atMostOne: ["percent", "amount"])),
        when,
    ])
}
