import Campaigns
import Foundation
import Model

/// One time at which a campaign is due, with an identity that stays the same however often it is planned.
package struct Occurrence: Hashable, Sendable {
    /// What clocks show, those of the schedule's zone or each recipient's own. A time that daylight saving skips
    /// stays as the schedule has it.
    package let local: LocalTime
    /// The schedule's zone; nil for each recipient's own.
    package let zone: TimeZone?

    /// A time of a schedule.
    package init(_ local: LocalTime, in zone: TimeZone?) {
        (self.local, self.zone) = (local, zone)
    }

    /// When it is due for somebody who lives in a zone.
    package func instant(in recipient: TimeZone) -> Timestamp {
        Timestamp(local, in: zone ?? recipient)
    }

    /// `campaign@2026-11-23T09:00+02:00`: the time that clocks really show, so that two times which daylight saving
    /// moves to one instant are one. For recipients' own clocks `campaign@2026-11-23T09:00`.
    package func run(of campaign: String) -> RunID {
        guard let zone else { return RunID("\(campaign)@\(local)") }
        let instant = Timestamp(local, in: zone)
        return RunID("\(campaign)@\(instant.local(in: zone))\(Self.offset(instant.offset(in: zone)))")
    }

    /// `+02:00`
    private static func offset(_ milliseconds: Int64) -> String {
        let clock = ClockTime(milliseconds: Int64(milliseconds.magnitude))
        return "\(milliseconds < 0 ? "-" : "+")\(clock)"
    }
}

extension Schedule {
    /// The zone whose clock it goes by; nil for each recipient's own.
    /// - Parameter home: stands in for a zone that this machine does not know.
    func zone(home: TimeZone) -> TimeZone? {
        switch timezone {
        case .recipient: nil
        case .named(let name): TimeZone(identifier: name) ?? home
        }
    }
}
