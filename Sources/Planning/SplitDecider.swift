import Campaigns
import Foundation
import Model
import Recording
import Value

/// Decides the A/B test of a run, once: when everyone who is tested was tried, and had the time that the campaign gives
/// them from the last acceptance on.
///
/// Messages that are deferred or in doubt are not waited for: a relay could keep everyone else waiting for days.
package struct SplitDecider: Sendable {
    private let run: RunID
    private let campaign: Campaign
    private let store: Store
    private let home: TimeZone

    /// - Parameters:
    ///   - campaign: whose run it is, as the run is sent.
    ///   - home: the workspace's zone, which says how long a day is.
    package init(of run: RunID, _ campaign: Campaign, in store: Store, home: TimeZone) {
        (self.run, self.campaign, self.store, self.home) = (run, campaign, store, home)
    }

    /// Decides if it is time. Only for the holder of the run's lease, while nothing is under way.
    /// - Returns: what was decided just now; nil when it is not time yet, or was decided before.
    /// - Throws: `StoreError`.
    package func decide(now: Timestamp) throws -> RunDecision? {
        guard try store.read({ try isTime(in: $0, now) }) else { return nil }
        return try store.commit { view in
            guard let standing = try view.standing(of: run), standing.state.isSending,
                try isTime(in: view, now)
            else {
                return ([], nil)
            }
            let decision = try decision(in: view, at: now)
            return ([.runDecided(decision)], decision)
        }
    }

    /// When the test can be decided.
    /// - Returns: nil when it is decided, there is none, or somebody who is tested was not tried yet.
    package func instant(in view: IndexView) throws -> Timestamp? {
        guard let decides = try view.hold(of: run), try view.waiting(in: run, before: decides) == nil else {
            return nil
        }
        return try end(in: view, decides)
    }

    /// From when on those who are not tested could be sent to, as far as is known: when the test was decided, or can be
    /// at the earliest.
    /// - Returns: nil without a test.
    func release(in view: IndexView) throws -> Timestamp? {
        if let decided = try view.decision(of: run) { return decided.at }
        return try view.decides(run).map { try end(in: view, $0) }
    }

    /// What the test shows by an instant.
    package func decision(in view: IndexView, at now: Timestamp) throws -> RunDecision {
        // A test that was taken out of the campaign's file since holds nobody for ever.
        guard let test = campaign.test else {
            return RunDecision(run: run, variant: nil, shares: [], verdict: .open)
        }
        let shares = try shares(of: test, in: view, at: now)
        let verdict = SplitVerdict(of: test, shares.compactMap { Significance.Share($0.did, of: $0.sent) })
        return RunDecision(
            run: run, variant: verdict.winner.map { $0 + 1 }, shares: shares,
            verdict: verdict.isSignificant ? .clear : verdict.winner == nil ? .open : .most)
    }

    private func isTime(in view: IndexView, _ now: Timestamp) throws -> Bool {
        try instant(in: view).map { $0 <= now } ?? false
    }

    private func end(in view: IndexView, _ decides: Timestamp) throws -> Timestamp {
        guard let test = campaign.test, let last = try view.lastFirstAcceptance(in: run) else {
            return decides
        }
        return max(decides, last.adding(test.winner.after, in: home))
    }

    private func shares(of test: SplitTest, in view: IndexView, at now: Timestamp) throws
        -> [RunDecision.Share]
    {
        let split = Split(test, of: run)
        var shares = test.variants.map { _ in RunDecision.Share(sent: 0, did: 0) }
        let surveys = campaign.modules.compactMap(\.survey)
        for (customer, did) in try view.responses(
            to: run, by: test.winner.measure, surveys: surveys, until: now)
        {
            guard let index = split.group(of: customer).variant else { continue }
            shares[index].sent += 1
            if did { shares[index].did += 1 }
        }
        return shares
    }
}

extension Module {
    /// The survey that it invites to.
    fileprivate var survey: String? {
        if case .feedback(let feedback) = content { feedback.survey } else { nil }
    }
}
