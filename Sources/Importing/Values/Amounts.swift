import Model

/// Reads amounts of money and whole numbers as people write them in files.
enum Amounts {
    /// A decimal number of major units, `12.50`, or one with its currency, `12.50 EUR`.
    /// - Parameters:
    ///   - currency: The currency of an amount that names none.
    ///   - isFixed: Whether an amount may not name another one.
    /// - Throws: `ValueFault`.
    static func money(_ text: String, _ currency: Currency?, isFixed: Bool = false) throws(ValueFault)
        -> Money
    {
        if text.utf8.contains(.blank) {
            guard let money = Money(text) else { throw fault(text, currency) }
            if isFixed, let currency, currency != money.currency {
                throw ValueFault(
                    "The amount is in \(money.currency) and the row in \(currency); use one currency a row.")
            }
            return money
        }
        guard let currency else {
            throw ValueFault(
                "The currency of the amount is not known; add a currency column or say --currency, such as EUR."
            )
        }
        guard let money = Money(decimal: text, currency) else { throw fault(text, currency) }
        return money
    }

    private static func fault(_ text: String, _ currency: Currency?) -> ValueFault {
        let digits = currency?.minorDigits ?? 2
        let example = digits == 0 ? "1250" : "1250." + "500".prefix(digits)
        return ValueFault(
            "The value '\(text.shortened)' is no amount such as \(example)\(currency.map { " in \($0)" } ?? "");"
                + " write a dot before the decimals and no other separators.")
    }

    static func currency(_ text: String) throws(ValueFault) -> Currency {
        guard let currency = Currency(text) else {
            throw ValueFault(
                "The value '\(text.shortened)' is no currency; write the three letters of ISO 4217, such as EUR."
            )
        }
        return currency
    }

    static func quantity(_ text: String) throws(ValueFault) -> Int64 {
        guard let number = Int64(text) else {
            throw ValueFault(
                "The value '\(text.shortened)' is no whole number; write the number of pieces in digits.")
        }
        return number
    }
}

/// Why a value is not what its column holds: a sentence. The row adds where it stands.
struct ValueFault: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
