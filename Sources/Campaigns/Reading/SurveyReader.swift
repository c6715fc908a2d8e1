import Model

extension FileReader {
    /// Reads `survey: ...`.
    mutating func survey() -> Survey? {
        let fields = root.list("questions")
        let questions = fields.compactMap { question($0) }
        refuseRepeats(identifiers("id", of: fields), called: "question")
        let followUp = followUp()
        guard let id = root.value("survey", Formats.identifier), !questions.isEmpty else { return nil }
        return Survey(
            id: id, every: root.value("every", Formats.period), questions: questions, followUp: followUp,
            place: root.place(of: "survey"))
    }

    private mutating func question(_ fields: Fields) -> Question? {
        let text = texts("text", of: fields)
        let kind = questionKind(fields)
        guard let id = fields.value("id", Formats.identifier), let text, let kind else { return nil }
        return Question(id: id, kind: kind, text: text)
    }

    private mutating func questionKind(_ fields: Fields) -> Question.Kind? {
        switch fields.node["kind"]?.text {
        case "nps": return .nps
        case "csat": return .csat
        case "ces": return .ces
        case "choice": return .choice(options(of: fields))
        case "choices": return .choices(options(of: fields))
        case "text": return .text
        case "perceived_value": return fields.word("when").map(Question.Kind.perceivedValue)
        default: return nil
        }
    }

    /// Reads `options: ...` of a question or of a contest's choice.
    mutating func options(of fields: Fields) -> [AnswerOption] {
        let members = fields.list("options")
        refuseRepeats(identifiers("id", of: members), called: "option")
        return members.compactMap { member in
            let text = texts("text", of: member)
            guard let id = member.value("id", Formats.identifier), let text else { return nil }
            return AnswerOption(id: id, text: text)
        }
    }

    private mutating func followUp() -> Survey.FollowUp {
        guard let fields = root.fields("follow_up") else { return Survey.FollowUp() }
        if !root.list("questions").contains(where: { $0.node["kind"]?.text == "nps" }) {
            diagnostics.error(
                "`follow_up` goes by the nps question, and there is none", at: root.place(ofKey: "follow_up"),
                hint: "add a question of kind `nps`")
        }
        return Survey.FollowUp(
            promoter: action("promoter", of: fields), passive: action("passive", of: fields),
            detractor: action("detractor", of: fields))
    }

    private mutating func action(_ key: String, of fields: Fields) -> Survey.Action? {
        guard let action = fields.fields(key), case .map = action.node.content else { return nil }
        if !action.has("thank"), !action.has("ticket") {
            diagnostics.error("nothing follows: `\(key)` needs `thank` or `ticket`", at: action.place)
        }
        if action.has("within"), !action.has("ticket") {
            diagnostics.error(
                "`within` is the time to answer a `ticket`, and there is none",
                at: action.place(ofKey: "within"))
        }
        return Survey.Action(
            thank: action.value("thank", Formats.identifier),
            ticket: action.value("ticket", Formats.identifier),
            within: action.value("within", Formats.period))
    }

    /// The values of an identifying key in a list of mappings, with their places.
    func identifiers(_ key: String, of members: [Fields]) -> [(name: String, place: Place)] {
        members.compactMap { member in member.node[key]?.text.map { ($0, member.place(of: key)) } }
    }
}
