import Campaigns
import Composing
import Delivering
import Foundation
import Model
import Planning
import Recording

/// Sends a campaign by hand: plans its run or takes up the unfinished one, hands it to the relays and tells how
/// it ended.
struct Sending {
    let workspace: Workspace
    let store: Store

    /// Sends a campaign until everyone has had their turn, or the relays refuse us, or Ctrl-C.
    /// - Throws: `Failure` when something is left to do.
    func run(_ campaign: String, again: Bool, limit: Int?) async throws {
        let pool = try workspace.relayPool(store, waitsForRelays: false)
        let latest = try store.read { try $0.latestRun(of: campaign) }
        let planned =
            if let latest, latest.ended == nil { latest } else { try plan(campaign, again: again) }
        if planned.state == .paused { throw Failure.paused(planned) }
        guard let lease = try SendingLease(run: planned.number, in: store) else {
            throw Failure.input("\(planned.run.id) is being sent by another process; wait for it to end")
        }
        try take(planned.run.id, limit: limit)
        let mailing = try mailing(of: planned.run)
        let quota = Quota(limit)
        let open = planned.left(resends: false) - (try waiting(in: planned.run.id))
        let progress = Progress("Sending", each: "message", total: min(open, limit ?? .max))
        let halt = Halt(of: pool)
        let sender = mailing.sender(of: planned, by: pool, quota: quota, halt: halt) { _ in
        } note: { result in
            if result != .withdrawn { progress.advance(by: 1) }
        }
        let interrupt = Task { if await Interrupt.wait() { await halt.interrupt() } }
        let watch = Task { try await halt.watch(planned.run.id, in: store) }
        let result = await Result { () async throws in try await sender.send() }
        interrupt.cancel()
        watch.cancel()
        await pool.stop()
        progress.finish()
        do {
            try Conclusion(
                of: planned.run.id, campaign: mailing.campaign, in: store, zone: workspace.zone,
                decider: mailing.decider(of: planned.run.id)
            ).tell(result, stopped: halt.reason, isUsedUp: quota.isUsedUp)
        } catch let error as RelayPoolError {
            throw Failure.outside(error.sentence(in: workspace.zone))
        }
        withExtendedLifetime(lease) {}
    }

    /// Takes a run into the hands of this process. One with a limit stays held: however we end, no daemon goes on
    /// with it.
    private func take(_ run: RunID, limit: Int?) throws {
        try store.commit { view in
            switch (try view.standing(of: run)?.state, limit) {
            case (.held, nil): ([.runResumed(run)], ())
            case (.open, let limit?): ([.runHeld(run, reason: "'boon send --limit \(limit)' sends it")], ())
            default: ([], ())
            }
        }
    }

    private func plan(_ id: String, again: Bool) throws -> RunSummary {
        let (planner, campaign) = try planner(of: id)
        return try planner.run(of: campaign, again: again, now: .now)
    }

    /// What plans a run of a campaign.
    /// - Throws: `Failure`, `ComposingError`: what cannot be composed is not planned, since a run stays with its files.
    func planner(of id: String) throws -> (RunPlanner, Campaign) {
        try workspace.requireSoundDefinitions()
        let campaign = try workspace.campaign(id)
        _ = try Mailing(of: campaign, in: workspace, store: store)
        let planner = RunPlanner(
            store: store, definitions: workspace.definitions, zone: workspace.zone,
            files: try workspace.definitionFiles(of: [campaign]))
        return (planner, campaign)
    }

    private func mailing(of run: Run) throws -> Mailing {
        do {
            return try Mailing(of: run, in: workspace, store: store)
        } catch let error as LostDefinitions {
            try store.pause(run.id, reason: error.description)
            throw error
        }
    }

    /// How many wait for their turn, or for an A/B test that is not decided before some time has passed.
    private func waiting(in run: RunID) throws -> Int {
        try store.read { try $0.waiting(in: run, from: .now)?.count ?? 0 }
    }
}

extension Result where Success == Void, Failure == any Error {
    /// What asynchronous work came to.
    init(_ work: () async throws -> Void) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
