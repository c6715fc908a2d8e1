import Foundation
import Model

/// Where a customer stands among the tiers.
package struct Standing: Hashable, Sendable {
    /// The level held; nil below the lowest.
    package var tier: TierPolicy.Level?
    /// Points earned within the window.
    package var earned: Int64
    /// The level above, nil at the top.
    package var next: TierPolicy.Level?
    /// Points that are missing to it.
    package var missing: Int64
    /// When the level is reviewed next; nil when it is always, or cannot be lost.
    package var review: Timestamp?
}

extension Ledger {
    /// The customer's standing at an instant, by what the customer had earned until then: pending points
    /// count, corrections do not, and neither spending nor expiry takes anything away.
    /// - Returns: nil for a programme without tiers.
    package func standing(at instant: Timestamp, under programme: Programme) -> Standing? {
        guard let policy = programme.tiers else { return nil }
        // Whole entries would be costly to move about while they are sorted.
        let history = EarningHistory(
            entries.compactMap { entry in
                entry.kind == .earned && entry.occurred <= instant
                    ? Earned(at: entry.occurred, points: entry.points) : nil
            })
        let earned = history.earned(within: policy.window, to: instant, in: programme.zone)
        let held = history.held(under: policy, at: instant, in: programme.zone)
        let next = policy.levels.dropFirst(held.index + 1).first
        return Standing(
            tier: held.index < 0 ? nil : policy.levels[held.index], earned: earned, next: next,
            missing: next.map { max($0.from - earned, 0) } ?? 0, review: held.review)
    }
}

/// Points that were earned, all that standing depends on.
package struct Earned: Hashable, Sendable {
    package let at: Timestamp
    package let points: Int64

    /// Points earned at an instant.
    package init(at: Timestamp, points: Int64) {
        (self.at, self.points) = (at, points)
    }
}

extension Programme {
    /// The place among the programme's levels, from 0, of the one that is held at an instant; nil below the lowest
    /// and for a programme without tiers.
    /// - Parameter earned: all that was earned until then, in any order.
    package func tierRank(earned: [Earned], at instant: Timestamp) -> Int? {
        guard let policy = tiers else { return nil }
        let index = EarningHistory(earned).held(under: policy, at: instant, in: zone).index
        return index < 0 ? nil : index
    }
}

extension TierPolicy {
    /// The highest level for so many points; -1 below the lowest.
    fileprivate func index(for points: Int64) -> Int {
        (levels.firstIndex { $0.from > points } ?? levels.count) - 1
    }
}

/// A level by its place in the policy, -1 below the lowest, and when it is reviewed next.
private struct Held {
    var index: Int
    var review: Timestamp?
}

/// What a customer earned, ready for sums over any stretch of time.
private struct EarningHistory {
    /// When something was earned, in order.
    private var instants: [Timestamp] = []
    /// The sum before each of them, and of all.
    private var sums: [Int64] = [0]

    init(_ earned: [Earned]) {
        for change in earned.sorted(by: { $0.at < $1.at }) {
            instants.append(change.at)
            sums.append(sums[sums.count - 1] + change.points)
        }
    }

    /// The level held at an instant by the policy's kind of review.
    func held(under policy: TierPolicy, at instant: Timestamp, in zone: TimeZone) -> Held {
        switch policy.review {
        case .realTime: Held(index: policy.index(for: earned(within: policy.window, to: instant, in: zone)))
        case .anniversary: heldByAnniversary(under: policy, at: instant, in: zone)
        }
    }

    /// Points earned after one instant, up to and including another.
    func earned(after start: Timestamp, to end: Timestamp) -> Int64 {
        start < end ? sums[count(to: end)] - sums[count(to: start)] : 0
    }

    func earned(within window: Period, to end: Timestamp, in zone: TimeZone) -> Int64 {
        earned(after: end.subtracting(window, in: zone), to: end)
    }

    /// A level is reached at once and held for a window; then what was earned in that window decides
    /// about the next. Each level above the lowest thus lasts a window at least.
    private func heldByAnniversary(under policy: TierPolicy, at instant: Timestamp, in zone: TimeZone) -> Held
    {
        let lowest = policy.index(for: 0)
        var held = Held(index: lowest)
        var since = instant
        func hold(_ index: Int, from now: Timestamp) {
            since = now
            held = Held(index: index, review: index > lowest ? now.adding(policy.window, in: zone) : nil)
        }
        func review(until now: Timestamp) {
            while let review = held.review, review <= now {
                hold(policy.index(for: earned(after: since, to: review)), from: review)
            }
        }
        for now in instants {
            review(until: now)
            let reached = policy.index(for: earned(within: policy.window, to: now, in: zone))
            if reached > held.index { hold(reached, from: now) }
        }
        review(until: instant)
        return held
    }

    /// How many were earned up to and including an instant, by halving.
    private func count(to instant: Timestamp) -> Int {
        var (low, high) = (0, instants.count)
        while low < high {
            let middle = (low + high) / 2
            if instants[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
