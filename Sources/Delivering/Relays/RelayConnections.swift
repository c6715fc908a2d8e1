import DequeModule
import Foundation
import MIME

/// A number of couriers to one relay, each on a thread of its own, fed from one queue.
///
/// The threads block on the network, so they stay away from the cooperative pool; each starts when there is
/// something for it to do. Whoever delivers waits for the outcome: the queue never holds more messages than there
/// are callers waiting, so bounding the callers bounds the memory. Ends with `finish()` or `stop()`, and only then
/// are the threads given back.
package final class RelayConnections: Sendable {
    /// Makes a courier, on the thread that will use it.
    package typealias CourierMaker = @Sendable () throws -> any Courier

    private struct Job: Sendable {
        let envelope: Envelope
        let message: FinalBytes
        let stop: StopSignal
        let learn: @Sendable (Outcome) -> Void
        let outcome: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var queue: Deque<Job> = []
        /// How many messages may be handed over at once.
        var window: Int
        /// What becomes of every message while none may be handed over.
        var answer: Outcome?
        var isClosed = false
        var threads = 0
        var busy = 0
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let limit: Int
    private let makeCourier: CourierMaker
    private let state: Monitor<State>
    private let stopSignal = StopSignal()

    /// Connections that open with their first message.
    /// - Parameter limit: How many there may be.
    package init(limit: Int, makeCourier: @escaping CourierMaker) {
        (self.limit, self.makeCourier) = (limit, makeCourier)
        state = Monitor(State(window: limit))
    }

    /// The connections that the settings of `relay` ask for.
    package convenience init(to relay: Relay, timeouts: SMTPCourier.Timeouts = .init()) {
        self.init(limit: relay.connections) { try SMTPCourier(relay: relay, timeouts: timeouts) }
    }

    /// Hands over one message on the next free connection and waits for its outcome. The task's
    /// cancellation changes nothing: what the relay said must be known.
    /// - Parameters:
    ///   - stop: Gives the message back as long as the relay has no text of it.
    ///   - learn: Called with the outcome of an attempt, on its thread and before that takes another message, so
    ///     that what is learnt from it holds for that one; not called for a message that was not tried.
    package func deliver(
        _ envelope: Envelope, _ message: FinalBytes, stop: StopSignal = StopSignal(),
        learn: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) async -> Outcome {
        await withCheckedContinuation { continuation in
            let job = Job(
                envelope: envelope, message: message, stop: stop, learn: learn, outcome: continuation)
            let answer: Outcome? = state.withLock { state in
                guard !state.isClosed, !stop.isRaised else { return .withdrawn }
                if let answer = state.answer { return answer }
                state.queue.append(job)
                startThreads(&state)
                return nil
            }
            if let answer { continuation.resume(returning: answer) } else { state.wakeOne() }
        }
    }

    // MARK: What may be handed over

    /// Lets so many messages be handed over at once, from 1.
    func open(window: Int) {
        open { _ in window }
    }

    /// Lets one message be handed over beside those that are.
    func openForOneMore() {
        open { $0.busy + 1 }
    }

    private func open(_ window: (State) -> Int) {
        state.withLock { state in
            (state.window, state.answer) = (window(state), nil)
            startThreads(&state)
        }
        state.wakeAll()
    }

    /// Gives back what waits, and all that comes until the next `open(window:)`, with an answer of its own. What
    /// is being handed over goes on.
    func shut(answer: Outcome) {
        let waiting = state.withLock { state in
            state.answer = answer
            return Self.takeAll(&state.queue)
        }
        for job in waiting { job.outcome.resume(returning: answer) }
    }

    /// Gives back at once, as withdrawn, the waiting messages whose signal is raised.
    func withdraw() {
        let raised = state.withLock { state in
            let (raised, others) = state.queue.reduce(into: ([Job](), Deque<Job>())) { parts, job in
                if job.stop.isRaised { parts.0.append(job) } else { parts.1.append(job) }
            }
            if !raised.isEmpty { state.queue = others }
            return raised
        }
        for job in raised { job.outcome.resume(returning: .withdrawn) }
    }

    // MARK: The end

    /// Takes no more messages, hands over those that wait, closes the connections.
    package func finish() async {
        state.withLock { $0.isClosed = true }
        await end()
    }

    /// Takes no more messages and gives back those that wait, and those of which the relay has no text yet,
    /// as withdrawn. Waits for the outcome of the others, as long as the relay may take to answer.
    package func stop() async {
        stopSignal.raise()
        let waiting = state.withLock { state in
            state.isClosed = true
            return Self.takeAll(&state.queue)
        }
        for job in waiting { job.outcome.resume(returning: .withdrawn) }
        await end()
    }

    private func end() async {
        state.wakeAll()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.threads > 0 { state.waitingForEnd.append(continuation) }
                return state.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private static func takeAll(_ queue: inout Deque<Job>) -> Deque<Job> {
        defer { queue = [] }
        return queue
    }

    // MARK: On the threads

    /// Starts threads for the waiting messages that may go now and find none free.
    private func startThreads(_ state: inout State) {
        let wanted = min(state.queue.count, state.window - state.busy)
        let missing = min(wanted - (state.threads - state.busy), limit - state.threads)
        guard missing > 0 else { return }
        for number in state.threads + 1...state.threads + missing {
            let thread = Thread { self.run() }
            thread.name = "relay-\(number)"
            thread.start()
        }
        state.threads += missing
    }

    private func run() {
        deliverAll()
        let waiting = state.withLock { state in
            state.threads -= 1
            return state.threads == 0 ? state.waitingForEnd : []
        }
        for continuation in waiting { continuation.resume() }
    }

    /// The courier ends with this function, and its connection with it.
    private func deliverAll() {
        var courier: (any Courier)?
        var job = next()
        while let current = job {
            let outcome: Outcome
            do {
                let ready = try courier ?? makeCourier()
                courier = ready
                let stop = StopSignal(following: current.stop, stopSignal)
                outcome = ready.deliver(current.envelope, current.message, stop: stop)
            } catch {
                outcome = Outcome(.unreachable, reply: "Not handed over: \(error)")
            }
            job = next(after: current, outcome)
        }
    }

    /// Waits for a message; nil at the end.
    private func next() -> Job? {
        state.wait { state -> Job?? in
            if state.busy < state.window, let job = state.queue.popFirst() {
                state.busy += 1
                return job
            }
            return state.isClosed && state.queue.isEmpty ? .some(nil) : nil
        }
    }

    private func next(after job: Job, _ outcome: Outcome) -> Job? {
        job.learn(outcome)
        state.withLock { $0.busy -= 1 }
        job.outcome.resume(returning: outcome)
        return next()
    }
}
