import Campaigns
import Composing
import Delivering
import MIME
import Model
import Planning
import Recording

/// What a run is sent with: its campaign's composer, its signature, its own limits.
struct Mailing: Sendable {
    let campaign: Campaign
    private let workspace: Workspace
    private let store: Store
    private let composer: Composer
    private let signer: DKIMSigner?

    /// Reads the templates and the key.
    /// - Throws: `Failure`, `ComposingError`.
    init(of campaign: Campaign, in workspace: Workspace, store: Store) throws {
        (self.campaign, self.workspace, self.store) = (campaign, workspace, store)
        composer = try workspace.composer(campaign, over: store)
        signer = try workspace.dkimSigner()
    }

    /// What a run is sent with, by the files it was planned with.
    /// - Throws: `Failure`, `ComposingError`, `LostDefinitions`.
    init(of run: Run, in workspace: Workspace, store: Store) throws {
        let planned = try workspace.planned(with: run.definitions, in: store.archive)
        guard let campaign = planned.definitions.campaigns[run.campaign] else {
            throw Failure.input(
                "its campaign '\(run.campaign)' is not defined any more; define it again, or cancel the run")
        }
        try self.init(of: campaign, in: planned, store: store)
    }

    /// Decides the A/B test of a run of the campaign.
    func decider(of run: RunID) -> SplitDecider {
        SplitDecider(of: run, campaign, in: store, home: workspace.zone)
    }

    /// Sends one run of the campaign by some relays.
    /// - Parameters:
    ///   - decided: told what the run's A/B test has shown, when it is decided.
    ///   - note: told how each attempt ended.
    func sender(
        of run: RunSummary, by pool: RelayPool, quota: Quota, halt: Halt,
        decided: @escaping @Sendable (RunDecision) -> Void,
        note: @escaping @Sendable (MailOutcome.Result) -> Void
    ) -> RunSender {
        let mailer = Mailer(
            store: store, composer: composer, run: NumberedRun(run.run.id, number: run.number),
            choice: VariantChoice(campaign, in: run.run), signer: signer)
        let rates = [
            ("campaign \(campaign.id)", campaign.limits.perHour),
            ("all campaigns", workspace.settings.limits.perHour),
        ].compactMap { name, count in count.map { PaceLimit(name, $0, per: 3_600_000) } }
        return RunSender(
            run.run.id, in: store, by: pool, mailer: mailer, decider: decider(of: run.run.id),
            limits: MailLimits(
                campaign, run: run.run.id, in: workspace.definitions, zone: workspace.zone),
            resends: campaign.inDoubt == .resend,
            rates: rates,
            batches: workspace.settings.relays.map { min($0.connections, 3) }.reduce(0, +), quota: quota,
            halt: halt, decided: decided, note: note)
    }
}
