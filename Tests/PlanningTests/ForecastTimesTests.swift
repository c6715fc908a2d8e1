import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Looking ahead: by which clock, and how many times")
struct ForecastTimesTests {
    private let shop: Shop

    init() throws {
        shop = try Shop()
        try shop.customer("c-1", zone: "America/New_York", birthday: "1990-03-15")
    }

    private func forecast(_ schedules: String..., at now: String, days: Int) throws -> Forecast {
        let texts = schedules.enumerated().map { number, schedule in
            "campaign: c\(number)\naudience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\nschedule: { \(schedule) }"
        }
        return try shop.store.read {
            try Forecast(try .shop(texts), home: shop.home, in: $0, now: instant(now), days: days)
        }
    }

    private func times(_ forecast: Forecast) -> [String] {
        forecast.entries.map { "\($0.day) \($0.clock.map { "\($0)" } ?? "-") \($0.campaign.id)" }
    }

    @Test("A campaign with a zone of its own is told by the workspace's clock, in the order of time")
    func ownZone() throws {
        let forecast = try forecast(
            "at: 2027-03-14 02:30, timezone: America/New_York", "at: 2027-03-14 03:30",
            "on: birthday 20:00, timezone: America/New_York", "at: 2027-03-14 23:30, timezone: recipient",
            at: "2027-03-10T12:00:00Z", days: 7)
        #expect(
            times(forecast) == [
                // Half past two is left out in New York on that night: it goes out at three there.
                "2027-03-14 03:30 c1", "2027-03-14 09:00 c0", "2027-03-14 23:30 c3", "2027-03-16 02:00 c2",
            ])
    }

    @Test("Of a schedule that goes off every minute the first hundred are shown, and all others counted")
    func everyMinute() throws {
        let now = "2026-11-22T12:00:00Z"
        let forecast = try forecast("cron: \"* * * * *\"", "every: day 09:00", at: now, days: 30)
        #expect(forecast.entries.count { $0.campaign.id == "c0" } == 100)
        #expect(forecast.entries.count { $0.campaign.id == "c1" } == 30)
        #expect(forecast.more == ["c0": 30 * 24 * 60 - 100])
        let first = try #require(forecast.entries.first)
        #expect(first.first == (try instant(now).advanced(milliseconds: 60_000)) && first.count == 1)
        let short = try self.forecast("cron: \"* * * * *\"", at: now, days: 1).entries
        #expect(short.map(\.first) == forecast.entries.prefix(100).map(\.first))
        let year = try self.forecast("on: birthday 09:00", "every: day 09:00", at: now, days: 366)
        #expect(year.more == ["c1": 266])
        #expect(times(year).contains("2027-03-15 09:00 c0"))
    }

    @Test("What quiet hours or the change to summer time bring to one instant is told once")
    func oneInstant() throws {
        let held = try forecast(
            "cron: \"0 * * * *\", quiet_hours: 21:00-08:00, timezone: recipient", at: "2026-11-22T19:30:00Z",
            days: 1)
        // Nobody has a night of their own here: from eight in the morning to eight in the evening.
        let local = held.entries.filter { $0.here > held.now && $0.here <= held.end }.map {
            $0.here.text(in: shop.home)
        }
        #expect(Set(local).count == local.count && local.contains("2026-11-23 08:00"), "\(local)")
        let spring = try forecast("cron: \"*/30 * * * *\"", at: "2027-03-28T00:00:00Z", days: 1)
        #expect(
            times(spring).prefix(4) == [
                "2027-03-28 02:30 c0", "2027-03-28 04:00 c0", "2027-03-28 04:30 c0", "2027-03-28 05:00 c0",
            ])
    }
}
