import Foundation
import Synchronization

/// Work on a thread of its own, whose answer is waited for: what blocks must not block the cooperative pool.
final class Background<Answer: Sendable>: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<Answer, any Error>?>(nil)

    /// Begins the work.
    init(_ work: @escaping @Sendable () throws -> Answer) {
        Thread.detachNewThread { [self] in
            let result = Result(catching: work)
            self.result.withLock { $0 = result }
            done.signal()
        }
    }

    /// Waits for the end of the work, as often as asked.
    /// - Returns: The answer; nil only before the end, which is waited for.
    /// - Throws: The error of the work.
    func wait() throws -> Answer? {
        done.wait()
        done.signal()
        return try result.withLock { try $0?.get() }
    }
}
