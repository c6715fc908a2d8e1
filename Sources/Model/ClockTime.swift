/// A time of day on a wall clock, without a zone.
package struct ClockTime: Hashable, Comparable, Sendable {
    /// Milliseconds since midnight, 0 to 86,399,999.
    package let milliseconds: Int64

    /// A time by its numbers; nil when a clock never shows it.
    package init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999).contains(millisecond)
        else { return nil }
        milliseconds = Int64(((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
    }

    /// When a day begins.
    package static let midnight = ClockTime(milliseconds: 0)

    /// Noon, which is what an import takes where a file gives a date alone.
    package static let noon = ClockTime(milliseconds: 43_200_000)

    /// A time by its distance from midnight, which the caller knows to be 0 to 86,399,999 ms.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The hour, 0 to 23.
    package var hour: Int { Int(milliseconds / 3_600_000) }
    /// The minute, 0 to 59.
    package var minute: Int { Int(milliseconds / 60_000 % 60) }

    package static func < (left: ClockTime, right: ClockTime) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension ClockTime: CustomStringConvertible {
    /// To the minute, `09:00`.
    package var description: String {
        var bytes: [UInt8] = []
        bytes.append(digits: Int64(hour), width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: Int64(minute), width: 2)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ClockTime {
    /// Reads `09:00`, `09:00:30` or `09:00:30.5`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let time = DigitScanner.read(text, { ClockTime(scanning: &$0) }) else { return nil }
        self = time
    }

    init?(scanning scanner: inout DigitScanner) {
        guard let hour = scanner.takeNumber(digits: 2), scanner.take(":"),
            let minute = scanner.takeNumber(digits: 2)
        else { return nil }
        var (second, millisecond) = (0, 0)
        if scanner.take(":") {
            guard let value = scanner.takeNumber(digits: 2) else { return nil }
            second = value
            if scanner.take(".") {
                guard let value = scanner.takeFraction() else { return nil }
                millisecond = value
            }
        }
        self.init(hour: hour, minute: minute, second: second, millisecond: millisecond)
    }
}

/// Reads fixed-width numbers of dates and times from bytes.
struct DigitScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// What `read` makes of a text; nil unless it takes all of it.
    static func read<Value>(_ text: some StringProtocol, _ read: (inout DigitScanner) -> Value?) -> Value? {
        var text = String(text)
        return text.withUTF8 { bytes in
            var scanner = DigitScanner(bytes)
            let value = read(&scanner)
            return scanner.index == bytes.count ? value : nil
        }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func takeNumber(digits count: Int) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard let digit = takeDigit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// Milliseconds of a decimal fraction of one to nine digits; what is finer is dropped.
    mutating func takeFraction() -> Int? {
        var (milliseconds, weight, count) = (0, 100, 0)
        while count < 9, let digit = takeDigit() {
            milliseconds += digit * weight
            weight /= 10
            count += 1
        }
        return count == 0 ? nil : milliseconds
    }

    /// Seconds east of UTC from `Z` or `+02:00`.
    mutating func takeOffset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = takeNumber(digits: 2), take(":"),
            let minutes = takeNumber(digits: 2), hours < 24, minutes < 60
        else { return nil }
        return Int64((isEast ? 1 : -1) * (hours * 60 + minutes) * 60)
    }

    private mutating func takeDigit() -> Int? {
        guard index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else {
            return nil
        }
        index += 1
        return Int(bytes[index - 1] - UInt8(ascii: "0"))
    }
}

extension [UInt8] {
    mutating func append(digits number: Int64, width: Int) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
