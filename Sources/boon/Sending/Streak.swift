import Delivering
import Synchronization

/// Counts failures in a row.
final class Streak: Sendable {
    private let count = Mutex(0)

    /// - Returns: how many there are by now.
    func add(_ verdict: Outcome.Verdict) -> Int {
        count.withLock { count in
            count = DeliveryPolicy.streak(count, after: verdict)
            return count
        }
    }
}
