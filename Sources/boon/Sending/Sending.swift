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
    private let workspace: Workspace
    private let campaign: Campaign
    private let store: Store

    /// A campaign of a workspace.
    init(workspace: Workspace, campaign: Campaign, store: Store) {
        (self.workspace, self.campaign, self.store) = (workspace, campaign, store)
    }

    /// Sends until everyone has had their turn, or the relays refuse us, or Ctrl-C.
    /// - Throws: `Failure` when something is left to do.
    func run(again: Bool, limit: Int?) async throws {
        if campaign.test != nil {
            Console.warning("the A/B test is not run yet; everyone gets the campaign's own subject")
        }
        let mailing = try Mailing(of: campaign, in: workspace, store: store)
        let pool = try workspace.relayPool(store, waitsForRelays: false)
        let planner = RunPlanner(store: store, definitions: workspace.definitions, zone: workspace.zone)
        let planned = try planner.run(of: campaign, again: again, now: .now)
        if planned.state == .paused {
            throw Failure.input(
                "\(planned.run.id) is paused: \((planned.reason ?? "").withoutLoneFullStop); "
                    + "'boon runs resume \(planned.run.id)' lets it go on")
        }
        guard let lease = try SendingLease(run: planned.number, in: store) else {
            throw Failure.input("\(planned.run.id) is being sent by another process; wait for it to end")
        }
        let open = planned.counts.filter { $0.key == .planned || $0.key == .deferred }.values.reduce(0, +)
        let progress = Progress("Sending", unit: "messages", total: min(open, limit ?? .max))
        let halt = Halt(of: pool)
        let sender = mailing.sender(of: planned, by: pool, quota: Quota(limit), halt: halt) { _ in
            progress.advance(by: 1)
        }
        let interrupt = Task { if await Interrupt.wait() { await halt.interrupt() } }
        let watch = Task { try await halt.watch(planned.run.id, in: store) }
        let result = await Result { () async throws in try await sender.send() }
        interrupt.cancel()
        watch.cancel()
        await pool.stop()
        progress.finish()
        try Conclusion(of: planned.run.id, campaign: campaign, in: store).tell(result, stopped: halt.reason)
        withExtendedLifetime(lease) {}
    }
}

extension Result where Success == Void, Failure == any Error {
    /// What asynchronous work came to.
    init(_ work: () async throws -> Void) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
