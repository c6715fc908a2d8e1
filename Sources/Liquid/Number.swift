/// A number as Liquid computes with it: whole numbers stay whole, fractions are exact decimals, so that
/// `10.1 - 2.2` is 7.9. What is too large or too fine for that falls back to floating point.
enum Number {
    case int(Int)
    case decimal(Decimal)
    case double(Double)

    /// The number a value stands for; 0 when it stands for none.
    init(_ value: Value) {
        switch value {
        case .int(let number): self = .int(number)
        case .double(let number): self = Number(number)
        case .string(let text), .markup(let text): self.init(text)
        default: self = .int(0)
        }
    }

    private init(_ number: Double) {
        self = Decimal(number.description).map(Number.decimal) ?? .double(number)
    }

    /// `12`, `-3.5`; of other text the whole number it starts with, or 0.
    private init(_ text: String) {
        let trimmed = String(decoding: Array(text.utf8).trimmed, as: UTF8.self)
        let parts = trimmed.utf8.split(separator: Byte.dot, omittingEmptySubsequences: false)
        let isFraction =
            parts.count == 2 && !parts[1].isEmpty && parts[1].allSatisfy(\.isDigit)
            && !parts[0].isEmpty && Int(trimmed.prefix { $0 != "." }) != nil
            && parts[0].first != UInt8(ascii: "+")
        if isFraction, let number = Double(trimmed) {
            self = Decimal(trimmed).map(Number.decimal) ?? .double(number)
        } else {
            self = .int(Number.leadingInteger(text))
        }
    }

    /// The whole number a text starts with, or 0; at most 18 digits are read.
    static func leadingInteger(_ text: String) -> Int {
        let bytes = text.utf8.drop(while: \.isSpace)
        let isNegative = bytes.first == Byte.dash
        var result = 0
        for byte in isNegative || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes {
            guard byte.isDigit else { break }
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { return isNegative ? .min : .max }
            result = sum
        }
        return isNegative ? -result : result
    }

    /// A whole number, also written as text.
    ///
    /// - Throws: for everything else. A number too large for 64 bits counts as the largest there is.
    static func integer(_ value: Value) throws -> Int {
        switch value {
        case .int(let number): return number
        case .double(let number) where number.magnitude >= 0x1p63: return number < 0 ? .min : .max
        case .string(let text), .markup(let text):
            if let number = Int(String(decoding: Array(text.utf8).trimmed, as: UTF8.self)) { return number }
            fallthrough
        default: throw Failure.render("\(value.kind) that is no whole number stands where one is needed")
        }
    }

    var value: Value {
        switch self {
        case .int(let number): .int(number)
        case .decimal(let number): .double(number.double)
        case .double(let number): .double(number)
        }
    }

    var double: Double {
        switch self {
        case .int(let number): Double(number)
        case .decimal(let number): number.double
        case .double(let number): number
        }
    }

    fileprivate var decimal: Decimal? {
        switch self {
        case .int(let number): Decimal(units: Int128(number), scale: 0)
        case .decimal(let number): number
        case .double: nil
        }
    }

    var isZero: Bool { double == 0 }
}

/// What can be done with two numbers.
enum Operation {
    case add, subtract, multiply, divide, remainder

    func callAsFunction(_ left: Number, _ right: Number) throws -> Number {
        if self == .divide || self == .remainder, right.isZero {
            throw Failure.render("a number cannot be divided by 0")
        }
        if case .int(let left) = left, case .int(let right) = right { return .int(try whole(left, right)) }
        if let left = left.decimal, let right = right.decimal, let result = exact(left, right) {
            return .decimal(result)
        }
        return .double(rough(left.double, right.double))
    }

    private func whole(_ left: Int, _ right: Int) throws -> Int {
        let (result, overflow) =
            switch self {
            case .add: left.addingReportingOverflow(right)
            case .subtract: left.subtractingReportingOverflow(right)
            case .multiply: left.multipliedReportingOverflow(by: right)
            case .divide: left.dividedReportingOverflow(by: right)
            case .remainder: left.remainderReportingOverflow(dividingBy: right)
            }
        if overflow { throw Failure.render("the result does not fit into a whole number of 64 bits") }
        // Swift rounds quotients towards zero, Liquid towards negative infinity.
        let isInexact = self == .divide ? left % right != 0 : self == .remainder && result != 0
        guard isInexact, (left < 0) != (right < 0) else { return result }
        return self == .divide ? result - 1 : result + right
    }

    private func exact(_ left: Decimal, _ right: Decimal) -> Decimal? {
        switch self {
        case .add: left.adding(right)
        case .subtract: left.subtracting(right)
        case .multiply: left.multiplied(by: right)
        case .divide: left.divided(by: right)
        case .remainder: left.remainder(dividingBy: right)
        }
    }

    private func rough(_ left: Double, _ right: Double) -> Double {
        switch self {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .remainder: left - right * (left / right).rounded(.down)
        }
    }
}

extension [UInt8] {
    /// Without white space at both ends.
    var trimmed: ArraySlice<UInt8> {
        var part = self[...]
        while part.first?.isSpace == true { part.removeFirst() }
        while part.last?.isSpace == true { part.removeLast() }
        return part
    }
}
