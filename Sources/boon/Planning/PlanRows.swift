import Foundation
import Model
import Planning

/// A forecast as programs read it.
struct PlanRows: Encodable {
    private let from: Timestamp
    private let until: Timestamp
    private let entries: [Row]
    /// Scheduled campaigns of which nothing is ahead.
    private let idle: [String]

    private struct Row: Encodable {
        let campaign: String
        /// The run's identity; nil for what follows events, whose run is the day's.
        let run: String?
        let day: String
        let time: String?
        /// Whether day and time are those of each recipient's own clock.
        let recipientClock: Bool
        let first: Timestamp
        let last: Timestamp
        let recipients: Int
        let capped: Int
        let sameMorning: [String: Int]
    }

    init(_ forecast: Forecast, zone: TimeZone) {
        (from, until) = (forecast.now, forecast.end)
        idle = forecast.idle.map(\.id)
        entries = forecast.entries.map { entry in
            Row(
                campaign: entry.campaign.id, run: entry.run?.text, day: entry.day.description,
                time: entry.clock?.description, recipientClock: entry.isLocal, first: entry.first,
                last: entry.last,
                recipients: entry.members.count, capped: entry.capped, sameMorning: entry.neighbours)
        }
    }
}

extension Forecast.Entry {
    /// The run that an occurrence is.
    var run: RunID? {
        switch kind {
        case .occurrence(let occurrence), .birthdays(let occurrence): occurrence.run(of: campaign.id)
        case .happenings: nil
        }
    }
}
