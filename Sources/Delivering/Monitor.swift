import Foundation

/// A value that threads share and wait for: a lock with a condition, which `Mutex` has none of.
///
/// `@unchecked` because the compiler cannot see that `value` is touched only while the lock is held.
final class Monitor<Value>: @unchecked Sendable {
    private let condition = NSCondition()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    /// Looks at the value or changes it, alone.
    func withLock<Answer>(_ body: (inout Value) -> Answer) -> Answer {
        condition.lock()
        defer { condition.unlock() }
        return body(&value)
    }

    /// Blocks the thread until `body` has an answer; it is asked again whenever the monitor wakes its threads.
    func wait<Answer>(for body: (inout Value) -> Answer?) -> Answer {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let answer = body(&value) { return answer }
            condition.wait()
        }
    }

    func wakeOne() { condition.signal() }

    func wakeAll() { condition.broadcast() }
}
