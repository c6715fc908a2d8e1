import Liquid
import Model

/// The filters beyond Liquid's own, in one language.
struct MessageFilters: Sendable {
    let wording: Wording
    let unit: UnitName
    /// The currency of a bare number.
    let currency: Currency
    private let standardDate: Template

    /// What points are called.
    struct UnitName: Sendable {
        var one: String
        var many: String

        /// The name beside a number. Languages that tell more than one and many apart do so in words that
        /// follow the number, which is why a programme gives two.
        func name(for number: Int64) -> String { number == 1 || number == -1 ? one : many }
    }

    init(wording: Wording, unit: UnitName, currency: Currency) throws {
        (self.wording, self.unit, self.currency) = (wording, unit, currency)
        // Liquid's own `date` has no names of months in other languages; ours puts them in and leaves the rest to it.
        standardDate = try Template(
            parsing: "{{ value | date: format }}", name: "date", environment: Environment(escaping: .none))
    }

    /// All of them.
    var all: [Filter] {
        [
            Filter("money") { input, _, _ in try .string(money(input)) },
            Filter("points", arity: 0...1) { input, arguments, _ in
                try .string(points(input, alone: arguments[0].text == "number"))
            },
            Filter("date", arity: 0...1) { input, arguments, context in
                guard arguments.count > 0 else { return input }
                return .string(try date(input, format: arguments[0].text, scope: context.scope))
            },
        ]
    }

    private func money(_ input: Value) throws -> String {
        if case .object(let object) = input, let value = object as? MoneyValue {
            return wording.numbers.text(of: value.money)
        }
        let text = input.text
        if text.isEmpty { return "" }
        guard let money = Money(text) ?? Money(decimal: text, currency) else {
            throw FilterError("`money` needs an amount such as 12.50 or '12.50 EUR', not '\(text)'")
        }
        return wording.numbers.text(of: money)
    }

    private func points(_ input: Value, alone: Bool) throws -> String {
        if input.text.isEmpty { return "" }
        guard let number = Int64(input.text) else {
            throw FilterError("`points` needs a whole number, not '\(input.text)'")
        }
        let text = wording.numbers.grouped(number)
        return alone ? text : "\(text)\u{A0}\(unit.name(for: number))"
    }

    private func date(_ input: Value, format: String, scope: Scope) throws -> String {
        let format = wording.dates.formats[format] ?? format
        let localized = try localize(format) { directive in try standard(input, directive, scope) }
        return try standard(input, localized, scope)
    }

    private func standard(_ input: Value, _ format: String, _ scope: Scope) throws -> String {
        let layer = Fields([("value", input), ("format", .string(format))])
        return try standardDate.render(scope: Scope([layer], now: scope.now, utcOffset: scope.utcOffset))
    }

    /// Puts the language's names in the place of `%B %b %h %A %a` and its year in that of `%EY`.
    private func localize(_ format: String, value: (String) throws -> String) throws -> String {
        let dates = wording.dates
        var (result, rest) = ("", format[...])
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            rest = rest[percent...]
            let replacement: (length: Int, text: String?)
            switch rest.dropFirst().first {
            case "B": replacement = (2, dates.months.named(try value("%m"), from: 1))
            case "b", "h": replacement = (2, dates.shortMonths.named(try value("%m"), from: 1))
            case "A": replacement = (2, dates.weekdays.named(try value("%u"), from: 1))
            case "a": replacement = (2, dates.shortWeekdays.named(try value("%u"), from: 1))
            case "E" where rest.hasPrefix("%EY"):
                replacement = (3, Int(try value("%Y")).map { String($0 + dates.yearOffset) })
            default: replacement = (2, nil)
            }
            result +=
                replacement.text.map { $0.replacing("%", with: "%%") }
                ?? String(rest.prefix(replacement.length))
            rest = rest.dropFirst(replacement.length)
        }
        return result + rest
    }
}

extension [String] {
    /// The name for a number that counts from `first`; nil when there is none.
    fileprivate func named(_ number: String, from first: Int) -> String? {
        guard let index = Int(number).map({ $0 - first }), indices.contains(index), !self[index].isEmpty
        else { return nil }
        return self[index]
    }
}
