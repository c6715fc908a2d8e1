import Campaigns
import Liquid
import Model

extension TemplateLibrary {
    /// Reads every template, every file of words and the colours, and tells all that is wrong with them.
    /// - Parameter currency: the workspace's.
    package func check(currency: Currency) -> [Diagnostic] {
        do {
            return try TemplateCheck(library: self, currency: currency).diagnostics.sorted()
        } catch {
            // Words and colours are needed to say anything about the rest.
            let place = Place(file: (error as? TemplateFileError)?.file ?? Self.folder, line: 1, column: 1)
            return [Diagnostic(.error, at: place, ComposingError(error).description)]
        }
    }
}

/// One pass over all templates of a library.
private struct TemplateCheck {
    private let library: TemplateLibrary
    private let names: ScopeNames
    private let filters: [Filter]
    private let words: Wording
    private(set) var diagnostics: [Diagnostic] = []

    init(library: TemplateLibrary, currency: Currency) throws {
        self.library = library
        words = try Wording("en", from: library, fallback: nil)
        names = ScopeNames(words: words.names, theme: try Theme(from: library).names)
        let unit = MessageFilters.UnitName(one: "", many: "")
        filters = MessageFilters(wording: words, unit: unit, currency: currency).all
        for name in library.names { check(name) }
    }

    private mutating func check(_ name: String) {
        do {
            guard let source = try library.source(name) else { return }
            if name.hasSuffix(".txt") {
                try checkTexts(name, source)
            } else if name.hasSuffix(".liquid") {
                try checkTemplate(name, source)
            }
        } catch let error as LiquidError {
            let place = Place(file: error.template, line: error.line, column: error.column)
            diagnostics.append(Diagnostic(.error, at: place, error.message))
        } catch {
            let place = Place(file: "\(TemplateLibrary.folder)/\(name)", line: 1, column: 1)
            diagnostics.append(Diagnostic(.error, at: place, ComposingError(error).description))
        }
    }

    private mutating func checkTexts(_ name: String, _ source: TemplateLibrary.Source) throws {
        diagnostics += KeyedText(parsing: source.text, file: source.file).diagnostics
        guard name.hasPrefix("words/"), let texts = try library.texts(name) else { return }
        let missing = words.names.subtracting(texts.keys).sorted()
        guard !missing.isEmpty else { return }
        let place = Place(file: source.file, line: 1, column: 1)
        let message = "these words are missing and stand in English: \(missing.joined(separator: ", "))"
        diagnostics.append(Diagnostic(.warning, at: place, message))
    }

    private mutating func checkTemplate(_ name: String, _ source: TemplateLibrary.Source) throws {
        let form: TemplateForm = name.hasSuffix(".text.liquid") ? .text : .html
        let environment = Environment(escaping: form == .html ? .html : .none, filters: filters)
        let template = try Template(parsing: source.text, name: source.file, environment: environment)
        let isPartial = !name.hasPrefix("modules/") && !name.hasPrefix("layout.")
        for mention in template.variables {
            guard let problem = names.problem(with: mention.path, isPartial: isPartial) else { continue }
            let place = Place(file: source.file, line: mention.line, column: mention.column)
            diagnostics.append(Diagnostic(.warning, at: place, problem.message, hint: problem.hint))
        }
        let load = library.loader(form: form)
        for mention in template.partials where try load(mention.name) == nil {
            let place = Place(file: source.file, line: mention.line, column: mention.column)
            let hint = "put it into templates/\(mention.name).\(form.rawValue).liquid"
            diagnostics.append(
                Diagnostic(.error, at: place, "there is no partial `\(mention.name)`", hint: hint))
        }
    }
}
