import Campaigns
import Foundation
import Model
import Recording

/// A campaign that nobody will get: its only time was over before its schedule began to hold.
package struct MissedCampaign: Sendable, Equatable {
    /// The campaign's identifier.
    package let campaign: String
    /// Where its schedule stands.
    package let place: Place
    /// The time, with the zone whose clock is meant: `2026-11-22 09:00 (Europe/Tallinn)`.
    package let time: String
    /// When it was that time first for somebody.
    let begin: Timestamp

    /// One sentence.
    package var description: String {
        "nobody gets '\(campaign)': its time, \(time), was over before Boon first saw it"
    }

    /// What to do about it.
    package static let remedy = "choose a later time, or send it by hand"
}

extension Plan {
    /// Campaigns whose only time was missed and that were not sent by hand since, in the order of their identifiers.
    /// - Throws: `StoreError`.
    package func missed(in view: IndexView, now: Timestamp) throws -> [MissedCampaign] {
        let known = try view.schedules()
        var zones = CustomerZones(history: view, home: home)
        return try campaigns.compactMap { campaign, schedule in
            var step = Step()
            let standing = try standing(of: campaign, schedule, known[campaign.id], view, now, &step)
            guard let missed = try missed(campaign, schedule, standing, view, &zones) else { return nil }
            let latest = try view.latestRun(of: campaign.id)
            return latest.map { $0.planned >= missed.begin } ?? false ? nil : missed
        }
    }

    /// The campaign, when its only time was missed.
    func missed<History: PlanningHistory>(
        _ campaign: Campaign, _ schedule: Schedule, _ standing: Standing, _ history: History,
        _ zones: inout CustomerZones<History>
    ) throws -> MissedCampaign? {
        guard case .at(let time) = schedule.trigger else { return nil }
        let zone = schedule.zone(home: home)
        let occurrence = Occurrence(time, in: zone)
        let places = zone != nil && schedule.quietHours == nil ? [home] : try zones.zones().all
        let instants = places.map { occurrence.instant(in: $0) }
        guard let begin = instants.min(), !holds(schedule, standing, from: begin, at: places, instants),
            try !history.hasRun(occurrence.run(of: campaign.id))
        else { return nil }
        let clock = zone?.identifier ?? "each recipient's own clock"
        return MissedCampaign(
            campaign: campaign.id, place: schedule.place, time: "\(time.text) (\(clock))", begin: begin)
    }
}

extension LocalTime {
    /// As people write it: `2026-11-22 09:00`.
    fileprivate var text: String { "\(date) \(clock)" }
}
