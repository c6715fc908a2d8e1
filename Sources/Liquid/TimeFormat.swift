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
            guard let letter = rest.popFirst(), write(letter, style) else {
                // What is not a directive is written as it stands.
                bytes.append(Byte.percent)
                bytes += directive.prefix(directive.count - rest.count)
                continue
            }
        }
    }

    private func readStyle(_ style: inout Style, _ rest: inout ArraySlice<UInt8>) {
        while let byte = rest.first {
            switch byte {
            case Byte.dash: style.isUnpadded = true
            case UInt8(ascii: "0"): style.padding = byte
            case UInt8(ascii: "_"): style.padding = UInt8(ascii: " ")
            case UInt8(ascii: "^"): style.isUpper = true
            case Byte.hash: style.isSwapped = true
            case UInt8(ascii: ":"): style.colons += 1
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
        if let (number, width) = number(letter) {
            write(number, width: width, padding: UInt8(ascii: "0"), style)
        } else if let number = spacedNumber(letter) {
            write(number, width: 2, padding: UInt8(ascii: " "), style)
        } else if let text = name(letter, style) {
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
        case UInt8(ascii: "+"): "%a %b %e %H:%M:%S %Z %Y"
        default: nil
        }
    }

    private mutating func writeSpecial(_ letter: UInt8, _ style: Style) -> Bool {
        switch letter {
        case Byte.percent: bytes.append(Byte.percent)
        case UInt8(ascii: "n"): bytes.append(Byte.newline)
        case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "Z"): if time.utcOffset == 0 { write("UTC", style) }
        case UInt8(ascii: "z"): write(zone(colons: style.colons), style)
        case UInt8(ascii: "L"): writeFraction(digits: style.width ?? 3)
        case UInt8(ascii: "N"): writeFraction(digits: style.width ?? 9)
        default: return false
        }
        return true
    }

    private func zone(colons: Int) -> String {
        let distance = Int(time.utcOffset.magnitude)
        let parts = [distance / 3600, distance / 60 % 60, distance % 60].prefix(colons > 1 ? 3 : 2)
        let digits = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: colons > 0 ? ":" : "")
        return (time.utcOffset < 0 ? "-" : "+") + digits
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
