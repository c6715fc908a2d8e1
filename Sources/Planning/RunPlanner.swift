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
        let audience = Audience(of: campaign, in: definitions, zone: zone)
        if let known = try store.read({ try current(campaign, again: again, in: $0) }) { return known }
        try record(plan(campaign, audience, now: now), of: campaign, again: again)
        guard let planned = try store.read({ try current(campaign, again: again, in: $0) }) else {
            throw StoreError.index(reason: "the run of '\(campaign.id)' is not there after planning")
        }
        return planned
    }

    /// The run: everyone's turn is now, but who is not in its A/B test waits for the decision, and then until the quiet
    /// hours are over.
    private func plan(_ campaign: Campaign, _ audience: Audience, now: Timestamp) throws -> PlannedRun {
        let members = try audience.list(in: store, at: now, withZones: campaign.test != nil)
        if members.count == 0 { throw PlanningError.nobody(campaign: campaign.id) }
        var run = Run(
            campaign: campaign.id, occurrence: now, recipients: members.count, definitions: files?.id,
            topic: campaign.topic ?? "")
        let zones = Zones(home: zone, names: try store.read { try $0.timezones() })
        let timing = campaign.schedule.map { Timing($0, home: zone) }
        let turns = try SplitTurns(of: members, campaign.test, in: run.id, home: zone) { _ in
            .due(now)
        } after: { decision, name in
            timing?.due(after: decision, at: nil, in: zones[name]) ?? decision
        }
        run.decides = turns.decides
        return PlannedRun(run: run, members: members, turns: turns, isAtOnce: campaign.test == nil)
    }

    private func record(_ run: PlannedRun, of campaign: Campaign, again: Bool) throws {
        try store.commitInParts(keeping: files) { view, record in
            guard try current(campaign, again: again, in: view) == nil else { return }
            try run.record(record)
            // Held from its first moment on: no daemon is faster than whoever sends it, perhaps with a limit.
            try record(.runHeld(run.run.id, reason: "'boon send' has planned it and not yet begun"))
        }
    }

    /// The run to go on with; nil when a new one is to be planned.
    private func current(_ campaign: Campaign, again: Bool, in view: IndexView) throws -> RunSummary? {
        guard let latest = try view.latestRun(of: campaign.id) else { return nil }
        if latest.ended == nil { return latest }
        if again { return nil }
        throw PlanningError.alreadySent(campaign: campaign.id, at: latest.planned, zone: zone)
    }
}
