import Synchronization

/// How long a command of a test may take. A test that waits for one for ever says nothing at all: this one fails and
/// names it.
struct Deadline: Error, CustomStringConvertible {
    /// Much longer than the longest command of a test, also on a machine that has others to do.
    private static let time = Duration.seconds(300)

    private let command: String

    var description: String { "after \(Self.time) it had not ended: \(command)" }

    /// Does some work, which is cancelled when the time is over.
    /// - Throws: `Deadline` then.
    static func hold<Result: Sendable>(
        for command: String, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask(operation: work)
            group.addTask {
                try await Task.sleep(for: time)
                throw Deadline(command: command)
            }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// Ends what has not ended in time.
    final class Watchdog: Sendable {
        private let task = Mutex<Task<Void, any Error>?>(nil)

        /// Does something when the time is over.
        func watch(_ bite: @escaping @Sendable () -> Void) {
            let waiting = Task {
                try await Task.sleep(for: Deadline.time)
                bite()
            }
            task.withLock { $0 = waiting }
        }

        /// It was in time.
        func end() {
            task.withLock { $0?.cancel() }
        }
    }
}
