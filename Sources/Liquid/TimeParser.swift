/// Reads a date and time as people and programs write them.
///
/// Understood: ISO 8601 and RFC 3339, RFC 5322, `March 14, 2016`, `14 March 2016 10:00 pm`, `14.03.2016`,
/// `14/03/2016`, `2016/03/14`, a time alone (today), `now`, `today`, and seconds since 1970.
struct TimeParser {
    private let now: Int
    private let utcOffset: Int
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var clock: (hour: Int, minute: Int, second: Int, nanosecond: Int)?
    private var zone: Int?

    /// The time a value stands for; nothing when it stands for none.
    static func time(_ value: Value, in scope: Scope) -> CivilTime? {
        switch value {
        case .int(let seconds): return CivilTime(epoch: seconds, utcOffset: scope.utcOffset)
        case .string(let text), .markup(let text):
            let text = String(decoding: Array(text.lowercased().utf8).trimmed, as: UTF8.self)
            if text == "now" || text == "today" {
                return CivilTime(epoch: scope.now, utcOffset: scope.utcOffset)
            }
            if text.utf8.allSatisfy(\.isDigit) {
                return Int(text).flatMap { CivilTime(epoch: $0, utcOffset: scope.utcOffset) }
            }
            var parser = TimeParser(scope)
            return parser.parse(Array(text.utf8.prefix(128)))
        default: return nil
        }
    }

    private init(_ scope: Scope) {
        now = scope.now
        utcOffset = scope.utcOffset
    }

    private mutating func parse(_ text: [UInt8]) -> CivilTime? {
        var rest = text[...]
        while let byte = rest.first {
            if byte.isDigit {
                guard readNumber(&rest) else { return nil }
            } else if byte.isLetter {
                guard readWord(&rest) else { return nil }
            } else if (byte == UInt8(ascii: "+") || byte == Byte.dash), clock != nil, zone == nil {
                guard readZone(&rest) else { return nil }
            } else if byte.isSpace || byte == UInt8(ascii: ",") || byte == Byte.dot
                || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
            {
                rest.removeFirst()
            } else {
                return nil
            }
        }
        return result()
    }

    private func result() -> CivilTime? {
        guard year != nil || month != nil || day != nil || clock != nil,
            let today = CivilTime(epoch: now, utcOffset: zone ?? utcOffset)
        else { return nil }
        let isTimeAlone = year == nil && month == nil && day == nil
        return CivilTime(
            year: year ?? today.year, month: month ?? today.month, day: day ?? (isTimeAlone ? today.day : 1),
            hour: clock?.hour ?? 0, minute: clock?.minute ?? 0, second: clock?.second ?? 0,
            nanosecond: clock?.nanosecond ?? 0, utcOffset: zone ?? utcOffset)
    }

    // MARK: Numbers

    private mutating func readNumber(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let (first, digits) = TimeParser.number(&rest)
        if rest.first == UInt8(ascii: ":"), clock == nil { return readClock(first, &rest) }
        if let separator = rest.first, "-/.".utf8.contains(separator),
            rest.dropFirst().first?.isDigit == true, year == nil, month == nil
        {
            return readDate(first, digits, separator, &rest)
        }
        if digits == 8, year == nil {
            (year, month, day) = (first / 10_000, first / 100 % 100, first % 100)
            return readBasicClock(&rest)
        }
        if digits >= 3 {
            guard year == nil else { return false }
            year = first
        } else if let half = halfOfDay(rest) {
            guard clock == nil, (1...12).contains(first) else { return false }
            clock = (first % 12 + half, 0, 0, 0)
            skipHalf(&rest)
        } else if day == nil {
            day = first
            skipOrdinal(&rest)
        } else if year == nil {
            year = first < 69 ? 2000 + first : 1900 + first
        } else {
            return false
        }
        return true
    }

    /// Three numbers with the same separator; the year comes first or, when the third has four digits, last.
    private mutating func readDate(
        _ first: Int, _ digits: Int, _ separator: UInt8, _ rest: inout ArraySlice<UInt8>
    ) -> Bool {
        rest.removeFirst()
        let (second, _) = TimeParser.number(&rest)
        guard rest.first == separator, rest.dropFirst().first?.isDigit == true else {
            return false
        }
        rest.removeFirst()
        let (third, thirdDigits) = TimeParser.number(&rest)
        if thirdDigits > 2 {
            (year, month, day) = (third, second, first)
        } else {
            (year, month, day) = (
                digits > 2 ? first : first < 69 ? 2000 + first : 1900 + first, second, third
            )
        }
        if rest.first == UInt8(ascii: "t"), rest.dropFirst().first?.isDigit == true { rest.removeFirst() }
        return true
    }

    private mutating func readClock(_ hour: Int, _ rest: inout ArraySlice<UInt8>) -> Bool {
        rest.removeFirst()
        guard rest.first?.isDigit == true else { return false }
        let minute = TimeParser.number(&rest).value
        var second = 0
        var nanosecond = 0
        if rest.first == UInt8(ascii: ":"), rest.dropFirst().first?.isDigit == true {
            rest.removeFirst()
            second = TimeParser.number(&rest).value
            if rest.first == Byte.dot, rest.dropFirst().first?.isDigit == true {
                rest.removeFirst()
                nanosecond = TimeParser.fraction(&rest)
            }
        }
        var hour = hour
        if let half = halfOfDay(rest) {
            guard (1...12).contains(hour) else { return false }
            hour = hour % 12 + half
            skipHalf(&rest)
        }
        clock = (hour, minute, second, nanosecond)
        return true
    }

    /// `T101112` behind a date without separators.
    private mutating func readBasicClock(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: "t"), rest.dropFirst().first?.isDigit == true else { return true }
        rest.removeFirst()
        let (time, digits) = TimeParser.number(&rest)
        guard digits == 6 || digits == 4 else { return false }
        let seconds = digits == 6 ? time : time * 100
        clock = (seconds / 10_000, seconds / 100 % 100, seconds % 100, 0)
        return true
    }

    /// Up to nine digits count; a longer number is no part of a date.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> (value: Int, digits: Int) {
        var value = 0
        var digits = 0
        while let byte = rest.first, byte.isDigit {
            if digits < 9 { value = value * 10 + Int(byte - UInt8(ascii: "0")) }
            digits += 1
            rest.removeFirst()
        }
        return (digits > 9 ? .max / 1_000_000 : value, digits)
    }

    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int {
        let before = rest
        _ = number(&rest)
        let digits = before.prefix(before.count - rest.count).prefix(9)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return (digits.count..<9).reduce(value) { value, _ in value * 10 }
    }

    // MARK: Words

    private func halfOfDay(_ rest: ArraySlice<UInt8>) -> Int? {
        let letters = rest.drop(while: \.isSpace).filter { $0 != Byte.dot }.prefix(3)
        guard letters.count >= 2, letters.count == 2 || letters.last?.isLetter == false else { return nil }
        if letters.starts(with: "am".utf8) { return 0 }
        return letters.starts(with: "pm".utf8) ? 12 : nil
    }

    private func skipHalf(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop(while: \.isSpace).drop { $0.isLetter || $0 == Byte.dot }
    }

    private func skipOrdinal(_ rest: inout ArraySlice<UInt8>) {
        for ending in ["st", "nd", "rd", "th"] where rest.starts(with: ending.utf8) {
            rest.removeFirst(2)
            return
        }
    }

    private mutating func readWord(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: rest.prefix(while: \.isLetter), as: UTF8.self)
        rest.removeFirst(word.utf8.count)
        if let index = TimeParser.index(of: word, in: CivilTime.months) {
            month = index + 1
        } else if TimeParser.index(of: word, in: CivilTime.weekdays) != nil {
            return true
        } else if let hours = TimeParser.zones[word] {
            zone = zone ?? hours * 3600
        } else {
            return word == "t" || word == "at" || word == "of"
        }
        return true
    }

    /// The names of zones that RFC 5322, section 4.3 knows, in hours east of UTC.
    private static let zones = [
        "z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8,
        "pdt": -7,
    ]

    /// Whole names and abbreviations of at least three letters.
    private static func index(of word: String, in names: [String]) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        return names.firstIndex { $0.lowercased().hasPrefix(word) }
    }

    /// `+02:00`, `-0500` or `+02`.
    private mutating func readZone(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let isWest = rest.removeFirst() == Byte.dash
        guard rest.first?.isDigit == true else { return false }
        var (hours, digits) = TimeParser.number(&rest)
        var minutes = 0
        if digits == 4 {
            (hours, minutes) = (hours / 100, hours % 100)
        } else if rest.first == UInt8(ascii: ":") {
            rest.removeFirst()
            (minutes, digits) = TimeParser.number(&rest)
        }
        guard hours < 24, minutes < 60 else { return false }
        zone = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        return true
    }
}

extension Filter {
    /// A time in a format of `strftime`. What is no time stays as it is, as does everything without a format.
    static let date = Filter("date", arity: 1...1) { input, arguments, context in
        try date(input, format: arguments[0].text, names: .english, &context)
    }

    /// The standard `date` in another language. Without a format it gives the date back as it came.
    ///
    /// - Parameter names: the language's names, and formats that have names.
    public static func date(names: DateNames) -> Filter {
        Filter("date", arity: 0...1) { input, arguments, context in
            let format = arguments[0].text
            return try date(input, format: names.formats[format] ?? format, names: names, &context)
        }
    }

    private static func date(
        _ input: Value, format: String, names: DateNames, _ context: inout FilterContext
    ) throws -> Value {
        guard !format.isEmpty, let time = TimeParser.time(input, in: context.scope) else { return input }
        try context.spend(format.utf8.count)
        return .string(TimeFormat.format(time, format, names: names))
    }
}
