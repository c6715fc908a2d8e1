import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

/// A history in memory, and what was decided by it: who gets what, from when on.
final class PlainHistory: PlanningHistory {
    /// A mail that was planned.
    struct Mail: Hashable {
        let zone: String
        let run: RunID
        let from: Timestamp
        /// When it was planned.
        let planned: Timestamp
    }

    private var known: [String: KnownSchedule] = [:]
    private var runs: Set<RunID> = []
    private var followed: Set<String> = []
    /// The zones that one customer each lives in.
    let zones: [String]
    /// What is known to have happened, in any order.
    var happened: [Happened] = []
    private(set) var mails: [Mail] = []
    /// What was followed, with when.
    private(set) var follows: [(key: String, at: Timestamp)] = []

    init(zones: [String]) {
        self.zones = zones
    }

    /// Does what an instant asks for.
    /// - Returns: what the plan said.
    @discardableResult
    func tick(_ plan: Plan, at now: Timestamp) throws -> Plan.Step {
        let step = try plan.step(self, now: now)
        for schedule in step.scheduled {
            let before = known[schedule.campaign]
            let isSame = before?.schedule == schedule.schedule
            known[schedule.campaign] = KnownSchedule(
                schedule: schedule.schedule,
                since: ((isSame ? before?.since ?? [] : []) + [schedule.since]).sorted(),
                isChanged: isSame ? before?.isChanged ?? false : before != nil)
        }
        for due in step.occurrences {
            #expect(runs.insert(due.run).inserted, "\(due.run) was planned twice")
            for zone in zones {
                guard let place = TimeZone(identifier: zone) else { continue }
                if case .due(let instant) = due.turn(in: place, now: now) {
                    mails.append(Mail(zone: zone, run: due.run, from: instant, planned: now))
                }
            }
        }
        for due in step.happenings {
            for happened in due.happened where followed.insert(happened.key).inserted {
                follows.append((happened.key, now))
            }
        }
        return step
    }

    func schedules() -> [String: KnownSchedule] { known }
    func hasRun(_ id: RunID) -> Bool { runs.contains(id) }
    func lastDue(of campaign: String) -> Timestamp? { mails.map(\.from).max() }
    func timezones() -> [String] { zones }

    func unfollowed(
        _ kind: HappeningKind, by campaign: String, occurred: ClosedRange<Timestamp>, after: Happened?,
        limit: Int
    ) -> [Happened] {
        let open = happened.filter { occurred.contains($0.occurred) && !followed.contains($0.key) }
            .sorted { ($0.occurred, $0.key) < ($1.occurred, $1.key) }
        let rest = open.drop { one in after.map { (one.occurred, one.key) <= ($0.occurred, $0.key) } ?? false
        }
        return Array(rest.prefix(limit))
    }
}

extension Plan {
    /// The plan of a workspace in Tallinn with one campaign, by the lines of its schedule.
    init(schedule lines: String) throws {
        let campaign = """
            campaign: news
            audience: subscribed
            subject: News
            schedule: { \(lines) }
            modules: [{ thanks: {} }]
            """
        self.init(try .workspace(campaign), home: try #require(TimeZone(identifier: "Europe/Tallinn")))
    }
}

extension Definitions {
    /// A workspace with some campaigns.
    static func workspace(_ campaigns: String...) throws -> Definitions {
        var files = [
            "boon.yaml": """
            brand: { name: Kohv, address: "Pikk 1" }
            from: Kohv <tere@kohv.example>
            timezone: Europe/Tallinn
            relays: [ { relay: main, url: "smtp://127.0.0.1:2525", tls: none } ]
            """
        ]
        for (number, campaign) in campaigns.enumerated() { files["campaigns/\(number).yaml"] = campaign }
        let definitions = Definitions.read(files: files.mapValues { Array($0.utf8) }, environment: [:])
        try #require(!definitions.hasErrors, "\(definitions.diagnostics)")
        return definitions
    }
}

func instant(_ text: String) throws -> Timestamp {
    try #require(Timestamp(rfc3339: text))
}
