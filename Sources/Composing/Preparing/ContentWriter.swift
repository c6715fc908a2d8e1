import Campaigns
import Foundation
import Liquid
import Loyalty
import Model

/// Turns the payload of modules into content in one language.
struct ContentWriter {
    let campaign: Campaign
    let language: String
    let surveys: [String: Survey]
    let contests: [String: Contest]
    /// Parses the texts; never escapes, since the templates that write them do.
    let environment: Environment
    let zone: TimeZone
    let pictures: PictureLibrary
    private var coupons = 0

    init(
        campaign: Campaign, language: String, surveys: [String: Survey], contests: [String: Contest],
        environment: Environment, zone: TimeZone, pictures: PictureLibrary
    ) {
        (self.campaign, self.language, self.surveys, self.contests) = (campaign, language, surveys, contests)
        (self.environment, self.zone, self.pictures) = (environment, zone, pictures)
    }

    /// What a module says.
    /// - Throws: `LiquidError` for a text that is no template, `ComposingError` for a survey or contest that is not defined.
    mutating func content(of module: Module) throws -> Content {
        switch module.content {
        case .proposition(let module): try proposition(module)
        case .loyalty(let module): try loyalty(module)
        case .motivational(let module): try motivational(module)
        case .knowledge(let module): try knowledge(module)
        case .contest(let module): try contest(module)
        case .feedback(let module): try feedback(module)
        case .service(let module):
            .named([
                ("title", try text(module.title)), ("text", try text(module.text)),
                ("url", try address(module.url, at: campaign.place)), ("button", try text(module.button)),
            ])
        case .expert(let module):
            .named([
                ("name", .fixed(.string(module.name))), ("role", try text(module.role)),
                ("quote", try text(module.quote)), ("image", try picture(module.image)),
            ])
        case .thanks(let module):
            .named([
                ("title", try text(module.title)), ("text", try text(module.text)),
                ("gift", gift(module.gift)),
            ])
        }
    }

    /// A text in the language, or nothing.
    func text(_ text: LocalizedText?) throws -> Content? {
        guard let entry = entry(of: text) else { return nil }
        guard let template = try template(entry.text, at: entry.place) else {
            return .fixed(Value(entry.text.nonEmpty))
        }
        return .text(template)
    }

    private func paragraphs(_ text: LocalizedText?) throws -> Content? {
        guard let entry = entry(of: text) else { return nil }
        guard let template = try template(entry.text, at: entry.place) else {
            return .fixed(.paragraphs(of: entry.text))
        }
        return .paragraphs(template)
    }

    private func address(_ url: String?, at place: Place) throws -> Content? {
        guard let url else { return nil }
        return try template(url, at: place).map { .text($0) } ?? .fixed(.string(url))
    }

    private func entry(of text: LocalizedText?) -> LocalizedText.Entry? {
        text?.entry(for: language, default: campaign.languages.first ?? language)
    }

    /// The text as a template; nil for one without merge fields.
    private func template(_ text: String, at place: Place) throws -> Template? {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return nil }
        return try Template(parsing: text, name: place.description, environment: environment)
    }
}

// MARK: - Modules

extension ContentWriter {
    private func proposition(_ module: Proposition) throws -> Content {
        .named([
            ("headline", try text(module.headline)), ("subheadline", try text(module.subheadline)),
            ("paragraphs", try paragraphs(module.paragraph)), ("image", try picture(module.image)),
            ("url", try address(module.url, at: campaign.place)), ("button", try text(module.button)),
        ])
    }

    private func loyalty(_ module: LoyaltyModule) throws -> Content {
        let show = module.show.map { Value.string($0.rawValue) }
        return .named([("title", try text(module.title)), ("show", .fixed(.array(show)))])
    }

    private mutating func motivational(_ module: Motivational) throws -> Content {
        let coupon = module.coupon
        return .named(
            [
                ("kind", .fixed(.string(module.kind.rawValue))), ("text", try text(module.text)),
                ("url", try address(module.url, at: campaign.place)), ("button", try text(module.button)),
                ("image", try picture(module.image)),
                ("valid_until", validity(coupon?.valid, until: module.between?.last)),
            ] + couponParts(coupon))
    }

    private mutating func couponParts(_ coupon: Coupon?) -> [(String, Content?)] {
        var (percent, amount): (Content?, Content?) = (nil, nil)
        switch coupon?.reduction {
        case .percent(let number): percent = .fixed(.int(number))
        case .amount(let money): amount = .fixed(Value(money))
        case nil: break
        }
        return [
            ("percent", percent), ("amount", amount), ("code", code(coupon?.code)),
            ("minimum_order", coupon?.minimumOrder.map { .fixed(Value($0)) }),
        ]
    }

    private mutating func code(_ code: Coupon.Code?) -> Content? {
        switch code {
        case .fixed(let word): return .fixed(.string(word))
        case .unique:
            let (id, ordinal) = (campaign.id, coupons)
            coupons += 1
            return .personal { moment in
                .string(moment.links.signer.coupon(campaign: id, customer: moment.customer, ordinal: ordinal))
            }
        case nil: return nil
        }
    }

    /// The last day, by a period from the sending or by a date, whichever is earlier.
    private func validity(_ period: Period?, until last: CalendarDate?) -> Content? {
        let zone = zone
        guard let period else { return last.map { .fixed(.string($0.description)) } }
        return .personal { moment in
            let day = moment.now.adding(period, in: zone).local(in: zone).date
            return .string((last.map { min($0, day) } ?? day).description)
        }
    }

    private func knowledge(_ module: Knowledge) throws -> Content {
        var items: [Content] = []
        for item in module.items {
            items.append(
                .named([
                    ("kind", .fixed(.string(item.kind.rawValue))), ("title", try text(item.title)),
                    ("text", try text(item.text)), ("url", try address(item.url, at: campaign.place)),
                    ("starts", item.starts.map { .fixed(Value($0)) }),
                ]))
        }
        return .named([("title", try text(module.title)), ("items", .list(items))])
    }

    private func contest(_ module: ContestModule) throws -> Content {
        guard let contest = contests[module.contest] else {
            throw ComposingError.undefined(kind: "contest", id: module.contest, campaign: campaign.id)
        }
        let id = contest.id
        return .named([
            ("title", try text(module.title)), ("button", try text(module.button)),
            ("prize", try text(contest.prize)), ("closes", .fixed(Value(contest.closes))),
            ("steps", .fixed(.array(contest.steps.map { .string($0.rawValue) }))),
            ("share", .fixed(.bool(contest.offersSharing))), ("terms", try text(contest.terms)),
            ("url", .personal { .string($0.links.contest(id)) }),
        ])
    }

    private func feedback(_ module: Feedback) throws -> Content {
        guard let survey = surveys[module.survey], let question = survey.questions.first else {
            throw ComposingError.undefined(kind: "survey", id: module.survey, campaign: campaign.id)
        }
        let (id, scale) = (survey.id, question.scale.map(Array.init) ?? [])
        let ends = question.kind.endWords
        return .named([
            ("title", try text(module.title)), ("text", try text(module.text)),
            ("question", try text(question.text)), ("low", ends.map { .fixed(.string($0.low)) }),
            ("high", ends.map { .fixed(.string($0.high)) }),
            ("url", .personal { .string($0.links.survey(id)) }),
            ("scale", .personal { $0.scale(scale, survey: id) }),
        ])
    }

    private mutating func gift(_ gift: Thanks.Gift?) -> Content? {
        switch gift {
        case .points(let number): .named([("points", .fixed(.int(Int(number))))])
        case .coupon(let coupon):
            .named([("valid_until", validity(coupon.valid, until: nil))] + couponParts(coupon))
        case nil: nil
        }
    }

    private func picture(_ picture: Picture?) throws -> Content? {
        guard let picture else { return nil }
        let src: Content?
        switch picture.src {
        case .address(let url): src = try address(url, at: campaign.place)
        case .file: src = pictures[picture.src].map { .fixed(.string($0.link)) }
        }
        return .named([("src", src), ("alt", try text(picture.alt))])
    }
}

extension Question.Kind {
    /// The names of the words at the ends of the scale.
    fileprivate var endWords: (low: String, high: String)? {
        switch self {
        case .nps: ("nps_low", "nps_high")
        case .csat: ("csat_low", "csat_high")
        case .ces: ("ces_low", "ces_high")
        case .choice, .choices, .text, .perceivedValue: nil
        }
    }
}
