import Model

extension FileReader {
    /// Reads one member of `modules`.
    mutating func module(_ member: Fields) -> Module? {
        guard let entry = member.node.entries.first, let kind = Module.Kind(rawValue: entry.key) else {
            return nil
        }
        let fields = Fields(node: entry.value, source: source)
        let when = condition("when", of: fields)
        return content(kind, fields).map { Module(content: $0, when: when, place: member.place) }
    }

    private mutating func content(_ kind: Module.Kind, _ fields: Fields) -> Module.Content? {
        switch kind {
        case .proposition: proposition(fields).map(Module.Content.proposition)
        case .loyalty: loyalty(fields).map(Module.Content.loyalty)
        case .motivational: motivational(fields).map(Module.Content.motivational)
        case .knowledge: knowledge(fields).map(Module.Content.knowledge)
        case .contest: contestModule(fields).map(Module.Content.contest)
        case .feedback: feedback(fields).map(Module.Content.feedback)
        case .service: service(fields).map(Module.Content.service)
        case .expert: expert(fields).map(Module.Content.expert)
        case .thanks: .thanks(thanks(fields))
        }
    }

    private mutating func proposition(_ fields: Fields) -> Proposition? {
        let (headline, subheadline) = (template("headline", of: fields), template("subheadline", of: fields))
        let (paragraph, image) = (template("paragraph", of: fields), picture(fields))
        let (url, button) = (link("url", of: fields), button(fields))
        return headline.map {
            Proposition(
                headline: $0, subheadline: subheadline, paragraph: paragraph, image: image, url: url,
                button: button)
        }
    }

    private mutating func loyalty(_ fields: Fields) -> LoyaltyModule? {
        let title = template("title", of: fields)
        let show = fields.values("show", Formats.text).compactMap(LoyaltyModule.Part.init(rawValue:))
        refuseRepeats(words("show", of: fields), called: "part")
        return show.isEmpty ? nil : LoyaltyModule(title: title, show: show)
    }

    private mutating func knowledge(_ fields: Fields) -> Knowledge? {
        let title = template("title", of: fields)
        let items = fields.list("items").compactMap { item($0) }
        return items.isEmpty ? nil : Knowledge(title: title, items: items)
    }

    private mutating func item(_ fields: Fields) -> Knowledge.Item? {
        let (title, text, url) = (
            template("title", of: fields), template("text", of: fields), link("url", of: fields)
        )
        guard let kind = fields.word("kind", as: Knowledge.Item.Kind.self), let title, let url else {
            return nil
        }
        return Knowledge.Item(
            kind: kind, title: title, text: text, url: url, starts: fields.value("starts", Formats.localTime))
    }

    private mutating func contestModule(_ fields: Fields) -> ContestModule? {
        let (title, button) = (template("title", of: fields), button(fields))
        return fields.value("contest", Formats.identifier).map {
            ContestModule(contest: $0, title: title, button: button)
        }
    }

    private mutating func feedback(_ fields: Fields) -> Feedback? {
        let (title, text) = (template("title", of: fields), template("text", of: fields))
        return fields.value("survey", Formats.identifier).map {
            Feedback(survey: $0, title: title, text: text)
        }
    }

    private mutating func service(_ fields: Fields) -> Service? {
        let (title, text) = (template("title", of: fields), template("text", of: fields))
        let (url, button) = (link("url", of: fields), button(fields))
        guard let title, let url else { return nil }
        return Service(title: title, text: text, url: url, button: button)
    }

    private mutating func expert(_ fields: Fields) -> Expert? {
        let (role, quote) = (template("role", of: fields), template("quote", of: fields))
        let image = picture(fields)
        guard let name = fields.value("name", Formats.line), let quote else { return nil }
        return Expert(name: name, role: role, quote: quote, image: image)
    }

    // MARK: Parts

    /// The words of a button; without a link nothing can be pressed.
    mutating func button(_ fields: Fields) -> LocalizedText? {
        let text = template("button", of: fields)
        let kindsWithOwnLink = fields.has("contest")
        if text != nil, !fields.has("url"), !kindsWithOwnLink {
            diagnostics.error("a `button` leads nowhere without `url`", at: fields.place(ofKey: "button"))
        }
        return text
    }

    mutating func picture(_ fields: Fields) -> Picture? {
        guard let image = fields.fields("image"), let src = pictureSource(image) else { return nil }
        if !image.has("alt") {
            diagnostics.warn(
                "the image has no `alt`", at: image.place, hint: "say what it shows, for who does not see it")
        }
        return Picture(src: src, alt: template("alt", of: image))
    }

    private mutating func pictureSource(_ image: Fields) -> Picture.Source? {
        if let address = link("src", of: image) { return .address(address) }
        return image.value("src", Formats.picture).map { .file($0, image.place(of: "src")) }
    }
}
