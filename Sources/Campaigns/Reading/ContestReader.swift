import Model

extension FileReader {
    /// Reads `contest: ...`.
    mutating func contest() -> Contest? {
        let (prize, terms) = (texts("prize", of: root), texts("terms", of: root))
        let (eligible, choose) = (condition("eligible", of: root), choice())
        let steps = root.values("steps", Formats.text).compactMap(Contest.Step.init(rawValue:))
        refuseRepeats(words("steps", of: root), called: "step")
        tellMismatch(of: steps)
        let (opens, closes) = (
            root.value("opens", Formats.localTime), root.value("closes", Formats.localTime)
        )
        if let opens, let closes, closes <= opens {
            diagnostics.error(
                "the contest closes before it opens", at: root.place(of: "closes"),
                hint: "it opens on \(opens.date)")
        }
        guard let id = root.value("contest", Formats.identifier), let prize, let terms, let opens, let closes,
            !steps.isEmpty
        else { return nil }
        return Contest(
            id: id, prize: prize, places: root.value("places", Formats.integer(1...10_000)) ?? 1,
            alternates: root.value("alternates", Formats.integer(0...10_000)) ?? 0, opens: opens,
            closes: closes,
            eligible: eligible, steps: steps, choose: choose,
            offersSharing: root.node["share"]?.text == "optional",
            terms: terms, claimWithin: root.value("claim_within", Formats.period),
            place: root.place(of: "contest"))
    }

    private mutating func choice() -> Contest.Choice? {
        guard let fields = root.fields("choose") else { return nil }
        let (text, options) = (texts("text", of: fields), options(of: fields))
        return text.map { Contest.Choice(text: $0, options: options) }
    }

    private mutating func tellMismatch(of steps: [Contest.Step]) {
        if steps.contains(.choose), !root.has("choose") {
            diagnostics.error(
                "the step `choose` has nothing to choose", at: root.place(of: "steps"),
                hint: "add `choose:` with options")
        }
        if root.has("choose"), !steps.contains(.choose) {
            diagnostics.error(
                "`choose` is never asked", at: root.place(ofKey: "choose"), hint: "add `choose` to `steps`")
        }
    }
}
