import Liquid
import Model

/// An amount of money as templates see it: `12.50 EUR` by itself, as the language writes it with `money`.
final class MoneyValue: LiquidObject {
    let money: Money

    init(_ money: Money) { self.money = money }

    var text: String { money.description }
    var fieldNames: [String] { ["amount", "currency"] }

    func field(_ key: Key) -> Value? {
        switch key.name {
        case "amount": .string(money.decimal)
        case "currency": .string(money.currency.code)
        default: nil
        }
    }
}

extension Value {
    /// Money, or nothing.
    init(_ money: Money?) {
        self = money.map { .object(MoneyValue($0)) } ?? .null
    }

    /// An instant on a zone's clock, in a form that says itself and that `date` reads.
    init(_ local: LocalTime) {
        let minute = local.clock.minute
        let time = "\(local.clock.hour < 10 ? "0" : "")\(local.clock.hour):\(minute < 10 ? "0" : "")\(minute)"
        self = .string("\(local.date) \(time)")
    }
}

extension NumberStyle {
    /// An amount as the language writes it: `€12.50`, `12,50 €`.
    func text(of money: Money) -> String {
        let parts = Money(minor: money.minor == .min ? .max : abs(money.minor), money.currency).decimal
            .split(separator: ".")
        var amount = parts.first.flatMap { Int64($0) }.map { grouped($0) } ?? ""
        if parts.count > 1 { amount += decimal + parts[1] }
        return self.money.reduce(into: money.minor < 0 ? "\u{2212}" : "") { text, part in
            switch part {
            case .amount: text += amount
            case .symbol: text += money.currency.symbol
            case .text(let other): text += other
            }
        }
    }
}

extension Currency {
    /// The sign that people write, the code where there is none of its own.
    var symbol: String {
        switch code {
        case "EUR": "€"
        case "USD": "$"
        case "GBP": "£"
        case "ILS": "₪"
        case "JPY": "¥"
        case "KZT": "₸"
        case "THB": "฿"
        case "UAH": "₴"
        default: code
        }
    }
}
