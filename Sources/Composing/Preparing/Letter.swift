import Campaigns
import Foundation
import Liquid
import Model

/// A campaign in one language, ready to be rendered for any number of recipients. A class, since it is handed around
/// for each of them and has many parts.
final class Letter: Sendable {
    let language: String
    let points: PointsScope?
    let memory = LetterMemory()
    private let stationery: Stationery
    private let opening: Opening
    /// Of the A/B test's variants.
    private let variants: [Opening]
    private let modules: [PreparedModule]
    private let id: String
    private let name: String

    /// What a list of mails shows: all that a variant may change.
    private struct Opening: Sendable {
        let subject: Content
        let preheader: Content?
    }

    private struct PreparedModule: Sendable {
        let when: Condition?
        let templates: Stationery.Pair
        let content: Content
        let picture: InlinePicture?
    }

    /// What a recipient gets to read.
    struct Rendered {
        var subject: String
        var html: [UInt8]
        var text: [UInt8]
        /// What the HTML shows by `cid:`, each once.
        var pictures: [InlinePicture] = []
    }

    /// Room for what a layout writes around its content, in bytes.
    private static let layoutSize = 8192
    private static let campaignShape = Fields.Shape(["id", "name", "subject", "preheader"])
    private static let campaignLayer = Fields.Shape(["campaign"])
    private static let moduleLayer = Fields.Shape(["module"])
    private static let contentLayer = Fields.Shape(["content"])

    /// - Throws: `ComposingError`, `TemplateFileError`, `LiquidError`.
    init(
        _ campaign: Campaign, language: String, settings: Settings, definitions: Definitions, zone: TimeZone,
        library: TemplateLibrary, pictures: PictureLibrary
    ) throws {
        self.language = language
        (id, name) = (campaign.id, campaign.name)
        points = definitions.programme.map {
            PointsScope(programme: $0, language: language, fallback: campaign.languages.first ?? language)
        }
        let unit = points?.unit ?? MessageFilters.UnitName(one: "point", many: "points")
        let stationery = try Stationery(
            language, settings: settings, unit: unit, kinds: Set(campaign.modules.map(\.kind)),
            library: library)
        var writer = ContentWriter(
            campaign: campaign, language: language, surveys: definitions.surveys,
            contests: definitions.contests,
            environment: stationery.texts, zone: zone, pictures: pictures)
        let own = Opening(
            subject: try writer.text(campaign.subject) ?? .fixed(.string(campaign.name)),
            preheader: try writer.text(campaign.preheader))
        opening = own
        variants = try (campaign.test?.variants ?? []).map { variant in
            Opening(
                subject: try writer.text(variant.subject) ?? own.subject,
                preheader: try writer.text(variant.preheader) ?? own.preheader)
        }
        modules = try campaign.modules.compactMap { module in
            guard let templates = stationery.modules[module.kind] else { return nil }
            return PreparedModule(
                when: module.when, templates: templates, content: try writer.content(of: module),
                picture: pictures[module.picture?.src])
        }
        self.stationery = stationery
    }

    /// What templates see in every message of the language.
    var layer: Fields { stationery.layer }

    /// - Parameters:
    ///   - variant: whose subject and preheader it has, by its place in the A/B test; the campaign's own for nil, and
    ///     for one that there is not.
    ///   - moment: the recipient, whose scope has the layers of the language and of the recipient.
    ///   - facts: what decides which modules they see; worked out only where a module has a condition.
    /// - Throws: `LiquidError`, `Unanswerable`.
    func render(variant: Int?, at moment: Moment, facts: @autoclosure () -> Facts) throws -> Rendered {
        var known: Facts?
        let opening = variant.flatMap { variants.indices.contains($0) ? variants[$0] : nil } ?? self.opening
        let subject = try opening.subject.value(at: moment)
        let preheader = try opening.preheader?.value(at: moment) ?? .null
        let about = Fields(
            shape: Self.campaignShape, values: [.string(id), .string(name), subject, preheader])
        let scope = moment.scope.adding(Fields(shape: Self.campaignLayer, values: [.object(about)]))
        var (html, text): ([UInt8], [UInt8]) = ([], [])
        var pictures: [InlinePicture] = []
        for module in modules {
            if let condition = module.when {
                let facts = known ?? facts()
                known = facts
                guard try condition.holds(for: facts) else { continue }
            }
            let content = Fields(shape: Self.moduleLayer, values: [try module.content.value(at: moment)])
            let inner = scope.adding(content)
            if let picture = module.picture, !pictures.contains(where: { $0.id == picture.id }) {
                pictures.append(picture)
            }
            try module.templates.html.render(into: &html, scope: inner)
            try module.templates.text.render(into: &text, scope: inner)
            text += [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
        }
        return Rendered(
            subject: subject.text, html: try framed(html, by: stationery.layout.html, in: scope),
            text: try framed(text, by: stationery.layout.text, in: scope), pictures: pictures)
    }

    private func framed(_ content: [UInt8], by layout: Template, in scope: Scope) throws -> [UInt8] {
        let value = Value.markup(String(decoding: content, as: UTF8.self))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + Self.layoutSize)
        try layout.render(
            into: &bytes, scope: scope.adding(Fields(shape: Self.contentLayer, values: [value])))
        return bytes
    }
}
