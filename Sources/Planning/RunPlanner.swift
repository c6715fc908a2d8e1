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
        let members = try store.read { try audience.members(in: $0, at: now) }
        if members.isEmpty { throw PlanningError.nobody(campaign: campaign.id) }
        let records = try store.read { try events(campaign, members, in: $0, now: now) }
        try store.commit(keeping: files) { view in
            try current(campaign, again: again, in: view) == nil ? (records, ()) : ([], ())
        }
        guard let planned = try store.read({ try current(campaign, again: again, in: $0) }) else {
            throw StoreError.index(reason: "the run of '\(campaign.id)' is not there after planning")
        }
        return planned
    }

    /// The records of the run: everyone's turn is now, but who is not in its A/B test waits for the decision, and then
    /// until the quiet hours are over.
    private func events(
        _ campaign: Campaign, _ members: [CustomerID], in view: IndexView, now: Timestamp
    ) throws -> [Event] {
        var run = Run(
            campaign: campaign.id, occurrence: now, recipients: members.count, definitions: files?.id)
        guard let test = campaign.test else {
            return Self.opening(run) + members.chunks.map { .runRecipients(run.id, $0) }
        }
        var found = SplitTurns(test, of: run.id)
        try view.eachTimezone(of: members) { found.add($0, from: $1, .due(now)) }
        let zones = Zones(home: zone, names: try view.timezones())
        let timing = campaign.schedule.map { Timing($0, home: zone) }
        found.close(home: zone) { decision, name in
            timing?.due(after: decision, at: nil, in: zones[name]) ?? decision
        }
        run.decides = found.decides
        return Self.opening(run)
            + found.turns.sorted { $0.key < $1.key }.flatMap { turn, customers in
                customers.chunks.map { .runRecipients(run.id, $0, due: turn.instant) }
            }
    }

    /// Held from its first moment on: no daemon is faster than whoever sends it, perhaps with a limit.
    private static func opening(_ run: Run) -> [Event] {
        [.runPlanned(run), .runHeld(run.id, reason: "'boon send' has planned it and not yet begun")]
    }

    /// The run to go on with; nil when a new one is to be planned.
    private func current(_ campaign: Campaign, again: Bool, in view: IndexView) throws -> RunSummary? {
        guard let latest = try view.latestRun(of: campaign.id) else { return nil }
        if latest.ended == nil { return latest }
        if again { return nil }
        throw PlanningError.alreadySent(campaign: campaign.id, at: latest.planned, zone: zone)
    }
}
