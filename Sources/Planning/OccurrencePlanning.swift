import Campaigns
import Foundation
import Model
import Recording

/// Makes a run of an occurrence: who gets it, and from when on.
struct OccurrencePlanning: Sendable {
    private let due: DueOccurrence
    private let audience: Audience
    private let home: TimeZone
    /// Names the files that the run is sent with.
    private let files: String?

    init(_ due: DueOccurrence, _ definitions: Definitions, home: TimeZone, files: String?) {
        (self.due, self.home, self.files) = (due, home, files)
        audience = Audience(of: due.campaign, in: definitions, zone: home)
    }

    /// What becomes of an occurrence.
    enum Verdict: Sendable {
        case planned(PlannedRun)
        /// Nobody gets it, and why.
        case skipped(Run, reason: String)

        /// Why nobody gets it; nil where somebody does.
        var reason: String? {
            if case .skipped(_, let reason) = self { reason } else { nil }
        }

        func record(_ record: (Event) throws -> Void) throws {
            switch self {
            case .planned(let run): try run.record(record)
            case .skipped(let run, let reason): try record(.runSkipped(run, reason: reason))
            }
        }
    }

    /// Decides who gets it. Nobody else waits meanwhile.
    func verdict(in store: Store, at now: Timestamp) throws -> Verdict {
        let turn = due.isSameForAll ? due.turn(in: home, now: now) : nil
        if let reason = turn?.reason { return skipped(because: reason) }
        let members = try audience.list(
            in: store, at: now, bornOn: due.birthdays, withZones: !due.isSameForAll)
        if members.count == 0 { return skipped(because: "nobody is in the audience") }
        let zones = Zones(home: home, names: try store.read { try $0.timezones() })
        let turns = try SplitTurns(of: members, due.campaign.test, in: due.run, home: home) { zone in
            turn ?? due.turn(in: zones[zone], now: now)
        } after: { decision, zone in
            due.due(after: decision, in: zones[zone])
        }
        guard turns.counts.keys.contains(where: { $0.reason == nil }) else {
            return skipped(because: turns.counts.keys.compactMap(\.reason).min() ?? "")
        }
        var run = run(of: members.count)
        (run.definitions, run.decides) = (files, turns.decides)
        return .planned(PlannedRun(run: run, members: members, turns: turns))
    }

    private func skipped(because reason: String) -> Verdict {
        .skipped(run(of: 0), reason: reason)
    }

    private func run(of recipients: Int) -> Run {
        Run(
            id: due.run, campaign: due.campaign.id, occurrence: due.instant, recipients: recipients,
            topic: due.campaign.topic ?? "")
    }
}

extension Turn: Comparable {
    /// By instant; those who get nothing last.
    package static func < (left: Turn, right: Turn) -> Bool {
        (left.instant?.milliseconds ?? .max, left.reason ?? "")
            < (right.instant?.milliseconds ?? .max, right.reason ?? "")
    }

    /// From when on the recipient is mailed; nil for never.
    package var instant: Timestamp? {
        if case .due(let instant) = self { instant } else { nil }
    }

    /// Why the recipient gets nothing; nil for one who is mailed.
    package var reason: String? {
        switch self {
        case .due: nil
        case .late: "its time had passed by more than `late` allows"
        case .overtaken: "the campaign's next occurrence is due no later"
        }
    }
}
