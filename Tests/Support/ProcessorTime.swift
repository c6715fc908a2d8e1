import Foundation

/// The time of a core that this thread has used, which others on the machine cannot lengthen.
package enum ProcessorTime {
    /// How much some work takes.
    package static func of(_ work: () -> Void) -> Duration {
        let begun = now
        work()
        return now - begun
    }

    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
