/// An instant: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (as POSIX).
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    package let milliseconds: Int64

    /// An instant from milliseconds since the epoch.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// An instant from whole seconds since the epoch, held inside the range of Int64 milliseconds.
    package init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        milliseconds = overflow ? (seconds > 0 ? .max : .min) : product
    }

    /// Seconds since the epoch, fractions dropped towards the past.
    package var seconds: Int64 {
        milliseconds.dividingFloor(by: 1000).quotient
    }

    /// The instant that lies `milliseconds` later (earlier when negative), held inside the range of Int64.
    package func advanced(milliseconds delta: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        return Timestamp(milliseconds: overflow ? (delta > 0 ? .max : .min) : sum)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

// MARK: - RFC 3339

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 section 5.6 in UTC with milliseconds: `2026-11-21T09:00:00.123Z`.
    package var description: String {
        String(
            decoding: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                var bytes: [UInt8] = []
                appendRFC3339(to: &bytes)
                count = buffer.update(fromContentsOf: bytes)
            }, as: UTF8.self)
    }

    /// Appends the RFC 3339 form, UTC with milliseconds.
    package func appendRFC3339(to bytes: inout [UInt8]) {
        let (wholeSeconds, fraction) = milliseconds.dividingFloor(by: 1000)
        let (days, secondOfDay) = wholeSeconds.dividingFloor(by: 86_400)
        CalendarDate(daysSinceEpoch: days).append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(digits: secondOfDay / 3600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: secondOfDay / 60 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: secondOfDay % 60, width: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.append(digits: fraction, width: 3)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Reads RFC 3339 section 5.6: a date, `T` or a blank, a time with optional fraction, `Z` or an offset.
    /// - Returns: nil when the text is anything else, or names a time that no calendar has.
    package init?(rfc3339 text: some StringProtocol) {
        let instant = DigitScanner.read(text) { scanner -> Timestamp? in
            guard let date = CalendarDate(scanning: &scanner),
                scanner.take("T") || scanner.take("t") || scanner.take(" "),
                let clock = ClockTime(scanning: &scanner), let offset = scanner.takeOffset()
            else { return nil }
            return Timestamp(
                milliseconds: date.daysSinceEpoch * 86_400_000 + clock.milliseconds - offset * 1000)
        }
        guard let instant else { return nil }
        self = instant
    }
}

extension Int64 {
    /// Quotient rounded towards minus infinity, and the remainder that is never negative.
    package func dividingFloor(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
