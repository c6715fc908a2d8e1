/// Writes a time as `strftime` does, with the flags and widths that Ruby knows.
struct TimeFormat {
    private let time: CivilTime
    private let names: DateNames
    private var bytes: [UInt8] = []

    /// No width makes more than this, whatever a template asks for.
    private static let widest = 100

    static func format(_ time: CivilTime, _ format: String, names: DateNames = .english) -> String {
        var writer = TimeFormat(time: time, names: names)
        writer.write(Array(format.utf8)[...])
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private init(time: CivilTime, names: DateNames) {
        self.time = time
        self.names = names
    }

    private struct Style {
        var padding: UInt8?
        var isUnpadded = false
        var isUpper = false
        var isSwapped = false
        var width: Int?
        var colons = 0
    }

    private mutating func write(_ format: ArraySlice<UInt8>) {
        var rest = format
        while let byte = rest.popFirst() {
            guard byte == Byte.percent else {
                bytes.append(byte)
                continue
            }
            let directive = rest
            var style = Style()
            readStyle(&style, &rest)
            if rest.starts(with: "EY".utf8) {
                rest = rest.dropFirst(2)
                write(time.year + names.yearOffset, width: 4, padding: UInt8(ascii: "0"), style)
                continue
            }
            if let letter = rest.dropFirst().first,
                rest.first.flatMap(Self.alternatives)?.contains(letter) == true
            {
                rest.removeFirst()
            }
            guard let letter = rest.popFirst(), write(letter, style) else {
                // What is not a directive is written as it stands.
                bytes.append(Byte.percent)
                bytes += directive.prefix(directive.count - rest.count)
                continue
            }
        }
    }

    /// The directives that `E` or `O` may stand before. They ask for another calendar or other digits, where a
    /// language has them; here all but `EY` are written as they are without.
    private static func alternatives(of modifier: UInt8) -> String.UTF8View? {
        switch modifier {
        case UInt8(ascii: "E"): "cCxXy".utf8
        case UInt8(ascii: "O"): "deHkIlmMSuUVwWy".utf8
        default: nil
        }
    }

    /// Flags, then a width, then colons: in another order they are no directive.
    private func readStyle(_ style: inout Style, _ rest: inout ArraySlice<UInt8>) {
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: ":"): style.colons += 1
            case _ where style.width != nil || style.colons > 0: return
            case Byte.dash: style.isUnpadded = true
            case UInt8(ascii: "0"): style.padding = byte
            case UInt8(ascii: "_"): style.padding = UInt8(ascii: " ")
            case UInt8(ascii: "^"): style.isUpper = true
            case Byte.hash: style.isSwapped = true
            case _ where byte.isDigit:
                var width = 0
                while let digit = rest.first, digit.isDigit {
                    width = min(TimeFormat.widest, width * 10 + Int(digit - UInt8(ascii: "0")))
                    rest.removeFirst()
                }
                style.width = width
                continue
            default: return
            }
            rest.removeFirst()
        }
    }

    private mutating func write(_ letter: UInt8, _ style: Style) -> Bool {
        if style.colons > 0, letter != UInt8(ascii: "z") { return false }
        if let (number, width) = number(letter) {
            write(number, width: width, padding: UInt8(ascii: "0"), style)
        } else if let number = spacedNumber(letter) {
            write(number, width: 2, padding: UInt8(ascii: " "), style)
        } else if let text = name(letter, style) {
            var style = style
            style.isUpper = style.isUpper || (style.isSwapped && letter != UInt8(ascii: "p"))
            write(text, style)
        } else if let format = combination(letter) {
            write(TimeFormat.format(time, format, names: names), style)
        } else {
            return writeSpecial(letter, style)
        }
        return true
    }

    private func number(_ letter: UInt8) -> (Int, width: Int)? {
        switch letter {
        case UInt8(ascii: "Y"): (time.year, time.year < 0 ? 5 : 4)
        case UInt8(ascii: "C"): (Int((Double(time.year) / 100).rounded(.down)), 2)
        case UInt8(ascii: "y"): ((time.year % 100 + 100) % 100, 2)
        case UInt8(ascii: "m"): (time.month, 2)
        case UInt8(ascii: "d"): (time.day, 2)
        case UInt8(ascii: "j"): (time.dayOfYear, 3)
        case UInt8(ascii: "H"): (time.hour, 2)
        case UInt8(ascii: "I"): ((time.hour + 11) % 12 + 1, 2)
        case UInt8(ascii: "M"): (time.minute, 2)
        case UInt8(ascii: "S"): (time.second, 2)
        case UInt8(ascii: "G"): (time.isoWeek.year, 4)
        case UInt8(ascii: "g"): ((time.isoWeek.year % 100 + 100) % 100, 2)
        case UInt8(ascii: "V"): (time.isoWeek.week, 2)
        case UInt8(ascii: "U"): (time.week(startingOn: 0), 2)
        case UInt8(ascii: "W"): (time.week(startingOn: 1), 2)
        case UInt8(ascii: "u"): (time.weekday == 0 ? 7 : time.weekday, 1)
        case UInt8(ascii: "w"): (time.weekday, 1)
        case UInt8(ascii: "s"): (time.epoch, 1)
        default: nil
        }
    }

    private func spacedNumber(_ letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "e"): time.day
        case UInt8(ascii: "k"): time.hour
        case UInt8(ascii: "l"): (time.hour + 11) % 12 + 1
        default: nil
        }
    }

    private func name(_ letter: UInt8, _ style: Style) -> String? {
        switch letter {
        case UInt8(ascii: "B"): names.months[time.month - 1]
        case UInt8(ascii: "b"), UInt8(ascii: "h"): names.shortMonths[time.month - 1]
        case UInt8(ascii: "A"): names.weekdays[(time.weekday + 6) % 7]
        case UInt8(ascii: "a"): names.shortWeekdays[(time.weekday + 6) % 7]
        case UInt8(ascii: "p") where !style.isSwapped: time.hour < 12 ? "AM" : "PM"
        case UInt8(ascii: "p"), UInt8(ascii: "P"): time.hour < 12 ? "am" : "pm"
        default: nil
        }
    }

    private func combination(_ letter: UInt8) -> String? {
        switch letter {
        case UInt8(ascii: "c"): "%a %b %e %H:%M:%S %Y"
        case UInt8(ascii: "D"), UInt8(ascii: "x"): "%m/%d/%y"
        case UInt8(ascii: "F"): "%Y-%m-%d"
        case UInt8(ascii: "v"): "%e-%^b-%Y"
        case UInt8(ascii: "T"), UInt8(ascii: "X"): "%H:%M:%S"
        case UInt8(ascii: "R"): "%H:%M"
        case UInt8(ascii: "r"): "%I:%M:%S %p"
        default: nil
        }
    }

    private mutating func writeSpecial(_ letter: UInt8, _ style: Style) -> Bool {
        switch letter {
        case Byte.percent: write("%", style)
        case UInt8(ascii: "n"): write("\n", style)
        case UInt8(ascii: "t"): write("\t", style)
        case UInt8(ascii: "Z"): if time.utcOffset == 0 { write(style.isSwapped ? "utc" : "UTC", style) }
        case UInt8(ascii: "z"): return writeZone(style)
        case UInt8(ascii: "L"): writeFraction(digits: style.width ?? 3)
        case UInt8(ascii: "N"): writeFraction(digits: style.width ?? 9)
        default: return false
        }
        return true
    }

    /// `+hhmm`, with one colon `+hh:mm`, with two `+hh:mm:ss`, with three as short as it can be said. A width is
    /// reached by filling the hours: with noughts after the sign, or with spaces before it.
    private mutating func writeZone(_ style: Style) -> Bool {
        guard style.colons <= 3 else { return false }
        let distance = Int(time.utcOffset.magnitude)
        let shortest = distance % 60 != 0 ? 2 : distance % 3600 != 0 ? 1 : 0
        let count = [1, 1, 2, shortest][style.colons]
        let rest = [distance / 60 % 60, distance % 60].prefix(count)
            .map { (style.colons > 0 ? ":" : "") + ($0 < 10 ? "0\($0)" : "\($0)") }.joined()
        let isSpaced = style.padding == UInt8(ascii: " ")
        let hours = (isSpaced || distance >= 36_000 ? "" : "0") + "\(distance / 3600)"
        let missing = max(isSpaced ? 2 : 0, (style.width ?? 0) - rest.utf8.count - 1) - hours.utf8.count
        let fill = String(repeating: isSpaced ? " " : "0", count: max(0, missing))
        let sign = time.utcOffset < 0 ? "-" : "+"
        bytes += (isSpaced ? fill + sign + hours + rest : sign + fill + hours + rest).utf8
        return true
    }

    private mutating func writeFraction(digits: Int) {
        let all = String(time.nanosecond)
        let nine = String(repeating: "0", count: max(0, 9 - all.count)) + all
        bytes += (nine + String(repeating: "0", count: max(0, digits - 9))).utf8.prefix(digits)
    }

    private mutating func write(_ number: Int, width: Int, padding: UInt8, _ style: Style) {
        let digits = Array(String(number.magnitude).utf8)
        let sign: [UInt8] = number < 0 ? [Byte.dash] : []
        let missing = style.isUnpadded ? 0 : max(0, (style.width ?? width) - digits.count - sign.count)
        let padding = style.padding ?? padding
        let fill = [UInt8](repeating: padding, count: missing)
        bytes += padding == UInt8(ascii: "0") ? sign + fill + digits : fill + sign + digits
    }

    private mutating func write(_ text: String, _ style: Style) {
        let text = style.isUpper ? text.uppercased() : text
        let missing = style.isUnpadded ? 0 : max(0, (style.width ?? 0) - text.utf8.count)
        bytes += [UInt8](repeating: style.padding ?? UInt8(ascii: " "), count: missing)
        bytes += Array(text.utf8)
    }
}
