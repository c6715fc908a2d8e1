/// A plain decimal number as conditions and the shop's own fields write it: exact, so that three times 0.1 is 0.3 in
/// memory and in SQL alike.
package struct DecimalNumber: Hashable, Comparable, Sendable, CustomStringConvertible,
    ExpressibleByIntegerLiteral
{
    /// The number times 1,000,000; its magnitude is below 10^18.
    package let millionths: Int64

    /// A whole number of less than 13 digits.
    package init(integerLiteral number: Int64) {
        millionths = number * 1_000_000
    }

    /// Reads a plain decimal number: at most 12 digits before the point and 15 in all, 6 of them decimals.
    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0)
            .split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...12).contains(parts[0].count) else { return nil }
        var digits = Array(parts[0])
        if parts.count == 2 {
            guard (1...6).contains(parts[1].count), digits.count + parts[1].count <= 15 else { return nil }
            digits += parts[1]
        }
        let decimals = digits.count - parts[0].count
        digits += Array(repeating: UInt8(ascii: "0"), count: 6 - decimals)
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        millionths = isNegative ? -number : number
    }

    /// As it is written, with the decimals that it needs: `-0.5`.
    package var description: String { Self.text(ofMillionths: Int128(millionths)) }

    /// So many millionths as a plain decimal number.
    static func text(ofMillionths number: Int128) -> String {
        let (whole, fraction) = number.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        let sign = number < 0 ? "-" : ""
        if fraction == 0 { return "\(sign)\(whole)" }
        var decimals = String(fraction + 1_000_000).dropFirst()
        while decimals.utf8.last == UInt8(ascii: "0") { decimals.removeLast() }
        return "\(sign)\(whole).\(decimals)"
    }

    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        left.millionths < right.millionths
    }
}
