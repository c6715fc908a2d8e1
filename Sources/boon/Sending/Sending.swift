import Campaigns
import Composing
import Delivering
import Foundation
import Model
import Planning
import Recording

/// Sends a campaign by hand: plans its run or takes up the unfinished one, hands it to the relay and tells how
/// it ended.
struct Sending {
    private let workspace: Workspace
    private let campaign: Campaign
    private let store: Store
    private let lease: SendingLease

    /// - Throws: `Failure` while another process sends the campaign.
    init(workspace: Workspace, campaign: Campaign, store: Store) throws {
        (self.workspace, self.campaign, self.store) = (workspace, campaign, store)
        guard let lease = try SendingLease(campaign: campaign.id, in: store) else {
            throw Failure.input("'\(campaign.id)' is being sent by another process; wait for it to end")
        }
        self.lease = lease
    }

    /// Sends until everyone has had their turn, or the relay refuses us, or Ctrl-C.
    /// - Throws: `Failure` when something is left to do.
    func run(again: Bool, limit: Int?) async throws {
        let composer = try workspace.composer(campaign)
        let relay = try workspace.relay()
        let signer = try workspace.dkimSigner()
        for sentence in unheeded { Console.warning(sentence) }
        let now = Timestamp.now
        let planner = RunPlanner(store: store, definitions: workspace.definitions, zone: workspace.zone)
        let planned = try planner.run(of: campaign, again: again, now: now)
        let source = BatchSource(
            store: store, run: planned.run.id, resends: campaign.inDoubt == .resend, size: relay.batch,
            limit: limit,
            now: now)
        let interrupt = Task { [campaign] in
            guard await Interrupt.wait() else { return }
            source.stop("Sending was interrupted; 'boon send \(campaign.id)' goes on with it.")
        }
        defer { interrupt.cancel() }
        let open = planned.counts.filter { $0.key == .planned || $0.key == .deferred }.values.reduce(0, +)
        let progress = Progress("Sending", unit: "messages", total: min(open, limit ?? .max))
        let sender = RunSender(
            store: store, run: planned.run.id, relay: relay, connections: RelayConnections(to: relay),
            source: source,
            mailer: Mailer(
                store: store, composer: composer, run: planned.run.id, now: now,
                limits: MailLimits(campaign, in: workspace, at: now), signer: signer),
            progress: progress)
        let stopped = try await sender.send()
        progress.finish()
        try conclude(planned.run.id, stopped: stopped)
        withExtendedLifetime(lease) {}
    }

    /// What the files say and sending by hand does not do yet, so that nobody relies on it.
    private var unheeded: [String] {
        var said: [String] = []
        let relays = workspace.settings.relays
        if relays.count > 1 { said.append("only the relay '\(relays[0].name)' is used; others are not yet") }
        if relays.contains(where: { $0.rate != nil || !$0.domains.isEmpty || $0.warmUp != nil }) {
            said.append("rates and warm-up of relays are not held yet; 'boon send --limit' sends in portions")
        }
        if campaign.limits.perHour != nil { said.append("limits.per_hour is not held yet") }
        if campaign.test != nil {
            said.append("the A/B test is not run yet; everyone gets the campaign's own subject")
        }
        return said
    }

    /// Closes the run when nobody is left, and says what came of it.
    private func conclude(_ run: RunID, stopped: String?) throws {
        guard let summary = try store.read({ try $0.run(run) }) else { return }
        let open = (summary.counts[.planned] ?? 0) + (summary.counts[.deferred] ?? 0)
        if open == 0 && summary.ended == nil { try store.record([.runFinished(run)]) }
        let states = RecipientState.allCases.filter { $0 != .planned && summary.counts[$0] != nil }
        let parts = states.map { "\(grouped(summary.counts[$0] ?? 0)) \($0.words)" }
        Console.print(
            "\(run): \(parts.isEmpty ? "nothing sent" : parts.joined(separator: ", "))"
                + (open > 0 ? ", \(grouped(open)) still to send" : ""))
        let doubtful = (summary.counts[.intended] ?? 0) + (summary.counts[.inDoubt] ?? 0)
        if doubtful > 0 {
            Console.warning(
                "\(counted(doubtful, "message")) in doubt: a crash or a broken connection left unknown whether the "
                    + "relay has them; 'boon runs show \(run)' names them")
        }
        if let stopped, open > 0 { throw Failure.outside(stopped) }
        if let deferred = summary.counts[.deferred], deferred > 0 {
            throw Failure.outside(
                "\(counted(deferred, "message")) deferred by the relay; 'boon send \(campaign.id)' tries them again "
                    + "when their time has come ('boon runs show \(run)' tells when)")
        }
    }
}

extension RecipientState {
    fileprivate var words: String {
        switch self {
        case .planned: "to send"
        case .intended, .inDoubt: "in doubt"
        case .accepted, .deferred, .refused, .failed, .skipped: rawValue
        }
    }
}
