import Synchronization

/// Messages that were given together. Each has an outcome of its own, told at once; whoever gave them waits for all, so
/// that a message costs no task and wakes nobody.
final class Delivery: Sendable {
    /// Told of an outcome, on the thread that knows it, which goes on when it has returned.
    typealias Listener = @Sendable (Outcome) -> Void

    private struct State {
        var outcomes: [Outcome]
        var open: Int
        var waiting: CheckedContinuation<[Outcome], Never>?
    }

    let messages: [EnvelopedMessage]
    let stop: StopSignal
    /// Told of the outcome of an attempt, and not of a message that was not tried.
    let learn: Listener
    private let heard: Listener
    private let state: Mutex<State>

    /// - Parameters:
    ///   - messages: At least one.
    ///   - heard: Told of every outcome.
    ///   - waiting: Gets the outcomes when all are known, in the order of the messages.
    init(
        _ messages: [EnvelopedMessage], stop: StopSignal, learn: @escaping Listener,
        heard: @escaping Listener,
        waiting: CheckedContinuation<[Outcome], Never>
    ) {
        (self.messages, self.stop, self.learn, self.heard) = (messages, stop, learn, heard)
        let outcomes = [Outcome](repeating: .withdrawn, count: messages.count)
        state = Mutex(State(outcomes: outcomes, open: messages.count, waiting: waiting))
    }

    /// One of its messages, for a connection to take.
    struct Job: Sendable {
        let delivery: Delivery
        let index: Int

        var message: EnvelopedMessage { delivery.messages[index] }

        /// Tells what became of the message; once for each.
        func end(_ outcome: Outcome) {
            delivery.end(index, outcome)
        }
    }

    var jobs: [Job] { messages.indices.map { Job(delivery: self, index: $0) } }

    private func end(_ index: Int, _ outcome: Outcome) {
        heard(outcome)
        let over = state.withLock { state -> State? in
            state.outcomes[index] = outcome
            state.open -= 1
            return state.open == 0 ? state : nil
        }
        if let over { over.waiting?.resume(returning: over.outcomes) }
    }
}
