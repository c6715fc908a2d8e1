import Foundation
import Model
import Planning
import Recording

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
        /// For a run that exists, how many it has still to send to.
        let recipients: Int
        /// Of a run that exists: `open`, `paused` or `held`.
        let state: String?
        /// Of an A/B test: `tested`, or `others`, who wait for the decision; nil for everyone.
        let part: String?
        /// When the test is decided at the earliest.
        let decides: Timestamp?
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
                last: entry.last, recipients: entry.count, state: entry.state?.rawValue,
                part: entry.part.name,
                decides: entry.part.decides, capped: entry.capped, sameMorning: entry.neighbours)
        }
    }
}

extension Forecast.Entry {
    /// The run that an occurrence is.
    var run: RunID? {
        switch kind {
        case .occurrence(let occurrence), .birthdays(let occurrence): occurrence.run(of: campaign.id)
        case .run(let run): run
        case .happenings: nil
        }
    }
}

extension Forecast.Part {
    /// Whether it is for those who wait for an A/B test.
    var isOthers: Bool { name == "others" }

    /// As programs read it.
    var name: String? {
        switch self {
        case .everyone: nil
        case .tested: "tested"
        case .others: "others"
        }
    }
}
