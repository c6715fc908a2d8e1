import Model
import Testing

@testable import Loyalty

@Suite("Activation and expiry")
struct DatesTests {
    @Test(
        "Points activate after the pending period, by the zone's calendar and clock",
        arguments: [
            ("14 days", "2026-01-01T10:00:00Z", "2026-01-15T10:00:00Z"),
            // 10:00 in Tallinn before and after the clocks change.
            ("14 days", "2026-03-20T08:00:00Z", "2026-04-03T07:00:00Z"),
            // 03:30 on 29 March does not exist: 04:00.
            ("14 days", "2026-03-15T01:30:00Z", "2026-03-29T01:00:00Z"),
            // 03:30 on 25 October is shown twice: the first.
            ("14 days", "2026-10-11T00:30:00Z", "2026-10-25T00:30:00Z"),
            ("24 hours", "2026-03-28T10:00:00Z", "2026-03-29T10:00:00Z"),
            ("0 days", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
        ])
    func activation(pending: String, earned: String, expected: String) throws {
        let programme = try Fixture.programme(pending: pending)
        #expect(
            programme.activation(from: try Fixture.instant(earned)) == (try Fixture.instant(expected)))
    }

    @Test(
        "Points expire at an instant that follows the programme's calendar",
        arguments: [
            ("12 months", true, "2026-01-31T10:00:00Z", "2027-01-31T22:00:00Z"),
            ("12 months", false, "2026-01-31T10:00:00Z", "2027-01-31T10:00:00Z"),
            ("1 month", false, "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"),
            ("1 month", true, "2026-01-31T10:00:00Z", "2026-02-28T22:00:00Z"),
            ("12 months", false, "2024-02-29T10:00:00Z", "2025-02-28T10:00:00Z"),
            // Already February in Tallinn, though not yet in UTC.
            ("12 months", true, "2026-01-31T22:30:00Z", "2027-02-28T22:00:00Z"),
            // The end of March is in summer time.
            ("1 month", true, "2026-02-10T10:00:00Z", "2026-03-31T21:00:00Z"),
            ("1 month", true, "2026-11-10T10:00:00Z", "2026-12-31T22:00:00Z"),
        ])
    func expiry(period: String, endOfMonth: Bool, earned: String, expected: String) throws {
        let programme = try Fixture.programme(
            expire: .after(Fixture.period(period), endOfMonth: endOfMonth))
        #expect(programme.expiry(from: try Fixture.instant(earned)) == (try Fixture.instant(expected)))
    }

    @Test("Points of a programme without expiry never expire")
    func never() throws {
        #expect(try Fixture.programme().expiry(from: Fixture.instant("2026-01-01")) == nil)
    }
}
