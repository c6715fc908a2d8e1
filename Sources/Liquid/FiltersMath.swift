extension Filter {
    /// Filters that compute. Text counts as the number it shows, anything else as 0.
    static let math: [Filter] = [
        Filter("abs") { input, _, _ in
            switch Number(input) {
            case .int(let number):
                guard number != .min else {
                    throw FilterError("the result does not fit into a whole number of 64 bits")
                }
                return .int(abs(number))
            case let number: return .double(number.double.magnitude)
            }
        },
        operation("plus", .add), operation("minus", .subtract), operation("times", .multiply),
        operation("divided_by", .divide), operation("modulo", .remainder),
        Filter("ceil") { input, _, _ in try rounded(input, .up) },
        Filter("floor") { input, _, _ in try rounded(input, .down) },
        Filter("round", arity: 0...1) { input, arguments, _ in
            try rounded(input, .halfAwayFromZero, digits: digits(arguments[0]))
        },
        Filter("at_least", arity: 1...1) { input, arguments, _ in
            let (number, least) = (Number(input), Number(arguments[0]))
            return (number.double < least.double ? least : number).value
        },
        Filter("at_most", arity: 1...1) { input, arguments, _ in
            let (number, most) = (Number(input), Number(arguments[0]))
            return (number.double > most.double ? most : number).value
        },
    ]

    private static func operation(_ name: String, _ operation: Operation) -> Filter {
        Filter(name, arity: 1...1) { input, arguments, _ in
            try operation(Number(input), Number(arguments[0])).value
        }
    }

    private static func digits(_ value: Value) -> Int {
        let digits = Number(value).double
        return Int(max(-100, min(100, digits.isNaN ? 0 : digits)))
    }

    private static func rounded(_ value: Value, _ direction: Decimal.Direction, digits: Int = 0) throws
        -> Value
    {
        let number: Decimal
        switch Number(value) {
        case .int(let whole):
            if digits >= 0 { return .int(whole) }
            number = Decimal(units: Int128(whole), scale: 0)
        case .decimal(let exact): number = exact
        case .double(let rough):
            guard rough.isFinite else { throw FilterError("\(rough.liquidText) cannot be rounded") }
            return .double(rough)
        }
        let result = number.rounded(direction, digits: digits)
        if digits > 0 { return .double(result.double) }
        guard let whole = Int(exactly: result.units) else {
            throw FilterError("the result does not fit into a whole number of 64 bits")
        }
        return .int(whole)
    }
}
