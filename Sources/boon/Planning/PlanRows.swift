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
    /// How many times of a campaign's schedule come behind those that are among the entries.
    private let more: [String: Int]
    /// Scheduled campaigns whose only time was missed, each with a sentence.
    private let missed: [String: String]

    private struct Row: Encodable {
        let campaign: String
        /// The run's identity; nil for what follows events, whose run is the day's.
        let run: String?
        let day: String
        let time: String?
        /// Whether day and time are those of each recipient's own clock.
        let recipientClock: Bool
        /// The zone of day and time; nil for recipients' own.
        let timezone: String?
        /// What the schedule's own clock shows then, where that is another one.
        let scheduleClock: ScheduleClock?
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
        (idle, more) = (forecast.idle.map(\.id), forecast.more)
        missed = Dictionary(
            uniqueKeysWithValues: forecast.missed.map { ($0.campaign, $0.description) })
        entries = forecast.entries.map { entry in
            Row(
                campaign: entry.campaign.id, run: entry.run?.text, day: entry.day.description,
                time: entry.clock?.description, recipientClock: entry.isLocal,
                timezone: entry.isLocal ? nil : zone.identifier,
                scheduleClock: ScheduleClock(of: entry, besides: zone),
                first: entry.first,
                last: entry.last, recipients: entry.count, state: entry.state?.rawValue,
                part: entry.part.name,
                decides: entry.part.decides, capped: entry.capped, sameMorning: entry.neighbours)
        }
    }
}

extension Forecast {
    /// Says of each campaign that goes out oftener than is shown how many times are left out.
    func moreLines(in zone: TimeZone) -> [String] {
        let day = end.local(in: zone).date.spelled
        return more.sorted { $0.key < $1.key }.map { "... and \(grouped($1)) more of '\($0)' until \(day)" }
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
