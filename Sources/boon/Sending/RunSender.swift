import Delivering
import MIME
import Model
import Recording
import Synchronization

/// Sends a planned run: batches are composed, named in an intent, handed over and their outcomes recorded.
///
/// A batch is durable in the store before its first byte goes out, and its outcomes share one sync. Two batches
/// beyond the one being delivered are under way, so that connections never wait for the disk.
struct RunSender: Sendable {
    let store: Store
    let run: RunID
    let relay: Delivering.Relay
    let connections: RelayConnections
    let source: BatchSource
    let mailer: Mailer
    let progress: Progress
    private let streak = Streak()

    private static let batchesUnderWay = 3
    /// So many deferred messages in a row say that nothing gets through; going on would only spend attempts.
    private static let hopeless = 1000

    /// Sends until nothing is left or something stops it.
    /// - Returns: why it stopped early; nil when every recipient had their turn.
    /// - Throws: `StoreError`; what was handed over before is recorded or in doubt.
    func send() async throws -> String? {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.batchesUnderWay {
                    group.addTask {
                        do {
                            while let batch = try await Blocking.run(prepare) { try await handOver(batch) }
                        } catch {
                            source.stop("\(error)")
                            throw error
                        }
                    }
                }
                try await group.waitForAll()
            }
        } catch {
            await connections.stop()
            throw error
        }
        if let reason = source.stopped {
            await connections.stop()
            return reason
        }
        await connections.finish()
        return nil
    }

    /// The next batch, composed and named in the store; nil when there is none.
    @Sendable
    private func prepare() throws -> Batch? {
        guard let recipients = try source.next() else { return nil }
        let batch = try mailer.compose(recipients)
        var events = batch.skipped.map(Event.mailOutcome)
        if !batch.parcels.isEmpty {
            let customers = batch.parcels.map(\.customer)
            events.append(.mailIntent(MailIntent(run: run, relay: relay.name, customers: customers)))
        }
        try store.record(events)
        progress.advance(by: batch.skipped.count)
        return batch
    }

    private func handOver(_ batch: Batch) async throws {
        let outcomes = await deliver(batch.parcels)
        try await Blocking.run { [store] in try store.record(outcomes.map(Event.mailOutcome)) }
    }

    private func deliver(_ parcels: [Parcel]) async -> [MailOutcome] {
        await withTaskGroup(of: MailOutcome.self) { group in
            for parcel in parcels {
                group.addTask {
                    let outcome = await connections.deliver(parcel.envelope, parcel.message)
                    heed(outcome)
                    progress.advance(by: 1)
                    let now = Timestamp.now
                    return outcome.record(
                        run: run, customer: parcel.customer, relay: relay.name, attempt: parcel.attempt,
                        first: parcel.first ?? now, now: now)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Stops the run when the relay refuses us, or when nothing gets through.
    private func heed(_ outcome: Outcome) {
        switch outcome.verdict {
        case .pause(let reason): source.stop(reason)
        case .accepted, .refused: streak.end()
        case .deferred:
            let count = streak.grow()
            if count >= Self.hopeless {
                source.stop(
                    "\(grouped(count)) messages in a row were deferred, the last with \"\(outcome.reply)\"; "
                        + "mend what is wrong, then send again")
            }
        case .inDoubt, .withdrawn: break
        }
    }
}

/// Counts what happens again and again without anything else in between.
private final class Streak: Sendable {
    private let count = Mutex(0)

    /// Once more.
    /// - Returns: how often by now.
    func grow() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    func end() {
        count.withLock { $0 = 0 }
    }
}
