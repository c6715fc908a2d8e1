import Loyalty

extension Shape {
    static let segments = Shape.keys([
        Key(
            "segments", "Names of groups of customers, each with the condition that decides.",
            .names(key: ScalarShape(Formats.identifier), value: condition), required: true)
    ])

    static let survey = Shape.keys([
        Key("survey", "The identifier.", .value(Formats.identifier), required: true),
        Key("every", "The same customer is never asked more often.", .value(Formats.period)),
        Key("questions", "What is asked.", .list(question, atLeast: 1), required: true),
        Key(
            "follow_up", "What follows an answer to the nps question.",
            .keys([
                Key("promoter", "After a 9 or 10.", action), Key("passive", "After a 7 or 8.", action),
                Key("detractor", "After a 0 to 6.", action),
            ])),
    ])

    private static let action = Shape.keys([
        Key("thank", "The campaign that thanks.", .value(Formats.identifier)),
        Key("ticket", "Who owns the ticket that is opened.", .value(Formats.identifier)),
        Key("within", "How soon the ticket wants an answer.", .value(Formats.period)),
    ])

    private static let optionList = Key(
        "options", "What there is to choose.", .list(option, atLeast: 2), required: true)

    private static let option = Shape.keys([
        Key("id", "The identifier in the records.", .value(Formats.identifier), required: true),
        Key("text", "What is shown, per language.", lines, required: true),
    ])

    private static let question: Shape = {
        let common = [
            Key("id", "The identifier in the records.", .value(Formats.identifier), required: true),
            Key("text", "The question, per language.", lines, required: true),
        ]
        let moment = Key(
            "when", "Which side of the purchase is asked about.",
            .words(Question.Moment.allCases.map(\.rawValue)), required: true)
        return .variants(
            key: "kind", doc: "What can be answered.",
            [
                Variant(word: "nps", keys: common), Variant(word: "csat", keys: common),
                Variant(word: "ces", keys: common), Variant(word: "choice", keys: common + [optionList]),
                Variant(word: "choices", keys: common + [optionList]), Variant(word: "text", keys: common),
                Variant(word: "perceived_value", keys: common + [moment]),
            ])
    }()

    static let contest = Shape.keys([
        Key("contest", "The identifier.", .value(Formats.identifier), required: true),
        Key("prize", "What can be won, per language.", lines, required: true),
        Key("places", "How many win; 1 by default.", .value(Formats.integer(1...10_000))),
        Key(
            "alternates", "How many stand by for winners who do not claim; none by default.",
            .value(Formats.integer(0...10_000))),
        Key(
            "opens", "When it begins, by the clock of boon.yaml's zone.", .value(Formats.localTime),
            required: true),
        Key("closes", "When it ends.", .value(Formats.localTime), required: true),
        Key("eligible", "Who may take part: a condition; everyone by default.", condition),
        Key(
            "steps", "What a participant does, in this order.",
            .list(.words(Contest.Step.allCases.map(\.rawValue)), atLeast: 1), required: true),
        Key(
            "choose", "What the step `choose` asks.",
            .keys([Key("text", "The question, per language.", lines, required: true), optionList])),
        Key(
            "share", "`optional` offers sharing, `none` does not (the default); it is never a condition.",
            .value(
                Formats.word(["optional", "none"])
                    .advising("sharing is offered, never a condition: platforms forbid that"))),
        Key("terms", "The conditions, per language.", texts, required: true),
        Key("claim_within", "How long a winner has to claim the prize.", .value(Formats.period)),
    ])
}
