import Dispatch
import Foundation
import MIME
import Synchronization

/// A number of couriers to one relay, each on a thread of its own, fed from one queue.
///
/// The threads block on the network, so they stay away from the cooperative pool. Whoever delivers waits
/// for the outcome: the queue never holds more messages than there are callers waiting, so bounding the
/// callers bounds the memory. Ends with `finish()` or `stop()`, and only then are the threads given back.
package final class RelayConnections: Sendable {
    /// Makes a courier, on the thread that will use it.
    package typealias CourierMaker = @Sendable (StopSignal) throws -> any Courier

    private struct Job: Sendable {
        let envelope: Envelope
        let message: FinalBytes
        let outcome: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var queue: [Job] = []
        var isClosed = false
        var threads: Int
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let count: Int
    private let state: Mutex<State>
    /// Counts the jobs in the queue, and once closed one more for each thread.
    private let work = DispatchSemaphore(value: 0)
    private let stopSignal = StopSignal()

    /// Starts the threads; each opens its connection with its first message.
    package init(count: Int, makeCourier: @escaping CourierMaker) {
        self.count = count
        state = Mutex(State(threads: count))
        for number in 1...count {
            let thread = Thread { self.run(makeCourier) }
            thread.name = "relay-\(number)"
            thread.start()
        }
    }

    /// The connections that the settings of `relay` ask for.
    package convenience init(to relay: Relay, timeouts: SMTPCourier.Timeouts = .init()) {
        self.init(count: relay.connections) { stop in
            try SMTPCourier(relay: relay, timeouts: timeouts, stop: stop)
        }
    }

    /// Hands over one message on the next free connection and waits for its outcome. The task's
    /// cancellation changes nothing: what the relay said must be known.
    package func deliver(_ envelope: Envelope, _ message: FinalBytes) async -> Outcome {
        await withCheckedContinuation { continuation in
            let job = Job(envelope: envelope, message: message, outcome: continuation)
            let isTaken = state.withLock { state in
                if !state.isClosed { state.queue.append(job) }
                return !state.isClosed
            }
            if isTaken { work.signal() } else { continuation.resume(returning: .withdrawn) }
        }
    }

    /// Takes no more messages, hands over those that wait, closes the connections.
    package func finish() async {
        close()
        await end()
    }

    /// Takes no more messages and gives back those that wait, and those of which the relay has no text yet,
    /// as withdrawn. Waits for the outcome of the others, as long as the relay may take to answer.
    package func stop() async {
        stopSignal.raise()
        let waiting = state.withLock { state in
            let waiting = state.queue
            state.queue = []
            return waiting
        }
        close()
        for job in waiting { job.outcome.resume(returning: .withdrawn) }
        await end()
    }

    private func close() {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if isFirst { for _ in 0..<count { work.signal() } }
    }

    private func end() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.threads > 0 { state.waitingForEnd.append(continuation) }
                return state.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: On the threads

    private func run(_ makeCourier: CourierMaker) {
        deliverAll(makeCourier)
        let waiting = state.withLock { state in
            state.threads -= 1
            return state.threads == 0 ? state.waitingForEnd : []
        }
        for continuation in waiting { continuation.resume() }
    }

    /// The courier ends with this function, and its connection with it.
    private func deliverAll(_ makeCourier: CourierMaker) {
        let courier = Result { try makeCourier(stopSignal) }
        while let job = next() {
            switch courier {
            case .success(let courier):
                job.outcome.resume(returning: courier.deliver(job.envelope, job.message))
            case .failure(let error):
                job.outcome.resume(returning: Outcome(.deferred, reply: "Not handed over: \(error)"))
            }
        }
    }

    private func next() -> Job? {
        while true {
            work.wait()
            let (job, isOver) = state.withLock { state -> (Job?, Bool) in
                state.queue.isEmpty ? (nil, state.isClosed) : (state.queue.removeFirst(), false)
            }
            if job != nil || isOver { return job }
        }
    }
}
