/// An exact decimal fraction: `units` divided by 10 to the power of `scale`.
///
/// Each operation returns nothing when its result does not fit.
struct Decimal {
    let units: Int128
    let scale: Int

    init(units: Int128, scale: Int) {
        self.units = units
        self.scale = scale
    }

    /// Digits with an optional sign, fraction and exponent.
    init?(_ text: String) {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "e"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let mantissa = parts.first else { return nil }
        var exponent = 0
        if parts.count == 2 {
            guard let written = Int(String(decoding: parts[1], as: UTF8.self)) else { return nil }
            exponent = written
        }
        let halves = mantissa.split(separator: Byte.dot, maxSplits: 1, omittingEmptySubsequences: false)
        let digits = halves.map { String(decoding: $0, as: UTF8.self) }.joined()
        guard (-40...40).contains(exponent), let units = Int128(digits) else { return nil }
        let scale = (halves.count == 2 ? halves[1].count : 0) - exponent
        if scale >= 0 {
            self.init(units: units, scale: scale)
        } else {
            guard let whole = Decimal.shift(units, by: -scale) else { return nil }
            self.init(units: whole, scale: 0)
        }
    }

    var double: Double { Double("\(units)e-\(scale)") ?? Double(units) }

    private static func shift(_ units: Int128, by places: Int) -> Int128? {
        var result = units
        for _ in 0..<places {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }

    /// Both numbers in units of the finer one.
    private func aligned(with other: Decimal) -> (Int128, Int128, scale: Int)? {
        let scale = max(scale, other.scale)
        guard let left = Decimal.shift(units, by: scale - self.scale),
            let right = Decimal.shift(other.units, by: scale - other.scale)
        else { return nil }
        return (left, right, scale)
    }

    func adding(_ other: Decimal) -> Decimal? {
        guard let (left, right, scale) = aligned(with: other) else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : Decimal(units: sum, scale: scale)
    }

    func subtracting(_ other: Decimal) -> Decimal? {
        guard let (left, right, scale) = aligned(with: other) else { return nil }
        let (difference, overflow) = left.subtractingReportingOverflow(right)
        return overflow ? nil : Decimal(units: difference, scale: scale)
    }

    func multiplied(by other: Decimal) -> Decimal? {
        let (product, overflow) = units.multipliedReportingOverflow(by: other.units)
        return overflow ? nil : Decimal(units: product, scale: scale + other.scale)
    }

    /// Twenty digits behind the point, which is more than a floating-point number shows.
    func divided(by other: Decimal) -> Decimal? {
        guard let (left, right, _) = aligned(with: other), let numerator = Decimal.shift(left, by: 20) else {
            return nil
        }
        let (quotient, overflow) = numerator.dividedReportingOverflow(by: right)
        return overflow ? nil : Decimal(units: quotient, scale: 20)
    }

    /// With the sign of the divisor.
    func remainder(dividingBy other: Decimal) -> Decimal? {
        guard let (left, right, scale) = aligned(with: other) else { return nil }
        let (rest, overflow) = left.remainderReportingOverflow(dividingBy: right)
        if overflow { return nil }
        return Decimal(units: rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest, scale: scale)
    }

    enum Direction { case down, up, halfAwayFromZero }

    /// Rounded to this many digits behind the point; a negative number rounds before it.
    func rounded(_ direction: Direction, digits: Int = 0) -> Decimal {
        guard digits < scale else { return self }
        guard let unit = Decimal.shift(1, by: scale - digits) else { return Decimal(units: 0, scale: 0) }
        var quotient = units / unit
        let rest = units % unit
        switch direction {
        case .down where rest < 0: quotient -= 1
        case .up where rest > 0: quotient += 1
        case .halfAwayFromZero where rest.magnitude >= unit.magnitude - rest.magnitude:
            quotient += units < 0 ? -1 : 1
        default: break
        }
        if digits >= 0 { return Decimal(units: quotient, scale: digits) }
        return Decimal(units: Decimal.shift(quotient, by: -digits) ?? 0, scale: 0)
    }
}
