/// What a template computes with.
///
/// Strings keep two kinds apart, because only the renderer knows which of them a reader of HTML may see as they
/// are: `string` is text (escaped when written in HTML mode), `markup` is HTML already (written as it is). Only
/// `escape`, `raw`, `capture` and a few filters that cannot break it make `markup`; everything else makes text.
public enum Value: Sendable {
    /// Nothing: a missing variable, or `nil` in a template.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A number with a fraction.
    case double(Double)
    /// Text.
    case string(String)
    /// HTML that must not be escaped again.
    case markup(String)
    /// An ordered list.
    case array([Value])
    /// Whole numbers from `lower` to `upper`, both included; none when `upper` is below `lower`.
    case range(lower: Int, upper: Int)
    /// Something with named fields.
    case object(any LiquidObject)
    /// The literal `empty`.
    case empty
    /// The literal `blank`.
    case blank
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A number with a fraction.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An ordered list.
    public init(arrayLiteral elements: Value...) { self = .array(elements) }
}

extension Value {
    /// An object with these fields, in this order.
    public static func fields(_ pairs: [(String, Value)]) -> Value { .object(Fields(pairs)) }

    /// Text, or nothing when there is none.
    public init(_ text: String?) {
        if let text { self = .string(text) } else { self = .null }
    }

    /// Everything but `nil` and `false` is true in Liquid, also 0 and empty text.
    public var isTruthy: Bool {
        switch self {
        case .null, .bool(false): false
        default: true
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The value as text, as filters read it: a list is its literal, while an output writes its items one by one.
    public var text: String {
        switch self {
        case .null, .empty, .blank: ""
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): number.liquidText
        case .string(let text), .markup(let text): text
        case .array: inspected
        case .range(let lower, let upper): "\(lower)..\(upper)"
        case .object(let object): object.text
        }
    }

    /// Whether this is HTML that must not be escaped again.
    var isMarkup: Bool {
        if case .markup = self { true } else { false }
    }

    /// The value written as a literal, as it looks inside an object's text.
    var inspected: String {
        switch self {
        case .null: "nil"
        case .string(let text), .markup(let text): text.quoted
        case .array(let items): "[" + items.map(\.inspected).joined(separator: ", ") + "]"
        default: text
        }
    }

    /// What kind of value it is, for errors: they reach logs and reports, where what customers are called and have written
    /// has no place.
    var kind: String {
        switch self {
        case .null: "nothing"
        case .bool: "true or false"
        case .int, .double: "a number"
        case .string, .markup: "text"
        case .array: "a list"
        case .range: "a range"
        case .object: "an object"
        case .empty: "'empty'"
        case .blank: "'blank'"
        }
    }

    /// Bytes of text and number of parts the value holds: what it costs to make it.
    var weight: Int {
        switch self {
        case .string(let text), .markup(let text): text.utf8.count
        case .array(let items): items.count &* 16
        default: 1
        }
    }

    /// How many whole numbers a range holds; `Int.max` when that does not fit.
    static func count(lower: Int, upper: Int) -> Int {
        guard upper >= lower else { return 0 }
        let (distance, overflow) = upper.subtractingReportingOverflow(lower)
        return overflow || distance == Int.max ? Int.max : distance + 1
    }
}

extension Double {
    /// Always with a fraction, and with an exponent only from 1e16 on and below 1e-4, as Liquid writes numbers.
    var liquidText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        let plain = description
        guard let mark = plain.utf8.firstIndex(of: UInt8(ascii: "e")) else { return plain }
        let mantissa = plain[..<mark]
        let exponent = Int(plain[plain.index(after: mark)...]) ?? 0
        if (-4..<16).contains(exponent) { return Self.shifted(mantissa, by: exponent) }
        let sign = exponent < 0 ? "-" : "+"
        let digits = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return (mantissa.contains(".") ? String(mantissa) : mantissa + ".0") + "e\(sign)\(digits)"
    }

    /// A mantissa such as `-1.25` with its point moved by `exponent` places.
    private static func shifted(_ mantissa: Substring, by exponent: Int) -> String {
        let negative = mantissa.hasPrefix("-")
        let parts = mantissa.drop { $0 == "-" }.split(separator: ".")
        let digits = parts.joined()
        let point = (parts.first?.count ?? 1) + exponent
        let sign = negative ? "-" : ""
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        guard digits.count > point else {
            return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
        }
        let split = digits.index(digits.startIndex, offsetBy: point)
        return sign + digits[..<split] + "." + digits[split...]
    }
}

extension String {
    /// The text in double quotes, with quotes, backslashes, line breaks and tabs escaped.
    var quoted: String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}
