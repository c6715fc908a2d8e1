import Foundation
import Testing

@testable import Model

@Suite("Local time")
struct LocalTimeTests {
    @Test(
        "A local time becomes the instant at which clocks show it, or the next that exists",
        arguments: [
            ("Europe/Tallinn", "2026-01-15", "12:00", "2026-01-15T10:00:00Z"),
            ("Europe/Tallinn", "2026-07-15", "12:00", "2026-07-15T09:00:00Z"),
            ("Europe/Tallinn", "2026-03-29", "03:00", "2026-03-29T01:00:00Z"),
            ("Europe/Tallinn", "2026-03-29", "03:59:59.999", "2026-03-29T01:00:00Z"),
            ("Europe/Tallinn", "2026-03-29", "04:00", "2026-03-29T01:00:00Z"),
            ("Europe/Tallinn", "2026-10-25", "03:30", "2026-10-25T00:30:00Z"),
            ("Asia/Jerusalem", "2026-03-27", "02:30", "2026-03-27T00:00:00Z"),
            ("Asia/Almaty", "2026-01-01", "00:00", "2025-12-31T19:00:00Z"),
            // Half an hour of daylight saving.
            ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z"),
            // The day that Samoa left out.
            ("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00:00Z"),
            ("America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00Z"),
        ])
    func fromLocal(zone: String, date: String, clock: String, expected: String) throws {
        let local = LocalTime(
            date: try #require(CalendarDate(date)), clock: try #require(ClockTime(clock)))
        let zone = try #require(TimeZone(identifier: zone))
        #expect(Timestamp(local, in: zone) == Timestamp(rfc3339: expected))
    }

    @Test(
        "What clocks show leads back to the same instant, or to the first that shows the same",
        arguments: [
            "UTC", "Europe/Tallinn", "America/New_York", "Asia/Kathmandu", "Pacific/Apia",
            "Africa/Casablanca",
        ])
    func roundTrip(name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        for step in 0..<4000 as Range<Int64> {
            let instant = Timestamp(milliseconds: step * 39_119_999_983 / 100 + 1_000_000_000_001)
            let back = Timestamp(instant.local(in: zone), in: zone)
            #expect(back <= instant)
            #expect(back.local(in: zone) == instant.local(in: zone))
        }
    }

    @Test(
        "Periods follow the calendar; months clamp and hours are exact",
        arguments: [
            ("1 month", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"),
            ("1 month", "2026-03-31T10:00:00Z", "2026-04-30T10:00:00Z"),
            ("1 year", "2024-02-29T10:00:00Z", "2025-02-28T10:00:00Z"),
            ("2 weeks", "2026-03-20T08:00:00Z", "2026-04-03T07:00:00Z"),
            ("24 hours", "2026-03-28T10:00:00Z", "2026-03-29T10:00:00Z"),
            ("1000000 years", "2026-03-28T10:00:00Z", "9999-12-28T10:00:00Z"),
        ])
    func adding(period: String, from: String, expected: String) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Tallinn"))
        let instant = try #require(Timestamp(rfc3339: from))
        #expect(instant.adding(try #require(Period(period)), in: zone) == Timestamp(rfc3339: expected))
    }

    @Test("A period back from the end of a month clamps as well")
    func subtracting() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Tallinn"))
        let instant = try #require(Timestamp(rfc3339: "2026-03-31T10:00:00Z"))
        #expect(
            instant.subtracting(try #require(Period("1 month")), in: zone)
                == Timestamp(rfc3339: "2026-02-28T11:00:00Z"))
    }

    @Test(
        "Periods are read as people write them",
        arguments: [
            ("1 month", "1 month"), ("14 days", "14 days"), ("1 days", "1 day"), ("2 year", "2 years"),
            ("0 hours", "0 hours"),
        ])
    func periods(text: String, written: String) {
        #expect(Period(text)?.description == written)
    }

    @Test(
        "What is no period is refused",
        arguments: [
            "", "days", "14", "-1 days", "1.5 days", "14 moons", "1000001 days", "1 day ago",
            "99999999999999999999 days",
        ])
    func refusedPeriods(text: String) {
        #expect(Period(text) == nil)
    }
}
