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

    /// How many recipients stand in one record.
    private static let chunk = 1000

    /// A planner over a workspace's definitions and stores.
    /// - Parameter files: what the definitions were read from, kept for the runs; nil where runs name none.
    package init(store: Store, definitions: Definitions, zone: TimeZone, files: DefinitionFiles? = nil) {
        (self.store, self.definitions, self.zone, self.files) = (store, definitions, zone, files)
    }

    /// The unfinished run of a campaign, or a new one whose recipients are fixed now, in one commit.
    /// - Parameters:
    ///   - again: whether a campaign that was sent before goes out once more.
    ///   - now: the instant that the new run stands for.
    /// - Throws: `PlanningError`, `StoreError`.
    package func run(of campaign: Campaign, again: Bool, now: Timestamp) throws -> RunSummary {
        let audience = try Audience(of: campaign, in: definitions, zone: zone)
        if let known = try store.read({ try current(campaign, again: again, in: $0) }) { return known }
        let members = try store.read { try audience.members(in: $0, at: now) }
        if members.isEmpty { throw PlanningError.nobody(campaign: campaign.id) }
        let run = Run(
            campaign: campaign.id, occurrence: now, recipients: members.count, definitions: files?.id)
        try store.commit(keeping: files) { view in
            if try current(campaign, again: again, in: view) != nil { return ([], ()) }
            let chunks = stride(from: 0, to: members.count, by: Self.chunk).map { start in
                Event.runRecipients(run.id, Array(members[start..<min(start + Self.chunk, members.count)]))
            }
            return ([.runPlanned(run)] + chunks, ())
        }
        guard let planned = try store.read({ try current(campaign, again: again, in: $0) }) else {
            throw StoreError.index(reason: "the run '\(run.id)' is not there after planning")
        }
        return planned
    }

    /// The run to go on with; nil when a new one is to be planned.
    private func current(_ campaign: Campaign, again: Bool, in view: IndexView) throws -> RunSummary? {
        guard let latest = try view.latestRun(of: campaign.id) else { return nil }
        if latest.ended == nil { return latest }
        if again { return nil }
        throw PlanningError.alreadySent(campaign: campaign.id, at: latest.planned)
    }
}
