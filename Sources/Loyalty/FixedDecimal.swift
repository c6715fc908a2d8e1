import Model

/// A number with up to six decimals, exact: a multiplier, a cost in parts of a cent.
package struct FixedDecimal: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number times 1,000,000.
    package let millionths: Int64

    /// A number by its millionths.
    package init(millionths: Int64) {
        self.millionths = millionths
    }

    /// Reads a plain decimal number that is not negative: `2`, `1.25`, `0.008`.
    /// - Returns: nil when it is no such number, has more than six decimals, or is 1,000,000 or more.
    package init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...6).contains(parts[0].count) else { return nil }
        var digits = Array(parts[0])
        if parts.count == 2 {
            guard (1...6).contains(parts[1].count) else { return nil }
            digits += parts[1]
        }
        let decimals = parts.count == 2 ? parts[1].count : 0
        digits += Array(repeating: UInt8(ascii: "0"), count: 6 - decimals)
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        millionths = number
    }

    /// The number with the decimals that it needs: `1.25`.
    package var description: String {
        let (whole, fraction) = millionths.dividingFloor(by: 1_000_000)
        guard fraction != 0 else { return String(whole) }
        var decimals = String(fraction + 1_000_000).dropFirst()
        while decimals.utf8.last == UInt8(ascii: "0") { decimals.removeLast() }
        return "\(whole).\(decimals)"
    }

    package static func < (left: FixedDecimal, right: FixedDecimal) -> Bool {
        left.millionths < right.millionths
    }
}
