import Foundation

/// The time that a pool goes by.
package struct PoolClock: Sendable {
    /// Microseconds since 1970.
    let now: @Sendable () -> Int64
    /// Waits until about an instant in microseconds since 1970, or the task's cancellation.
    let sleep: @Sendable (_ until: Int64) async -> Void

    /// The machine's clock. A wait ends after a minute at most, whoever puts the clock forward meanwhile, and not before a
    /// millisecond, whether or not the clock goes on: nobody asks in a circle.
    static let system = PoolClock(
        now: microseconds,
        sleep: { until in
            let wait = min(max(until - microseconds(), 1_000), 60_000_000)
            try? await Task.sleep(for: .microseconds(wait))
        })

    /// The machine's time of day, in microseconds since 1970.
    @Sendable
    package static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
