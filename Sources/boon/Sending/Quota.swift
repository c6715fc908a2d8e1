import Synchronization

/// How many may still be sent to, shared by lanes.
final class Quota: Sendable {
    private let left: Mutex<Int>

    /// - Parameter limit: nil for everyone.
    init(_ limit: Int?) {
        left = Mutex(limit ?? .max)
    }

    var isUsedUp: Bool { left.withLock { $0 == 0 } }

    /// Takes as many as there are, at most so many.
    func take(upTo count: Int) -> Int {
        left.withLock { left in
            let taken = min(count, left)
            left -= taken
            return taken
        }
    }
}
