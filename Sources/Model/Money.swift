/// A currency of ISO 4217 by its three letters.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three capital ASCII letters, `EUR`.
    package let code: String

    /// A currency by its code, in either case.
    /// - Returns: nil unless the code is three ASCII letters.
    package init?(_ code: some StringProtocol) {
        let bytes = code.utf8.map { $0 & 0xDF }
        guard bytes.count == 3, bytes.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }),
            code.utf8.allSatisfy({ $0 >= 0x41 })
        else { return nil }
        self.code = String(decoding: bytes, as: UTF8.self)
    }

    /// The currency where none is named.
    package static let euro = Currency(known: "EUR")

    private init(known code: String) {
        self.code = code
    }

    package var description: String { code }

    /// How many decimal digits the minor unit has (ISO 4217, table A.1): 2 but for these.
    package var minorDigits: Int {
        switch code {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
            "XAF", "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "CLF", "UYW": 4
        default: 2
        }
    }

    /// How many minor units a unit has: 100 cents in a euro.
    package var minorUnits: Int64 { (0..<minorDigits).reduce(1) { units, _ in units * 10 } }
}

/// An amount of money: whole minor units of a currency, never a floating-point number.
package struct Money: Hashable, Sendable {
    /// Minor units: cents of a euro, yen of a yen. Negative for what is owed or returned.
    package let minor: Int64
    /// The currency.
    package let currency: Currency

    /// An amount in minor units.
    package init(minor: Int64, _ currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// Reads a plain decimal number of major units: `12`, `12.5`, `-0.99`.
    /// - Returns: nil when it is no such number, has more decimals than the currency, or is too large.
    package init?(decimal text: some StringProtocol, _ currency: Currency) {
        guard let minor = Self.minorUnits(of: text.utf8, digits: currency.minorDigits) else { return nil }
        self.init(minor: minor, currency)
    }

    /// Reads an amount with its currency: `30 EUR`.
    package init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count == 2, let currency = Currency(words[1]) else { return nil }
        self.init(decimal: words[0], currency)
    }

    private static func minorUnits(of bytes: some Collection<UInt8>, digits: Int) -> Int64? {
        var rest = bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        var minor: Int64 = 0
        var (seenDigits, decimals) = (0, -1)
        for byte in rest {
            if byte == UInt8(ascii: "."), decimals < 0, seenDigits > 0 {
                decimals = 0
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            if decimals >= digits {
                guard byte == UInt8(ascii: "0") else { return nil }
                decimals += 1
                continue
            }
            guard let next = minor.shiftedDecimal(adding: Int64(byte - UInt8(ascii: "0"))) else { return nil }
            minor = next
            seenDigits += 1
            if decimals >= 0 { decimals += 1 }
        }
        guard seenDigits > 0, decimals != 0 else { return nil }
        for _ in max(decimals, 0)..<max(digits, max(decimals, 0)) {
            guard let next = minor.shiftedDecimal(adding: 0) else { return nil }
            minor = next
        }
        return isNegative ? -minor : minor
    }

    /// The sum of two amounts of one currency.
    /// - Returns: nil when the currencies differ or the sum leaves the range of Int64.
    package func adding(_ other: Money) -> Money? {
        guard currency == other.currency else { return nil }
        let (sum, overflow) = minor.addingReportingOverflow(other.minor)
        return overflow ? nil : Money(minor: sum, currency)
    }
}

extension Money: CustomStringConvertible {
    /// The number of major units, a dot before the minor ones: `12.50`.
    package var decimal: String {
        let digits = currency.minorDigits
        var text = String(minor.magnitude)
        if digits > 0 {
            text = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
        }
        return minor < 0 ? "-" + text : text
    }

    /// As written in settings and listings: `12.50 EUR`.
    package var description: String { "\(decimal) \(currency)" }
}

extension Int64 {
    fileprivate func shiftedDecimal(adding digit: Int64) -> Int64? {
        let (shifted, overflow) = multipliedReportingOverflow(by: 10)
        let (sum, carried) = shifted.addingReportingOverflow(digit)
        return overflow || carried ? nil : sum
    }
}
