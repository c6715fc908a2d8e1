import Model

extension FileReader {
    /// Reads `campaign: ...`.
    mutating func campaign() -> Campaign? {
        useOwnLanguages()
        let (audience, schedule) = (condition("audience", of: root), schedule())
        let (subject, preheader) = (template("subject", of: root), template("preheader", of: root))
        let modules = root.list("modules").compactMap { module($0) }
        let test = root.fields("test").flatMap { splitTest($0) }
        if test != nil, let schedule { requireOneMoment(of: schedule) }
        guard let id = root.value("campaign", Formats.identifier), let audience, let subject, !modules.isEmpty
        else { return nil }
        return Campaign(
            id: id, name: root.value("name", Formats.line) ?? id, audience: audience,
            from: root.value("from", Formats.mailbox) ?? defaults.from,
            replyTo: root.value("reply_to", Formats.mailbox), languages: languages, subject: subject,
            preheader: preheader, topic: root.value("topic", Formats.identifier), schedule: schedule,
            limits: Limits(root.fields("limits")), inDoubt: root.word("in_doubt") ?? .hold, test: test,
            modules: modules, place: root.place(of: "campaign"))
    }

    /// From here on texts are expected in the languages that the file names.
    private mutating func useOwnLanguages() {
        let own = root.values("languages", Formats.language)
        if !own.isEmpty { languages = own }
        refuseRepeats(words("languages", of: root), called: "language")
    }

    private mutating func splitTest(_ fields: Fields) -> SplitTest? {
        var variants: [SplitTest.Variant] = []
        for variant in fields.list("variants") {
            if variant.node.entries.isEmpty {
                diagnostics.error(
                    "the variant changes nothing", at: variant.place, hint: "give it a subject or a preheader"
                )
            }
            let (subject, preheader) = (template("subject", of: variant), template("preheader", of: variant))
            variants.append(SplitTest.Variant(subject: subject, preheader: preheader))
        }
        guard let split = fields.value("split", Formats.percent),
            let winner = fields.value("winner", Formats.winner),
            variants.count >= 2
        else { return nil }
        return SplitTest(splitPercent: split, variants: variants, winner: winner)
    }

    /// What follows something that happens to each customer goes out for ever: there is no time at which everyone who is
    /// tested has had it, and the others could get the better one.
    private mutating func requireOneMoment(of schedule: Schedule) {
        switch schedule.trigger {
        case .every, .cron, .at: return
        case .after, .onBirthday:
            diagnostics.error(
                "an A/B test needs a campaign that everyone gets at one time", at: root.place(ofKey: "test"),
                hint: "use `every`, `cron` or `at`, or send by hand")
        }
    }
}

extension Limits {
    /// Reads `limits: ...`; no limits where there is no such key.
    init(_ fields: Fields?) {
        self.init(
            perCustomer: fields?.value("per_customer", Formats.limit),
            perHour: fields?.value("per_hour", Formats.integer(1...1_000_000_000)))
    }
}
