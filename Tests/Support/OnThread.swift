import Foundation

/// Does work that blocks on a thread of its own: the threads that run tests are few, and others wait for them.
package func onThread<Answer: Sendable>(
    _ work: @escaping @Sendable () throws -> Answer
) async -> Result<Answer, any Error> {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: Result(catching: work)) }
    }
}
