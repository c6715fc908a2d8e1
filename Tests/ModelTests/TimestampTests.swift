import Testing

@testable import Model

@Suite("Instants and days")
struct TimestampTests {
    @Test(
        "An instant is written and read back to the millisecond",
        arguments: [
            0, 1, -1, 999, -999, 1_795_251_600_123, -62_135_596_800_000, 253_402_300_799_999,
        ] as [Int64])
    func roundTrip(milliseconds: Int64) throws {
        let instant = Timestamp(milliseconds: milliseconds)
        #expect(Timestamp(rfc3339: instant.description) == instant)
    }

    @Test(
        "RFC 3339 offsets, lower case and missing fractions are read",
        arguments: [
            ("2026-11-21T09:00:00Z", 1_795_251_600_000),
            ("2026-11-21t11:00:00.000+02:00", 1_795_251_600_000),
            ("2026-11-21 03:30:00.5-05:30", 1_795_251_600_500),
        ] as [(String, Int64)])
    func reading(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        "Times that no calendar has are refused",
        arguments: [
            "", "2026-11-21", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z",
            "2026-11-21T09:00:00", "2026-11-21T09:00:00.Z", "2026-11-21T09:00:00Zx", "２026-11-21T09:00:00Z",
        ])
    func refusing(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Days count without a gap over four centuries")
    func days() {
        var previous = CalendarDate(daysSinceEpoch: -1)
        for number in 0...Int64(146_097) {
            let date = CalendarDate(daysSinceEpoch: number)
            #expect(date.daysSinceEpoch == number)
            #expect(previous < date && date.weekday == previous.weekday % 7 + 1)
            previous = date
        }
    }

    @Test(
        "Month arithmetic clamps to the last day",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-31", 12, "2027-12-31"), ("2026-11-30", 3, "2027-02-28"),
        ])
    func months(from: String, months: Int, to: String) {
        #expect(CalendarDate(from)?.adding(months: months).description == to)
    }
}
