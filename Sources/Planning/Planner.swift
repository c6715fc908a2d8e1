import Campaigns
import Foundation
import Model
import Recording

/// Plans what scheduled campaigns are due for, again and again: the stores are asked, decided on and written.
///
/// What a planner remembers only saves it from looking twice; a new one comes to the same decisions.
package struct Planner {
    let store: Store
    let definitions: Definitions
    let home: TimeZone
    private let files: DefinitionFiles?
    private let plan: Plan
    private var asleep: [String: Timestamp] = [:]
    private var position: [String: Int64] = [:]
    private var last: Timestamp?
    /// When it last looked back as far as schedules hold.
    private var thorough: Timestamp?

    /// How long it does not look so far back again: a day.
    private static let rest: Int64 = 86_400_000

    /// A planner over a workspace's definitions and stores.
    /// - Parameter files: what the definitions were read from, kept for the runs; nil where runs name none.
    package init(store: Store, definitions: Definitions, home: TimeZone, files: DefinitionFiles? = nil) {
        (self.store, self.definitions, self.home, self.files) = (store, definitions, home, files)
        plan = Plan(definitions, home: home)
    }

    /// What a look at the clock came to.
    package struct Tick: Sendable {
        /// Runs that were planned, or got more recipients.
        package var planned: [RunID] = []
        /// Occurrences that nobody gets, and why.
        package var skipped: [(run: RunID, reason: String)] = []
        /// Campaigns seen for the first time whose only time was over before: nobody gets them.
        package var missed: [MissedCampaign] = []
        /// When to look again, unless files or stores change before.
        package var wake: Timestamp?
    }

    /// Plans everything that is due at an instant. Each run is a commit of its own: a crash in between leaves the rest
    /// to the next look.
    /// - Throws: `StoreError`.
    package mutating func tick(now: Timestamp) throws -> Tick {
        let isThorough =
            thorough.map { !(0..<Self.rest).contains(now.milliseconds - $0.milliseconds) } ?? true
        let (step, reached) = try store.read { view in
            let reached = try view.planningPosition()
            let isSame = reached == position && last.map { $0 <= now } ?? false
            let step = try plan.step(
                view, now: now, asleep: isSame && !isThorough ? asleep : [:], isThorough: isThorough)
            return (step, reached)
        }
        var tick = Tick()
        if !step.scheduled.isEmpty { try store.record(step.scheduled.map(Event.campaignScheduled)) }
        for due in step.occurrences { try add(due, at: now, to: &tick) }
        for due in step.happenings { try add(due, at: now, to: &tick) }
        tick.missed = step.missed
        (asleep, position, last) = (step.wakes, reached, now)
        // Where there was more than fits into a step, the next one goes on as far back.
        if isThorough && !step.wakes.values.contains(where: { $0 <= now }) { thorough = now }
        tick.wake = step.wake
        return tick
    }

    private func add(_ due: DueOccurrence, at now: Timestamp, to tick: inout Tick) throws {
        let planning = OccurrencePlanning(due, definitions, home: home, files: files?.id)
        let verdict = try planning.verdict(in: store, at: now)
        let isNew = try store.commitInParts(keeping: files) { view, record in
            if try view.hasRun(due.run) { return false }
            try verdict.record(record)
            return true
        }
        guard isNew else { return }
        if let reason = verdict.reason {
            tick.skipped.append((due.run, reason))
        } else {
            tick.planned.append(due.run)
        }
    }

    private func add(_ due: DueHappenings, at now: Timestamp, to tick: inout Tick) throws {
        let planning = HappeningPlanning(due, definitions, home: home, files: files?.id)
        let verdicts = try store.read { try planning.verdicts(in: $0, at: now) }
        let runs = try store.commitInParts(keeping: files) { view, record in
            let events = try planning.events(verdicts, in: view)
            for event in events { try record(event) }
            return planning.runs(in: events)
        }
        tick.planned += runs
    }
}
