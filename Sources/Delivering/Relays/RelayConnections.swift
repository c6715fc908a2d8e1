import DequeModule
import Foundation
import MIME

/// A number of couriers to one relay, each on a thread of its own, fed from one queue.
///
/// The threads block on the network, so they stay away from the cooperative pool; each starts when there is
/// something for it to do. Whoever delivers waits for the outcomes: the queue never holds more messages than the
/// callers that wait have given, so bounding those bounds the memory. Ends with `finish()` or `stop()`, and only then
/// are the threads given back.
package final class RelayConnections: Sendable {
    /// Makes a courier, on the thread that will use it.
    package typealias CourierMaker = @Sendable () throws -> any Courier

    private struct State {
        var queue: Deque<Delivery.Job> = []
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

    /// Hands over messages on connections as they become free and waits for all outcomes. The task's cancellation
    /// changes nothing: what the relay said must be known.
    /// - Parameters:
    ///   - stop: Gives back the messages of which the relay has no text.
    ///   - learn: Called with the outcome of an attempt, on its thread and before that tries another message, so
    ///     that what is learnt from it holds for that one; not called for a message that was not tried.
    ///   - heard: Called with every outcome as soon as it is known, before the thread tries another message.
    /// - Returns: the outcomes, in the order of the messages.
    package func deliver(
        _ messages: [EnvelopedMessage], stop: StopSignal = StopSignal(),
        learn: @escaping @Sendable (Outcome) -> Void = { _ in },
        heard: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) async -> [Outcome] {
        if messages.isEmpty { return [] }
        return await withCheckedContinuation { continuation in
            let delivery = Delivery(
                messages, stop: StopSignal(following: stop, stopSignal), learn: learn, heard: heard,
                waiting: continuation)
            let jobs = delivery.jobs
            let answer: Outcome? = state.withLock { state in
                guard !state.isClosed, !stop.isRaised else { return .withdrawn }
                if let answer = state.answer { return answer }
                state.queue.append(contentsOf: jobs)
                startThreads(&state)
                return nil
            }
            if let answer { jobs.end(answer) } else { state.wakeAll() }
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

    /// Takes no more messages until the next `open(window:)`: each is given back with an answer. What is being
    /// handed over goes on.
    /// - Returns: what gives back those that wait, for when the caller holds no lock.
    func shut(answer: Outcome) -> () -> Void {
        let waiting = state.withLock { state in
            state.answer = answer
            return Self.takeAll(&state.queue)
        }
        return { waiting.end(answer) }
    }

    /// Gives back at once, as withdrawn, the waiting messages whose signal is raised.
    func withdraw() {
        let raised = state.withLock { state in
            let (raised, others) = state.queue.reduce(into: (Deque<Delivery.Job>(), Deque<Delivery.Job>())) {
                if $1.delivery.stop.isRaised { $0.0.append($1) } else { $0.1.append($1) }
            }
            if !raised.isEmpty { state.queue = others }
            return raised
        }
        raised.end(.withdrawn)
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
        waiting.end(.withdrawn)
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

    private static func takeAll(_ queue: inout Deque<Delivery.Job>) -> Deque<Delivery.Job> {
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
        var next = next()
        while let job = next {
            let outcome: Outcome
            do {
                let ready = try courier ?? makeCourier()
                courier = ready
                let message = job.message
                outcome = ready.deliver(message.envelope, message.message, stop: job.delivery.stop)
            } catch {
                outcome = Outcome(.unreachable, reply: "Not handed over: \(error)")
            }
            job.delivery.learn(outcome)
            next = state.withLock { state in
                state.busy -= 1
                return Self.take(&state)
            }
            job.end(outcome)
            next = next ?? self.next()
        }
    }

    /// Waits for a message; nil at the end.
    private func next() -> Delivery.Job? {
        state.wait { state -> Delivery.Job?? in
            if let job = Self.take(&state) { return job }
            return state.isClosed && state.queue.isEmpty ? .some(nil) : nil
        }
    }

    private static func take(_ state: inout State) -> Delivery.Job? {
        guard state.busy < state.window, let job = state.queue.popFirst() else { return nil }
        state.busy += 1
        return job
    }
}

extension Collection<Delivery.Job> {
    /// Tells that the same became of all of them.
    fileprivate func end(_ outcome: Outcome) {
        for job in self { job.end(outcome) }
    }
}
