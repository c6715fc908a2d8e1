import Campaigns
import Foundation
import Liquid
import Model

/// The templates, words and colours of one language, parsed once and shared by all that is written in it.
struct Stationery: Sendable {
    /// A template in both forms.
    struct Pair: Sendable {
        let html: Template
        let text: Template
    }

    let wording: Wording
    let layout: Pair
    let modules: [Module.Kind: Pair]
    /// Parses the campaign's own texts.
    let texts: Environment
    /// What templates see in every message: `brand`, `theme`, `words`, `locale`, `dir`, `start`, `end`.
    let layer: Fields

    /// - Parameters:
    ///   - language: BCP 47.
    ///   - unit: what points are called in it.
    ///   - kinds: the modules whose templates are needed.
    /// - Throws: `TemplateFileError`, `LiquidError`.
    init(
        _ language: String, settings: Settings, unit: MessageFilters.UnitName, kinds: Set<Module.Kind>,
        library: TemplateLibrary
    ) throws {
        wording = try Wording(language, from: library, fallback: Wording("en", from: library, fallback: nil))
        let filters = MessageFilters(wording: wording, unit: unit, currency: settings.currency).all
        texts = Environment(escaping: .none, limits: .text, filters: filters)
        let parser = try FormParser(library: library, filters: filters)
        layout = try parser.pair("layout")
        modules = try Dictionary(
            uniqueKeysWithValues: kinds.map { ($0, try parser.pair("modules/\($0.rawValue)")) })
        layer = try Self.layer(language, settings: settings, wording: wording, theme: Theme(from: library))
    }

    private static func layer(_ language: String, settings: Settings, wording: Wording, theme: Theme)
        -> Fields
    {
        let brand = settings.brand
        let isRightToLeft = language.isRightToLeft
        return Fields([
            (
                "brand",
                .fields([
                    ("name", .string(brand.name)), ("address", Value(brand.address.nonEmpty)),
                    ("url", Value(brand.url)),
                ])
            ),
            ("theme", theme.value), ("words", wording.words), ("locale", .string(language)),
            ("dir", isRightToLeft ? "rtl" : "ltr"), ("start", isRightToLeft ? "right" : "left"),
            ("end", isRightToLeft ? "left" : "right"),
        ])
    }
}

/// Parses templates of both forms; partials are found in the form of the template that names them.
private struct FormParser {
    private let library: TemplateLibrary
    private let html: Environment
    private let text: Environment

    init(library: TemplateLibrary, filters: [Filter]) throws {
        self.library = library
        html = Environment(
            escaping: .html, limits: .message, filters: filters, loader: library.loader(form: .html))
        text = Environment(
            escaping: .none, limits: .message, filters: filters, loader: library.loader(form: .text))
    }

    func pair(_ name: String) throws -> Stationery.Pair {
        Stationery.Pair(html: try template(name, .html), text: try template(name, .text))
    }

    private func template(_ name: String, _ form: TemplateForm) throws -> Template {
        let name = "\(name).\(form.rawValue).liquid"
        guard let source = try library.source(name) else {
            throw TemplateFileError(file: name, problem: .missing)
        }
        return try Template(parsing: source.text, name: source.file, environment: form == .html ? html : text)
    }
}

/// The two forms of every mail.
enum TemplateForm: String, Sendable {
    case html, text
}

extension TemplateLibrary {
    /// Finds `parts/button` as `parts/button.html.liquid` in HTML templates, else as `parts/button.liquid`.
    func loader(form: TemplateForm) -> Environment.Loader {
        { name in try source("\(name).\(form.rawValue).liquid")?.text ?? source("\(name).liquid")?.text }
    }
}

/// The colours and fonts, `templates/theme.txt`.
struct Theme: Sendable {
    let names: Set<String>
    let value: Value

    init(from library: TemplateLibrary) throws(TemplateFileError) {
        guard let texts = try library.texts("theme.txt") else {
            throw TemplateFileError(file: "templates/theme.txt", problem: .missing)
        }
        names = Set(texts.keys)
        value = .fields(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
}

extension Liquid.Limits {
    /// For one part of a message: ten times the size at which Gmail clips it.
    static let message = Liquid.Limits(outputBytes: 1_000_000, steps: 1_000_000, depth: 20)
    /// For one text of a campaign.
    static let text = Liquid.Limits(outputBytes: 100_000, steps: 100_000, depth: 20)
}
