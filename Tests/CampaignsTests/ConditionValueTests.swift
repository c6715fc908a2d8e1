import Foundation
import Model
import Testing

@testable import Campaigns

@Suite("Values of conditions")
struct ConditionValueTests {
    @Test(
        "A plain decimal number is read exactly and printed with the decimals that it needs",
        arguments: [
            ("0", 0, "0"), ("-0.50", -500_000, "-0.5"), ("007", 7_000_000, "7"), ("0.000001", 1, "0.000001"),
            ("999999999999", 999_999_999_999_000_000, "999999999999"),
            ("123456789.123456", 123_456_789_123_456, "123456789.123456"),
        ])
    func number(text: String, millionths: Int64, printed: String) throws {
        let number = try #require(DecimalNumber(text))
        #expect(number.millionths == millionths)
        #expect(number.description == printed)
    }

    @Test(
        "Anything else is no number",
        arguments: [
            "", "-", ".", "5.", ".5", "1.2.3", "+1", "1e3", " 1", "1,5", "1234567890123", "0.0000001",
            "9999999999.123456", "٣", "--1",
        ])
    func noNumber(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    @Test(
        "A day runs from its first midnight to the next day's",
        arguments: [
            ("Europe/Tallinn", "2026-11-21", "2026-11-20T22:00:00Z", "2026-11-21T22:00:00Z"),
            // Daylight saving makes it 23 hours, or 25.
            ("Europe/Tallinn", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"),
            ("Europe/Tallinn", "2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z"),
            // Clocks went back over midnight, at 00:01.
            ("America/St_Johns", "2009-11-01", "2009-11-01T02:30:00Z", "2009-11-02T03:30:00Z"),
            // Samoa never had this day.
            ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
        ])
    func day(zone: String, day: String, start: String, end: String) throws {
        let span = DaySpan(try #require(CalendarDate(day)), in: try #require(TimeZone(identifier: zone)))
        #expect(span.start == Timestamp(rfc3339: start))
        #expect(span.end == Timestamp(rfc3339: end))
    }

    @Test("Texts are compared in NFC, however they were typed")
    func composed() throws {
        #expect(try parse("city == P\u{61}\u{308}rnu") == parse("city == P\u{E4}rnu"))
        #expect(try parse("city == P\u{61}\u{308}rnu").holds(for: .mari))
        #expect(try parse("city == \"P\u{61}\u{308}rnu\"").holds(for: .mari))
    }
}
