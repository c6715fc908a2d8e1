import Foundation

/// Work that waits for a disk or a lock, away from the threads that run tasks.
enum Blocking {
    private static let queue = DispatchQueue(label: "blocking", attributes: .concurrent)

    static func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer
    {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
