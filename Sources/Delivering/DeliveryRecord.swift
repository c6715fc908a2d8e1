import Model

extension Outcome {
    /// The record of this outcome, with the time of the next attempt by the retry schedule.
    ///
    /// A message that was withdrawn, met a relay that pauses the run, or met none, is due again at once: it waits
    /// for a person or a relay, not for time to pass, and the attempt does not count.
    /// - Parameters:
    ///   - attempt: Which attempt this was, from 1; the record has one less where it does not count.
    ///   - first: When the first attempt was made.
    ///   - now: When this attempt ended.
    package func record(
        run: RunID, customer: CustomerID, relay: String, attempt: Int, first: Timestamp, now: Timestamp
    ) -> MailOutcome {
        var record = MailOutcome(
            run: run, customer: customer, result: .deferred, attempt: attempt, reply: reply, relay: relay)
        switch verdict {
        case .accepted: record.result = .accepted
        case .refused: record.result = .refused
        case .inDoubt: record.result = .inDoubt
        case .pause, .withdrawn:
            (record.result, record.retry, record.attempt) = (.withdrawn, now, max(attempt - 1, 0))
        case .unreachable:
            record.attempt = max(attempt - 1, 0)
            record.retry = DeliveryPolicy.retry(afterUnreachableSince: first, now: now)
        case .deferred: record.retry = DeliveryPolicy.retry(afterAttempt: attempt, first: first, now: now)
        }
        if record.result == .deferred && record.retry == nil { record.result = .failed }
        return record
    }
}
