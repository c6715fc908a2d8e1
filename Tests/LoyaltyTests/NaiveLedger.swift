import Model

/// The ledger's rules once more, in the plainest way: every point on its own, every question answered by
/// looking at all of them.
struct NaiveLedger {
    struct Point {
        var lot: String
        var seq: Int
        var born: Timestamp
        var activates: Timestamp
        var expires: Timestamp?
        var livesOnActivity: Bool
        var taken: (at: Timestamp, kind: PointsEntry.Kind)?
    }

    struct Count: Equatable {
        var pending: Int64 = 0
        var available: Int64 = 0
        var spent: Int64 = 0
        var withdrawn: Int64 = 0
        var expired: Int64 = 0
    }

    private(set) var points: [Point] = []
    private var activity: [(at: Timestamp, until: Timestamp)] = []
    private var seq = 0

    mutating func create(_ entry: PointsEntry) {
        seq += 1
        for _ in 0..<entry.points {
            points.append(
                Point(
                    lot: entry.key, seq: seq, born: entry.occurred,
                    activates: entry.activates ?? entry.occurred, expires: entry.expires,
                    livesOnActivity: entry.prolongs != nil))
        }
        if let until = entry.prolongs { activity.append((entry.occurred, until)) }
    }

    /// Marks the points that are taken, one after the other.
    /// - Returns: how many from each lot; nil, and nothing marked, when there are not enough.
    mutating func take(
        _ count: Int64, at: Timestamp, as kind: PointsEntry.Kind, prolonging until: Timestamp?
    ) -> [String: Int64]? {
        let expiries = expiries(asOf: at)
        let free = points.indices.filter { index in
            let point = points[index]
            return point.taken == nil && point.born <= at
                && expiries[point.lot, default: .max] > at.milliseconds
                && (kind == .adjusted || point.activates <= at)
        }
        guard free.count >= count else { return nil }
        let order = free.sorted { left, right in
            rank(points[left], expiries, at).lexicographicallyPrecedes(rank(points[right], expiries, at))
        }
        var taken: [String: Int64] = [:]
        for index in order.prefix(Int(count)) {
            points[index].taken = (at, kind)
            taken[points[index].lot, default: 0] += 1
        }
        if let until { activity.append((at, until)) }
        return taken
    }

    func count(at instant: Timestamp) -> [String: Count] {
        let expiries = expiries(asOf: instant)
        var counts: [String: Count] = [:]
        for point in points where point.born <= instant {
            var count = counts[point.lot] ?? Count()
            if let taken = point.taken, taken.at <= instant {
                if taken.kind == .spent { count.spent += 1 } else { count.withdrawn += 1 }
            } else if expiries[point.lot, default: .max] <= instant.milliseconds {
                count.expired += 1
            } else if point.activates <= instant {
                count.available += 1
            } else {
                count.pending += 1
            }
            counts[point.lot] = count
        }
        return counts
    }

    /// Active points by expiry, activation and recording; then waiting ones by activation first.
    private func rank(_ point: Point, _ expiries: [String: Int64], _ at: Timestamp) -> [Int64] {
        let expires = expiries[point.lot, default: .max]
        let activates = point.activates.milliseconds
        return point.activates <= at
            ? [0, expires, activates, Int64(point.seq)] : [1, activates, expires, Int64(point.seq)]
    }

    /// When each lot expires by what had happened up to an instant: prolonged again and again until no
    /// activity prolongs it any more. Lots that never expire are missing.
    private func expiries(asOf instant: Timestamp) -> [String: Int64] {
        var result: [String: Int64] = [:]
        for point in points where result[point.lot] == nil {
            guard var expires = point.expires else { continue }
            while point.livesOnActivity,
                let event = activity.first(where: {
                    $0.at >= point.born && $0.at <= instant && $0.at < expires && $0.until > expires
                })
            { expires = event.until }
            result[point.lot] = expires.milliseconds
        }
        return result
    }
}
