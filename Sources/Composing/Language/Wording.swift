import Liquid

/// The words of one language as its file in `templates/words/` gives them: what the templates say by
/// themselves, and how dates, numbers and money are written. A file more is a language more.
struct Wording: Sendable {
    /// All texts by name, for templates.
    let words: Value
    /// The names of the texts.
    let names: Set<String>
    let dates: DateNames
    let numbers: NumberStyle

    /// The words of a language.
    /// - Parameters:
    ///   - language: BCP 47; the file of its primary subtag serves all its regions.
    ///   - fallback: what is not in the file comes from there.
    init(_ language: String, from library: TemplateLibrary, fallback: Wording?) throws(TemplateFileError) {
        let primary = language.primarySubtag
        guard let own = try library.texts("words/\(primary).txt") else {
            guard let fallback else {
                throw TemplateFileError(file: "templates/words/\(primary).txt", problem: .missing)
            }
            self = fallback
            return
        }
        self.init(texts: (fallback?.texts ?? [:]).merging(own) { _, own in own })
    }

    private let texts: [String: String]

    private init(texts: [String: String]) {
        self.texts = texts
        words = .fields(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        names = Set(texts.keys)
        dates = DateNames(texts)
        numbers = NumberStyle(texts)
    }
}

extension DateNames {
    /// The names of a language's file.
    init(_ texts: [String: String]) {
        func list(_ name: String) -> [String] {
            (texts[name] ?? "").split(separator: ", ", omittingEmptySubsequences: false).map(String.init)
        }
        let yearOffset = texts["year_offset"].flatMap { Int($0) }.flatMap { abs($0) < 10_000 ? $0 : nil }
        self.init(
            months: list("months"), shortMonths: list("months_short"), weekdays: list("weekdays"),
            shortWeekdays: list("weekdays_short"), yearOffset: yearOffset ?? 0,
            formats: [
                "long": texts["date_long"] ?? "%Y-%m-%d", "full": texts["date_full"] ?? "%Y-%m-%d %H:%M",
            ])
    }
}

/// How a language writes numbers and money.
struct NumberStyle: Sendable {
    /// Between groups of three digits.
    let group: String
    /// Before the minor units.
    let decimal: String
    /// How an amount of money is put together.
    let money: [MoneyPart]

    /// A piece of an amount of money.
    enum MoneyPart: Sendable {
        case amount, symbol
        case text(String)
    }

    /// Reads the style off a written-out example, `1.234.567,89`. A blank in it becomes one that does not
    /// break, so that no amount is torn over two lines.
    init(_ texts: [String: String]) {
        let unbroken = { (text: String) in
            text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "\u{A0}")
        }
        let signs = (texts["number"] ?? "").filter { !$0.isNumber }
        group = signs.count > 1 ? unbroken(String(signs.prefix(1))) : ""
        decimal = signs.last.map { unbroken(String($0)) } ?? "."
        money = Self.parts(of: unbroken(texts["money"] ?? "{amount} {symbol}"))
    }

    /// The pieces of a text with `{amount}` and `{symbol}`.
    private static func parts(of pattern: String) -> [MoneyPart] {
        var (parts, rest): ([MoneyPart], Substring) = ([], pattern[...])
        while let first = rest.first {
            if rest.hasPrefix("{amount}") {
                parts.append(.amount)
                rest = rest.dropFirst("{amount}".count)
            } else if rest.hasPrefix("{symbol}") {
                parts.append(.symbol)
                rest = rest.dropFirst("{symbol}".count)
            } else {
                parts.append(.text(String(first)))
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    /// A whole number with its digits in groups.
    func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "\u{2212}" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += group }
            text.append(digit)
        }
        return text
    }
}

extension String {
    /// `pt` of `pt-BR`, in lower case.
    var primarySubtag: String {
        String(prefix { $0 != "-" && $0 != "_" }).lowercased()
    }

    /// Whether a language of this tag is written from right to left.
    var isRightToLeft: Bool {
        ["ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"].contains(primarySubtag)
    }
}
