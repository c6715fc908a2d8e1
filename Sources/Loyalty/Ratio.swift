/// An exact fraction, so that multipliers round once, at the end. Operations give nil when 128 bits do not
/// hold the result.
struct Ratio: Hashable, Sendable {
    static let one = Ratio(numerator: 1, reducedDenominator: 1)

    let numerator: Int128
    /// Above zero; has no factor in common with the numerator.
    let denominator: Int128

    /// Reduces a fraction.
    /// - Parameter denominator: above zero.
    init(_ numerator: Int64, _ denominator: Int64) {
        self.init(reducing: Int128(numerator), Int128(denominator))
    }

    init(_ decimal: FixedDecimal) {
        self.init(decimal.millionths, 1_000_000)
    }

    private init(reducing numerator: Int128, _ denominator: Int128) {
        let divisor = Self.commonDivisor(numerator, denominator)
        self.init(numerator: numerator / divisor, reducedDenominator: denominator / divisor)
    }

    private init(numerator: Int128, reducedDenominator: Int128) {
        (self.numerator, denominator) = (numerator, reducedDenominator)
    }

    func times(_ other: Ratio) -> Ratio? {
        // Reducing crosswise first keeps the products as small as they can be.
        let left = Ratio(reducing: numerator, other.denominator)
        let right = Ratio(reducing: other.numerator, denominator)
        let (top, topOverflow) = left.numerator.multipliedReportingOverflow(by: right.numerator)
        let (bottom, bottomOverflow) = left.denominator.multipliedReportingOverflow(by: right.denominator)
        return topOverflow || bottomOverflow ? nil : Ratio(numerator: top, reducedDenominator: bottom)
    }

    /// The next whole number below, unless it is one, and whether it was.
    var roundedDown: (whole: Int64, isExact: Bool)? {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return Int64(exactly: remainder < 0 ? quotient - 1 : quotient).map { ($0, remainder == 0) }
    }

    private static func commonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (high, low) = (right, left % right)
        while low != 0 { (high, low) = (low, high % low) }
        return high < 0 ? -high : high
    }
}

extension Ratio: CustomStringConvertible {
    /// As a decimal number; products of decimals end, anything longer is cut after twelve decimals.
    var description: String {
        var (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
        var text = (numerator < 0 ? "-" : "") + String(whole)
        var decimals = 0
        while rest != 0, decimals < 12 {
            if decimals == 0 { text += "." }
            let (shifted, overflow) = rest.multipliedReportingOverflow(by: 10)
            if overflow { break }
            (whole, rest) = shifted.quotientAndRemainder(dividingBy: denominator.magnitude)
            text += String(whole)
            decimals += 1
        }
        return text
    }
}
