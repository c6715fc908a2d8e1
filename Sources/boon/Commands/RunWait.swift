import Foundation
import Model
import Planning
import Recording

/// What an open run waits for: there is nothing to send before.
struct RunWait: Encodable {
    /// What comes then.
    enum Cause: String, Encodable {
        /// The A/B test is decided, at the earliest.
        case decision
        /// The next recipients have their turn, or are tried again.
        case turn
    }

    let cause: Cause
    let until: Timestamp

    private init(_ cause: Cause, until: Timestamp) {
        (self.cause, self.until) = (cause, until)
    }

    /// - Returns: nil for a run that has something to send now, or that stands still until a person goes on with it.
    init?(of run: RunSummary, in workspace: Workspace, _ store: Store, now: Timestamp) throws {
        guard run.state == .open, let wait = try Self.wait(of: run.run, in: workspace, store),
            wait.until > now
        else { return nil }
        self = wait
    }

    private static func wait(of run: Run, in workspace: Workspace, _ store: Store) throws -> RunWait? {
        let planned =
            run.decides == nil ? nil : try? workspace.planned(with: run.definitions, in: store.archive)
        let campaign = planned?.definitions.campaigns[run.campaign]
        let decider = campaign.map { SplitDecider(of: run.id, $0, in: store, home: workspace.zone) }
        return try store.read { view in
            guard let hold = try view.hold(of: run.id) else {
                return try view.left(in: run.id, tried: .always).map { RunWait(.turn, until: $0.first) }
            }
            // Of the test, only those who are tested are sent to before its decision.
            if let tested = try view.waiting(in: run.id, before: hold) {
                return RunWait(.turn, until: tested.first)
            }
            return RunWait(.decision, until: max(hold, try decider?.instant(in: view) ?? hold))
        }
    }

    /// `waits for the A/B test until 2026-11-23 11:00 (Europe/Tallinn) at the earliest`
    func words(in zone: TimeZone) -> String {
        switch cause {
        case .decision: "waits for the A/B test until \(until.minute(in: zone)) at the earliest"
        case .turn: "the next recipients are due at \(until.minute(in: zone))"
        }
    }
}
