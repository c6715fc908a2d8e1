import Campaigns
import Foundation
import Model
import Recording

/// Decides who gets a campaign that is sent by hand, once.
package struct RunPlanner: Sendable {
    private let store: Store
    private let definitions: Definitions
    private let zone: TimeZone
    private let files: DefinitionFiles?

    /// A planner over a workspace's definitions and stores.
    /// - Parameter files: what the definitions were read from, kept for the runs; nil where runs name none.
    package init(store: Store, definitions: Definitions, zone: TimeZone, files: DefinitionFiles? = nil) {
        (self.store, self.definitions, self.zone, self.files) = (store, definitions, zone, files)
    }

    /// The unfinished run of a campaign, or a new one whose recipients are fixed now, in one commit. A new one is held.
    /// - Parameters:
    ///   - again: whether a campaign that was sent before goes out once more.
    ///   - now: the instant that the new run stands for.
    /// - Throws: `PlanningError`, `StoreError`.
    package func run(of campaign: Campaign, again: Bool, now: Timestamp) throws -> RunSummary {
        if let known = try store.read({ try current(campaign, again: again, in: $0) }) { return known }
        try record(plan(campaign, due: nil, now: now), of: campaign, again: again)
        guard let planned = try store.read({ try current(campaign, again: again, in: $0) }) else {
            throw StoreError.index(reason: "the run of '\(campaign.id)' is not there after planning")
        }
        return planned
    }

    /// A new run whose recipients are fixed now and have their turn later, in one commit. It is not held: when it is time,
    /// the daemon sends it, or whoever sends the campaign by hand.
    /// - Parameters:
    ///   - due: when their turn is.
    ///   - again: whether a campaign that was sent before goes out once more.
    ///   - now: the instant that the run's identity has.
    /// - Throws: `PlanningError`, `StoreError`.
    package func run(of campaign: Campaign, due: Timestamp, again: Bool, now: Timestamp) throws -> Run {
        try store.read { try requireNone(of: campaign, again: again, in: $0) }
        let planned = try plan(campaign, due: due, now: now)
        try store.commitInParts(keeping: files) { view, record in
            try requireNone(of: campaign, again: again, in: view)
            try planned.record(record)
        }
        return planned.run
    }

    /// The run: everyone's turn is at an instant, now where it is nil, but who is not in its A/B test waits for the decision,
    /// and then until the quiet hours are over.
    private func plan(_ campaign: Campaign, due: Timestamp?, now: Timestamp) throws -> PlannedRun {
        let audience = Audience(of: campaign, in: definitions, zone: zone)
        let members = try audience.list(in: store, at: now, withZones: campaign.test != nil)
        if members.count == 0 { throw PlanningError.nobody(campaign: campaign.id) }
        var run = Run(
            campaign: campaign.id, occurrence: now, recipients: members.count, definitions: files?.id,
            topic: campaign.topic ?? "")
        let zones = Zones(home: zone, names: try store.read { try $0.timezones() })
        let timing = campaign.schedule.map { Timing($0, home: zone) }
        let turns = try SplitTurns(of: members, campaign.test, in: run.id, home: zone) { _ in
            .due(due ?? now)
        } after: { decision, name in
            timing?.due(after: decision, at: nil, in: zones[name]) ?? decision
        }
        run.decides = turns.decides
        return PlannedRun(
            run: run, members: members, turns: turns, isAtOnce: campaign.test == nil && due == nil)
    }

    private func record(_ run: PlannedRun, of campaign: Campaign, again: Bool) throws {
        try store.commitInParts(keeping: files) { view, record in
            guard try current(campaign, again: again, in: view) == nil else { return }
            try run.record(record)
            // Held from its first moment on: no daemon is faster than whoever sends it, perhaps with a limit.
            try record(.runHeld(run.run.id, reason: "'boon send' has planned it and not yet begun"))
        }
    }

    /// Refuses a new run beside one that is not over.
    private func requireNone(of campaign: Campaign, again: Bool, in view: IndexView) throws {
        guard let last = try current(campaign, again: again, in: view) else { return }
        throw PlanningError.unfinished(campaign: campaign.id, run: last.run.id)
    }

    /// The run to go on with; nil when a new one is to be planned.
    private func current(_ campaign: Campaign, again: Bool, in view: IndexView) throws -> RunSummary? {
        guard let latest = try view.latestRun(of: campaign.id) else { return nil }
        if latest.ended == nil { return latest }
        if again { return nil }
        throw PlanningError.alreadySent(campaign: campaign.id, at: latest.planned, zone: zone)
    }
}
