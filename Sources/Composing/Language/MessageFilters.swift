import Liquid
import Model

/// The filters beyond Liquid's own, in one language.
struct MessageFilters: Sendable {
    let wording: Wording
    let unit: UnitName
    /// The currency of a bare number.
    let currency: Currency

    /// What points are called.
    struct UnitName: Sendable {
        var one: String
        var many: String

        /// The name beside a number. Languages that tell more than one and many apart do so in words that
        /// follow the number, which is why a programme gives two.
        func name(for number: Int64) -> String { number == 1 || number == -1 ? one : many }
    }

    /// All of them.
    var all: [Filter] {
        [
            Filter("money") { input, _, _ in try .string(money(input)) },
            Filter("points", arity: 0...1) { input, arguments, _ in
                try .string(points(input, alone: arguments[0].text == "number"))
            },
            .date(names: wording.dates),
        ]
    }

    private func money(_ input: Value) throws -> String {
        if case .object(let object) = input, let value = object as? MoneyValue {
            return wording.numbers.text(of: value.money)
        }
        let text = input.text
        if text.isEmpty { return "" }
        guard let money = Money(text) ?? Money(decimal: text, currency) else {
            throw FilterError("`money` needs an amount such as 12.50 or '12.50 EUR'")
        }
        return wording.numbers.text(of: money)
    }

    private func points(_ input: Value, alone: Bool) throws -> String {
        if input.text.isEmpty { return "" }
        guard let number = Int64(input.text) else {
            throw FilterError("`points` needs a whole number")
        }
        let text = wording.numbers.grouped(number)
        return alone ? text : "\(text)\u{A0}\(unit.name(for: number))"
    }
}
