import Campaigns
import Foundation
import Model
import Planning
import Recording
import TestSupport
import Testing

/// The daemon on a simulated clock: the real planner on a real store, and for a relay a list that takes everything.
/// It looks when its planner wants to, when somebody's turn comes, and when something was recorded.
final class SimulatedDaemon {
    /// A message that the relay got.
    struct Delivery: Hashable {
        let run: RunID
        let customer: CustomerID
    }

    /// A batch that was handed over.
    private struct Batch {
        let deliveries: [Delivery]
        /// How many bytes of mail were recorded when its intent was, and when its outcomes were.
        let intended: Int
        var recorded = Int.max
    }

    private struct Process {
        let store: Store
        var planner: Planner
        /// When somebody's turn comes, in minutes.
        var turns: Set<Int64> = []
    }

    private let definitions: Definitions
    private let home: TimeZone
    private let disk = SimulatedDisk()
    private var process: Process?
    private var batches: [Batch] = []
    private var random: SeededGenerator
    /// How many recipients are claimed together.
    private static let batch = 16

    init(_ definitions: Definitions, home: TimeZone, seed: UInt64) {
        (self.definitions, self.home, random) = (definitions, home, SeededGenerator(seed: seed))
    }

    /// What the relay got.
    var deliveries: [Delivery] { batches.flatMap(\.deliveries) }

    // MARK: - A life

    /// Lives a life while a shop tells what happens. Others have the thread between two looks at the clock.
    /// - Parameter dying: where it is also killed in the middle of its work, and started again at once.
    func live(_ life: YearLife, _ script: YearScript, dying: Set<PlainDaemon.Sending>) async throws {
        var told = script.imports[...]
        for (index, stretch) in life.stretches.enumerated() {
            var time = stretch.time.lowerBound
            if stretch.isStart { process = nil }
            while time < stretch.time.upperBound {
                await Task.yield()
                let now = time + stretch.ahead
                disk.setClock(now)
                let isStart = process == nil
                if isStart { try open() }
                while let next = told.first, next.minute <= time {
                    for events in next.commits { try process?.store.record(events) }
                    told.removeFirst()
                }
                if isStart { try takeUp(at: now) }
                if dying.contains(.init(stretch: index, time: time)) { try die(at: now) }
                let next = try look(at: now).map { $0 - stretch.ahead } ?? .max
                try #require(next > time, "it wants to look again at once")
                time = min(next, told.first?.minute ?? .max)
            }
        }
    }

    private func open() throws {
        let store = try disk.open()
        process = Process(
            store: store, planner: Planner(store: store, definitions: definitions, home: home))
    }

    /// What a daemon does when it starts.
    private func takeUp(at now: Int64) throws {
        guard let process else { return }
        try process.planner.dropInterrupted(now: Timestamp(minute: now))
        for run in try process.store.read({ try $0.openRuns() }) { try waitForTurns(of: run.id, after: now) }
    }

    /// Works as it would, dies at any byte of what it wrote meanwhile, and comes back at once.
    private func die(at now: Int64) throws {
        let (size, count) = (disk.size, batches.count)
        try disk.keepIndex()
        _ = try look(at: now)
        process = nil
        let cut = Int.random(in: size...disk.size, using: &random)
        try disk.cut(to: cut, losingIndex: Int.random(in: 0..<50, using: &random) == 0)
        let worked = batches[count...].filter { batch in
            // What was not named was not handed over; what was named and has no outcome may have been.
            batch.intended <= cut && (batch.recorded <= cut || Bool.random(using: &random))
        }
        batches.replaceSubrange(count..., with: worked)
        try open()
        try takeUp(at: now)
    }

    // MARK: - A look at the clock

    /// - Returns: when to look again.
    private func look(at now: Int64) throws -> Int64? {
        var wake: Timestamp?
        repeat {
            guard let tick = try process?.planner.tick(now: Timestamp(minute: now)) else { return nil }
            for run in tick.planned { try waitForTurns(of: run, after: now) }
            wake = tick.wake
        } while wake.map { $0.minute <= now } ?? false
        try send(at: now)
        let turn = process?.turns.filter { $0 > now }.min()
        return [turn, wake?.minute].compactMap(\.self).min()
    }

    private func waitForTurns(of run: RunID, after now: Int64) throws {
        guard let store = process?.store else { return }
        let waiting = try store.read { try $0.recipients(of: run, in: [.planned], limit: .max) }
        process?.turns.formUnion(waiting.compactMap(\.due?.minute).filter { $0 > now })
    }

    private func send(at now: Int64) throws {
        guard let store = process?.store else { return }
        let instant = Timestamp(minute: now)
        let due = try store.read { view in
            try view.openRuns().filter { try view.hasDue($0, in: [.planned], by: instant) }
        }
        for run in due {
            while true {
                let batch = try store.read { view in
                    try view.recipients(of: run.id, in: [.planned], due: instant, limit: Self.batch)
                }
                if batch.isEmpty { break }
                try send(run, to: batch.map(\.customer), at: now, in: store)
                try finish(run, in: store)
            }
        }
    }

    /// Sends a batch as the daemon does: named first, handed over, recorded.
    private func send(_ run: OpenRun, to customers: [CustomerID], at now: Int64, in store: Store) throws {
        let taken = try claim(customers, of: run, at: now, in: store)
        if taken.isEmpty { return }
        let deliveries = taken.map { Delivery(run: run.id, customer: $0) }
        batches.append(Batch(deliveries: deliveries, intended: disk.size))
        try store.record(
            taken.map {
                .mailOutcome(
                    MailOutcome(run: run.id, customer: $0, result: .accepted, attempt: 1, reply: "250 ok"))
            })
        batches[batches.count - 1].recorded = disk.size
    }

    private func claim(_ customers: [CustomerID], of run: OpenRun, at now: Int64, in store: Store) throws
        -> [CustomerID]
    {
        let campaign = try #require(definitions.campaigns[run.campaign])
        let limits = MailLimits(campaign, run: run.id, in: definitions, zone: home)
        return try store.commit { view in
            var reasons = try limits.refusals(of: customers, at: Timestamp(minute: now), in: view)
            for (customer, known) in try view.dossiers(of: customers, withResponses: false) {
                if let suppression = known.suppression {
                    reasons[customer] = "the address is suppressed: \(suppression.detail)"
                }
                let consent = known.customer.consent
                if consent != .subscribed { reasons[customer] = "the customer is \(consent.rawValue) by now" }
            }
            var events = reasons.map { customer, reason in
                Event.mailOutcome(
                    MailOutcome(run: run.id, customer: customer, result: .skipped, attempt: 0, reply: reason))
            }
            let taken = customers.filter { reasons[$0] == nil }
            if !taken.isEmpty {
                events.append(.mailIntent(MailIntent(run: run.id, relay: "main", customers: taken)))
            }
            return (events, taken)
        }
    }

    private func finish(_ run: OpenRun, in store: Store) throws {
        try store.commit { view in
            let isOver = try view.recipients(of: run.id, in: [.planned], limit: 1).isEmpty
            return (isOver ? [.runFinished(run.id)] : [], ())
        }
    }

    // MARK: - What came of it

    /// What the store says of the year, and who is in doubt.
    /// - Parameter isRebuilt: whether the index is made anew before.
    func record(rebuilt isRebuilt: Bool) throws -> (YearRecord, doubtful: Set<Delivery>) {
        if isRebuilt {
            process = nil
            try disk.dropIndex()
            try open()
        }
        var (record, doubtful) = (YearRecord(), Set<Delivery>())
        try process?.store.read { view in
            for summary in try view.runs() {
                let run = name(of: summary.run)
                if summary.state == .skipped { record.add(run, nil, .left(try why(summary.reason))) }
                for recipient in try view.recipients(
                    of: summary.run.id, in: RecipientState.allCases, limit: .max)
                {
                    switch recipient.state {
                    case .planned: continue
                    case .accepted: break
                    case .intended:
                        doubtful.insert(Delivery(run: summary.run.id, customer: recipient.customer))
                    default:
                        record.add(run, recipient.customer.text, .left(try why(recipient.reply)))
                        continue
                    }
                    record.add(run, recipient.customer.text, .sent(recipient.first?.minute ?? 0))
                }
            }
        }
        return (record, doubtful)
    }

    /// The run's identity; of the runs of a day, that of the first.
    private func name(of run: Run) -> String {
        guard case .after = definitions.campaigns[run.campaign]?.schedule?.trigger else { return run.id.text }
        return String(run.id.text.prefix { $0 != "." })
    }

    private func why(_ reason: String?) throws -> YearRecord.Why {
        try #require(
            YearRecord.Why.allCases.first { reason?.contains($0.rawValue) ?? false },
            "'\(reason ?? "")' is no reason that the model knows")
    }
}
