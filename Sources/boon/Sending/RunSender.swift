import Delivering
import MIME
import Model
import Planning
import Recording

/// Sends a planned run: batches are composed, named in an intent, handed over and their outcomes recorded.
///
/// A batch is durable in the store before its first byte goes out, and its outcomes share one sync. How many batches
/// are under way at a relay is the pool's matter, so memory does not grow with the run.
struct RunSender: Sendable {
    private let store: Store
    private let run: RunID
    private let pool: RelayPool
    private let mailer: Mailer
    private let decider: SplitDecider
    private let resends: Bool
    private let limits: MailLimits
    private let rates: [PaceLimit]
    private let batches: Int
    private let quota: Quota
    private let halt: Halt
    private let decided: @Sendable (RunDecision) -> Void
    private let note: @Sendable (MailOutcome.Result) -> Void
    private let streak = Streak()

    /// - Parameters:
    ///   - mailer: writes the messages of the run.
    ///   - decider: decides the run's A/B test.
    ///   - limits: how many mails a customer gets.
    ///   - resends: whether what is in doubt is sent again.
    ///   - rates: the campaign's own.
    ///   - batches: how many a lane has begun and not recorded at most, which is what a crash leaves in doubt.
    ///   - quota: how many are sent to at most.
    ///   - decided: told what the A/B test has shown, when it is decided.
    ///   - note: told how each attempt ended.
    init(
        _ run: RunID, in store: Store, by pool: RelayPool, mailer: Mailer, decider: SplitDecider,
        limits: MailLimits, resends: Bool, rates: [PaceLimit], batches: Int, quota: Quota, halt: Halt,
        decided: @escaping @Sendable (RunDecision) -> Void,
        note: @escaping @Sendable (MailOutcome.Result) -> Void
    ) {
        (self.run, self.store, self.pool, self.mailer) = (run, store, pool, mailer)
        (self.decider, self.decided) = (decider, decided)
        (self.limits, self.resends, self.rates, self.quota) = (limits, resends, rates, quota)
        (self.batches, self.halt, self.note) = (batches, halt, note)
    }

    /// Sends until nobody is due or something stops it (see `halt`), and decides the A/B test when it is time. Only the
    /// holder of the run's lease does so.
    /// - Throws: `StoreError`, `RelayPoolError`; what was handed over before is recorded or in doubt.
    func send() async throws {
        var wanted = Lane.Wanted.allCases
        if !resends { wanted.removeFirst() }
        repeat {
            while try await pass(wanted) { wanted = [.planned, .due] }
            wanted = [.planned, .due]
        } while try await decide()
    }

    /// Decides the A/B test if it is time, while nothing is under way.
    /// - Returns: whether it was decided now, so that the turn of all others may have come.
    private func decide() async throws -> Bool {
        if quota.isUsedUp || halt.claims.isRaised { return false }
        guard let decision = try await Blocking.run({ try decider.decide(now: .now) }) else { return false }
        decided(decision)
        return true
    }

    /// Goes through all recipients once, lane by lane.
    /// - Returns: whether another pass may find somebody who is due.
    private func pass(_ wanted: [Lane.Wanted]) async throws -> Bool {
        let limited = pool.limitedDomains.sorted()
        let domains = limited.map(Domains.only) + [limited.isEmpty ? .all : .except(limited)]
        let now = Timestamp.now
        let handed = try await withThrowingTaskGroup(of: Int.self) { group in
            for domains in domains {
                let lane = Lane(
                    domains, of: run, in: store, wanted: wanted, resends: resends, quota: quota, now: now)
                group.addTask { try await send(lane) }
            }
            do {
                return try await group.reduce(0, +)
            } catch {
                // The other lanes end too: what waits is given back, what the relay may have is waited for.
                halt.stop(.failed)
                throw error
            }
        }
        return handed > 0 && !quota.isUsedUp && !halt.claims.isRaised
    }

    /// - Returns: how many messages were handed over.
    private func send(_ lane: Lane) async throws -> Int {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var (handed, begun) = (0, 0)
            while try await Blocking.run({ try !lane.isEmpty() }) {
                if begun == batches {
                    try await group.next()
                    begun -= 1
                }
                guard
                    let turn = try await pool.turn(
                        upTo: .max, domain: lane.domain, extra: rates, stop: halt.claims)
                else { break }
                group.addTask {
                    do {
                        try await take(turn, of: lane)
                    } catch {
                        // What cannot be recorded must not be sent either, and the loop would claim on.
                        halt.stop(.failed)
                        throw error
                    }
                }
                handed += turn.count
                begun += 1
            }
            try await group.waitForAll()
            return handed
        }
    }

    /// Sends one batch by one relay.
    private func take(_ turn: RelayTurn, of lane: Lane) async throws {
        let batch: Batch
        do {
            batch = try await Blocking.run { try claim(lane.take(upTo: turn.count), for: turn.relay.name) }
        } catch {
            pool.end(turn, unused: turn.count)
            throw error
        }
        pool.end(turn, unused: turn.count - batch.parcels.count)
        for _ in batch.skipped { note(.skipped) }
        if batch.parcels.isEmpty { return }
        let events = await deliver(batch.parcels, on: turn)
        try await Blocking.run { try store.record(events) }
    }

    /// Composes a batch and names it in the store. The limits are asked in the same commit: of two campaigns that
    /// go out together, the second sees what the first has claimed.
    private func claim(_ recipients: [RecipientSummary], for relay: String) throws -> Batch {
        if recipients.isEmpty { return Batch() }
        let now = Timestamp.now
        let composed = try mailer.compose(recipients, at: now)
        return try store.commit { [run, limits] view in
            let customers = composed.parcels.map(\.customer)
            let batch = composed.without(try limits.refusals(of: customers, at: now, in: view), of: run)
            var events = batch.skipped.map(Event.mailOutcome)
            if !batch.parcels.isEmpty {
                let customers = batch.parcels.map(\.customer)
                events.append(.mailIntent(MailIntent(run: run, relay: relay, customers: customers)))
            }
            return (events, batch)
        }
    }

    /// Hands a batch over.
    /// - Returns: what to record of it.
    private func deliver(_ parcels: [Parcel], on turn: RelayTurn) async -> [Event] {
        let outcomes = await pool.deliver(
            parcels.map(\.message), on: turn, stop: halt.deliveries, heard: heed)
        return zip(parcels, outcomes).flatMap { events($1, of: $0, relay: turn.relay.name) }
    }

    private func events(_ outcome: Outcome, of parcel: Parcel, relay: String) -> [Event] {
        let now = Timestamp.now
        let first = parcel.first ?? now
        var record = outcome.record(
            run: run, customer: parcel.customer, relay: relay, attempt: parcel.attempt, first: first, now: now
        )
        if resends && record.result == .inDoubt {
            record.retry = DeliveryPolicy.retry(afterAttempt: parcel.attempt, first: first, now: now)
            if record.retry == nil { record.result = .failed }
        }
        note(record.result)
        guard case .refused(suppress: true) = outcome.verdict else { return [.mailOutcome(record)] }
        let suppression = Suppression(
            customer: parcel.customer, reason: .unknownAddress, detail: outcome.reply, actor: "boon")
        return [.mailOutcome(record), .addressSuppressed(suppression)]
    }

    /// Pauses the run when the relay refuses us, or when nothing gets through.
    private func heed(_ outcome: Outcome) {
        if case .pause(let reason) = outcome.verdict { return halt.stop(.pause(reason)) }
        let failures = streak.add(outcome.verdict)
        if failures == DeliveryPolicy.failuresInARow {
            halt.stop(
                .pause(
                    "\(grouped(failures)) messages in a row failed, the last with \"\(outcome.reply)\"; "
                        + "mend what is wrong, then resume the run."))
        }
    }
}
