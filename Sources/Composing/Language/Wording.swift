import Liquid

/// The words of one language as its file in `templates/words/` gives them: what the templates say by
/// themselves, and how dates, numbers and money are written. A file more is a language more.
struct Wording: Sendable {
    /// All texts by name, for templates.
    let words: Value
    /// The names of the texts.
    let names: Set<String>
    let dates: DateStyle
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
        dates = DateStyle(texts)
        numbers = NumberStyle(texts)
    }
}

/// How a language writes dates.
struct DateStyle: Sendable {
    /// From January on.
    let months: [String]
    let shortMonths: [String]
    /// From Monday on.
    let weekdays: [String]
    let shortWeekdays: [String]
    /// Formats by name: `long`, `full`.
    let formats: [String: String]
    /// What `%EY` adds to the year: 543 for the Buddhist era.
    let yearOffset: Int

    init(_ texts: [String: String]) {
        func list(_ name: String) -> [String] {
            (texts[name] ?? "").split(separator: ", ", omittingEmptySubsequences: false).map(String.init)
        }
        months = list("months")
        shortMonths = list("months_short")
        weekdays = list("weekdays")
        shortWeekdays = list("weekdays_short")
        formats = ["long": texts["date_long"] ?? "%Y-%m-%d", "full": texts["date_full"] ?? "%Y-%m-%d %H:%M"]
        yearOffset = texts["year_offset"].flatMap { Int($0) }.flatMap { abs($0) < 10_000 ? $0 : nil } ?? 0
    }
}

/// How a language writes numbers and money.
struct NumberStyle: Sendable {
    /// Between groups of three digits.
    let group: String
    /// Before the minor units.
    let decimal: String
    /// An amount of money with `{amount}` and `{symbol}`.
    let money: String

    /// Reads the style off a written-out example, `1.234.567,89`. A blank in it becomes one that does not
    /// break, so that no amount is torn over two lines.
    init(_ texts: [String: String]) {
        let unbroken = { (text: String) in
            text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "\u{A0}")
        }
        let signs = (texts["number"] ?? "").filter { !$0.isNumber }
        group = signs.count > 1 ? unbroken(String(signs.prefix(1))) : ""
        decimal = signs.last.map { unbroken(String($0)) } ?? "."
        money = unbroken(texts["money"] ?? "{amount} {symbol}")
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
