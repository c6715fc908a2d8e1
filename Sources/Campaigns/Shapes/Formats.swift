import Foundation
import Loyalty
import Model

// The formats of single values, in the words of the field. Patterns say no more than the reader takes; what only
// a calendar or a table knows (30 February, a zone that does not exist) the reader alone refuses.

private let periodPattern = "[1-9][0-9]{0,5} +(?:hour|day|week|month|year)s?"
private let datePattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
private let clockPattern = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
private let moneyPattern = "[0-9]{1,15}(?:\\.[0-9]{1,6})? +[A-Za-z]{3}"

/// A count from 1 to 999,999 and a unit.
@Sendable private func period(_ text: some StringProtocol) -> Period? {
    guard let first = text.utf8.first, (0x31...0x39).contains(first) else { return nil }
    return Period(text).flatMap { $0.count <= 999_999 ? $0 : nil }
}

/// A time of day in hours and minutes.
@Sendable private func clock(_ text: some StringProtocol) -> ClockTime? {
    text.utf8.count == 5 ? ClockTime(text) : nil
}

extension Formats {
    static let period = Format<Period>("a duration such as `3 days`", pattern: periodPattern) {
        Campaigns.period($0)
    }
}

extension Formats {
    /// An amount above zero.
    static let money = Format<Money>("an amount such as `30 EUR`", pattern: moneyPattern) { text in
        Money(text).flatMap { $0.minor > 0 ? $0 : nil }
    }
}

extension Formats {
    static let pointCost = Format<PointCost>("an amount such as `0.008 EUR`", pattern: moneyPattern) { text in
        let words = text.split(separator: " ")
        guard words.count == 2, let amount = FixedDecimal(words[0]), amount.millionths > 0,
            let currency = Currency(words[1])
        else { return nil }
        return PointCost(amount: amount, currency: currency)
    }
}

extension Formats {
    static let factor = Format<FixedDecimal>(
        "a factor such as `1.25`", schema: ["type": "number", "minimum": 0, "maximum": 999_999],
        isUnquoted: true
    ) { text in
        FixedDecimal(text).flatMap { $0.millionths <= 999_999_000_000 ? $0 : nil }
    }
}

extension Formats {
    static let rate = Format<Rate>(
        "a rate such as `100/s`, `20000/hour` or `500/day`", pattern: "[1-9][0-9]{0,8}/(?:s|min|hour|day)"
    ) { $0.utf8.first == UInt8(ascii: "0") ? nil : Rate($0) }
}

extension Formats {
    /// Messages a day.
    static let dailyRate = Format<Int>("a rate such as `500/day`", pattern: "[1-9][0-9]{0,8}/day") { text in
        rate.parse(text).flatMap { $0.unit == .day ? $0.count : nil }
    }
}

extension Formats {
    /// A number of days.
    static let wholeDays = Format<Int>(
        "a number of days such as `2 days`", pattern: "[1-9][0-9]{0,2} +(?:days?|weeks?)"
    ) { text in
        guard let period = period.parse(text), (1...999).contains(period.count) else { return nil }
        return period.unit == .days ? period.count : period.unit == .weeks ? period.count * 7 : nil
    }
}

extension Formats {
    static let limit = Format<Limit>(
        "a limit such as `2 per 7 days`", pattern: "[1-9][0-9]{0,8} +per +\(periodPattern)"
    ) {
        $0.utf8.first == UInt8(ascii: "0") ? nil : Limit($0)
    }
}

extension Formats {
    static let localTime = Format<LocalTime>(
        "a date and a time such as `2026-11-24 09:00`", pattern: "\(datePattern) +\(clockPattern)"
    ) { LocalTime($0) }
}

extension Formats {
    static let dateRange = Format<DateRange>(
        "two dates such as `2026-12-01 .. 2026-12-24`", pattern: "\(datePattern) +\\.\\. +\(datePattern)"
    ) { DateRange($0) }
}

extension Formats {
    static let clockRange = Format<ClockRange>(
        "two times such as `21:00-08:00`", pattern: "\(clockPattern)-\(clockPattern)"
    ) {
        ClockRange($0)
    }
}

extension Formats {
    static let currency = Format<Currency>("a currency such as `EUR`", pattern: "[A-Z]{3}") { text in
        Currency(text).flatMap { $0.code == text ? $0 : nil }
    }
}

extension Formats {
    /// BCP 47 (RFC 5646), as far as mails need it: `et`, `pt-BR`, `zh-Hant`.
    static let language = Format<String>(
        "a language such as `et` or `pt-BR`", pattern: "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"
    ) { text in
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.count), first.allSatisfy(isLetter),
            parts.count <= 4,
            parts.dropFirst().allSatisfy({ (2...8).contains($0.count) && $0.allSatisfy(isLetterOrDigit) })
        else { return nil }
        return text
    }

    /// A zone of the IANA database.
    static let zone = Format<String>(
        "a time zone such as `Europe/Tallinn`", pattern: "[A-Za-z][A-Za-z0-9_+/-]*"
    ) { text in
        let hasForm = text.utf8.allSatisfy { isLetterOrDigit($0) || "_+/-".utf8.contains($0) }
        // Foundation also takes abbreviations and offsets, which mean different hours in different places.
        let isNamed = text == "UTC" || text.utf8.contains(UInt8(ascii: "/"))
        return hasForm && isNamed && TimeZone(identifier: text) != nil ? text : nil
    }

    static let url = Format<String>(
        "an address such as `https://kuldnekohv.example/shop`", pattern: "https?://[^\\s/?#\\\\]+[^\\s\\\\]*"
    ) { text in
        let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
        guard let rest = scheme.map({ text.utf8.dropFirst($0.utf8.count) }), let first = rest.first else {
            return nil
        }
        let startsWithHost = !"/?#".utf8.contains(first)
        return startsWithHost && !hasBlank(text) && !text.utf8.contains(UInt8(ascii: "\\")) ? text : nil
    }

    /// A sender: an address, or a name with an address in angle brackets. This looks at the shape only; what a
    /// mail server takes is decided where messages are written.
    static let mailbox = Format<String>(
        "a sender such as `Kuldne Kohv <tere@kuldnekohv.example>`",
        pattern: "[^\\s<>@]+@[^\\s<>@]+|[^<>\\n\\r]*<[^\\s<>@]+@[^\\s<>@]+>"
    ) { text in
        guard text.utf8.last == UInt8(ascii: ">") else { return isAddress(text[...]) ? text : nil }
        let parts = text.dropLast().split(separator: "<", omittingEmptySubsequences: false)
        let isOneLine = !text.utf8.contains(0x0A) && !text.utf8.contains(0x0D)
        return parts.count == 2 && !parts[0].contains(">") && isOneLine && isAddress(parts[1]) ? text : nil
    }

    /// A bare address.
    static let address = Format<String>(
        "an address such as `abi@kuldnekohv.example`", pattern: "[^\\s<>@]+@[^\\s<>@]+"
    ) {
        isAddress($0[...]) ? $0 : nil
    }

    private static func isAddress(_ text: Substring) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty } && !hasBlank(String(text))
            && !text.utf8.contains(UInt8(ascii: "<")) && !text.utf8.contains(UInt8(ascii: ">"))
    }

    private static func hasBlank(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isWhitespace }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
