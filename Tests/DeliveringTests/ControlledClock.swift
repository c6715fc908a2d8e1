import Synchronization
import TestSupport

@testable import Delivering

/// A clock that stands still until it is told to go on.
final class ControlledClock: Sendable {
    private struct State {
        var now: Int64
        var next = 0
        var sleepers: [Int: (until: Int64, task: CheckedContinuation<Void, Never>)] = [:]
    }

    static let second: Int64 = 1_000_000
    /// 2026-11-22T00:00:00Z, in microseconds.
    static let midnight: Int64 = 1_795_305_600_000_000

    private let state: Mutex<State>

    init(at start: Int64 = midnight) {
        state = Mutex(State(now: start))
    }

    var now: Int64 { state.withLock { $0.now } }

    /// When the next sleeper wakes.
    var nextWaking: Int64? { state.withLock { $0.sleepers.values.map(\.until).min() } }

    /// The same time for a pool.
    var forPool: PoolClock {
        PoolClock(now: { self.now }, sleep: { await self.sleep(until: $0) })
    }

    /// Puts the clock forward or back, and wakes whoever waited for that.
    func go(to instant: Int64) {
        let awake = state.withLock { state in
            state.now = instant
            let awake = state.sleepers.filter { $0.value.until <= instant }
            for number in awake.keys { state.sleepers[number] = nil }
            return awake.values.map(\.task)
        }
        for task in awake { task.resume() }
    }

    func go(for microseconds: Int64) { go(to: now + microseconds) }

    /// Waits until someone sleeps, and goes on to their waking.
    /// - Returns: How long they slept, in microseconds.
    @discardableResult
    func skip() async throws -> Int64 {
        try await waitUntil { nextWaking != nil }
        let (before, until) = (now, nextWaking ?? now)
        go(to: until)
        return until - before
    }

    private func sleep(until instant: Int64) async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isOver = instant <= state.now || Task.isCancelled
                    if !isOver { state.sleepers[number] = (instant, continuation) }
                    return isOver
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.task.resume()
        }
    }
}
