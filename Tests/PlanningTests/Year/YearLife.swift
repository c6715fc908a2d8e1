import TestSupport

/// When the daemon lives, and what its clock shows: it is killed and comes back at once, after hours or after days, and
/// its clock is set wrong by a day or by ten years and, some hours later, right again.
struct YearLife {
    /// A stretch of time in which it runs and its clock goes evenly. All times are in minutes.
    struct Stretch {
        let time: Range<Int64>
        /// How far the clock is ahead of the time.
        let ahead: Int64
        /// Whether a new process begins it; else only the clock was set.
        let isStart: Bool
    }

    let stretches: [Stretch]

    /// A clock that is set wrong, in minutes: by a day and by ten years.
    static let steps: [Int64] = [1440, -1440, 3652 * 1440, -3652 * 1440]

    /// - Parameters:
    ///   - kills: how often it is killed while nothing is under way.
    ///   - rounds: how often each of the steps is made.
    init(of year: Range<Int64>, kills: Int, rounds: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Never killed on the day that it first sees the schedules.
        let days = year.lowerBound + 1440..<year.upperBound
        let outages = (0..<kills).map { _ in
            let begin = Int64.random(in: days, using: &random)
            return begin..<begin + Self.pause(&random)
        }
        // Each has its own part of the year, so that none is made on top of another.
        let steps = (0..<rounds).flatMap { _ in Self.steps }.shuffled(using: &random)
        let part = Int64(days.count / max(1, steps.count))
        let clocks = steps.enumerated().map { index, step in
            let first = days.lowerBound + Int64(index) * part
            let begin = Int64.random(in: first..<first + part / 2, using: &random)
            return (time: begin..<begin + Int64.random(in: 1..<600, using: &random), ahead: step)
        }
        let edges = Set(
            [year.lowerBound, year.upperBound]
                + (outages + clocks.map(\.time)).flatMap { [$0.lowerBound, $0.upperBound] })
        let times = edges.filter { $0 <= year.upperBound }.sorted()
        stretches = zip(times, times.dropFirst()).compactMap { from, until in
            // A kill and a start at one minute leave no outage between two stretches.
            if outages.contains(where: { $0.contains(from) }) { return nil }
            return Stretch(
                time: from..<until, ahead: clocks.first { $0.time.contains(from) }?.ahead ?? 0,
                isStart: from == year.lowerBound || outages.contains { $0.upperBound == from })
        }
    }

    /// How long it is away, in minutes.
    private static func pause(_ random: inout SeededGenerator) -> Int64 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: Int64.random(in: 1..<3600, using: &random)
        case 1, 2: Int64.random(in: 1..<1200, using: &random)
        case 3...5: Int64.random(in: 1..<120, using: &random)
        default: 0
        }
    }
}
