import Foundation
import Model
import Planning

/// What the clock of a campaign's own zone shows when it goes out.
struct ScheduleClock: Encodable {
    let timezone: String
    let day: String
    let time: String

    /// - Returns: nil where the clock of the workspace's zone shows the same, or each recipient's own counts.
    init?(of entry: Forecast.Entry, besides home: TimeZone) {
        let zone: TimeZone? =
            switch entry.kind {
            case .occurrence(let occurrence), .birthdays(let occurrence): occurrence.zone
            case .run, .happenings: nil
            }
        guard let zone else { return nil }
        let local = entry.first.local(in: zone)
        if local == entry.first.local(in: home) { return nil }
        (timezone, day, time) = (zone.identifier, local.date.description, local.clock.description)
    }
}
