import Foundation

/// Runs a producer on a thread of its own, a few elements ahead of the consumer. All state is guarded by the
/// condition, and only the thread calls the producer.
final class Prefetch<Element>: @unchecked Sendable {
    private let produce: () throws -> Element?
    private let ahead: Int
    private let condition = NSCondition()
    private var ready: [Result<Element?, any Error>] = []
    private var isClosed = false

    /// Begins to produce.
    /// - Parameters:
    ///   - ahead: elements that wait at most.
    ///   - produce: called until it returns nil or throws, or the consumer closes.
    init(ahead: Int, _ produce: sending @escaping () throws -> Element?) {
        (self.ahead, self.produce) = (ahead, produce)
        Thread { self.run() }.start()
    }

    /// The next element; nil after the last. Not to be called after that, nor after it has thrown.
    func next() throws -> Element? {
        condition.lock()
        while ready.isEmpty { condition.wait() }
        let result = ready.removeFirst()
        condition.signal()
        condition.unlock()
        return try result.get()
    }

    /// The consumer wants no more; the thread ends.
    func close() {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
    }

    private func run() {
        while true {
            let result = Result { try produce() }
            condition.lock()
            while ready.count >= ahead && !isClosed { condition.wait() }
            ready.append(result)
            let isOver = isClosed
            condition.signal()
            condition.unlock()
            guard !isOver, case .success(.some) = result else { return }
        }
    }
}
