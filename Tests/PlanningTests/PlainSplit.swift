import Campaigns
import Foundation
import Model

/// When the recipients of one occurrence are due that has an A/B test, read minute by minute off wall clocks.
struct PlainSplit {
    let time: ClockTime
    let day: CalendarDate
    let isLocal: Bool
    let quiet: ClockRange?
    /// How long the test lasts.
    let wait: Period
    /// By zone.
    let clocks: [String: PlainClock]
    /// When the run was planned: nobody is due before.
    let planned: Timestamp

    private static let home = "Europe/Tallinn"

    /// When somebody is due who is tested.
    func due(in zone: String) -> Timestamp? {
        guard let begin = shown(day.daysSinceEpoch, by: isLocal ? zone : Self.home) else { return nil }
        return held(max(begin, planned), in: zone)
    }

    /// When the test is decided that is sent in some zones.
    func decides(after zones: [String]) -> Timestamp? {
        guard let last = zones.compactMap({ due(in: $0) }).max() else { return nil }
        if wait.unit == .hours { return last.advanced(milliseconds: Int64(wait.count) * 3_600_000) }
        guard let home = clocks[Self.home] else { return nil }
        let now = home.shown[Int(last.milliseconds / 60_000 - home.first)]
        return home.minutes(of: [now + Int64(wait.count) * 1440]).first.map { home.instant($0.index) }
    }

    /// When somebody is due who waits for the decision.
    func due(in zone: String, after decides: Timestamp) -> Timestamp? {
        guard isLocal else { return held(decides, in: zone) }
        let days = day.daysSinceEpoch - 2...day.daysSinceEpoch + 5
        let next = days.compactMap { shown($0, by: zone) }.first { $0 >= decides }
        return next.flatMap { held($0, in: zone) }
    }

    private func shown(_ day: Int64, by zone: String) -> Timestamp? {
        guard let clock = clocks[zone] else { return nil }
        return clock.minutes(of: [day * 1440 + time.milliseconds / 60_000]).first.map {
            clock.instant($0.index)
        }
    }

    private func held(_ instant: Timestamp, in zone: String) -> Timestamp? {
        guard let clock = clocks[zone] else { return nil }
        return clock.held(Int(instant.milliseconds / 60_000 - clock.first), quiet).map { clock.instant($0) }
    }
}
