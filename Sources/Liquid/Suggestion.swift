extension String {
    /// The candidate that takes the fewest changes to become this, if it is near enough to be meant.
    func nearest(in candidates: [String]) -> String? {
        let distances = candidates.map { ($0, distance(to: $0)) }
        guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= Swift.max(1, utf8.count / 3) else {
            return nil
        }
        return best.0
    }

    /// Letters added, dropped, changed or swapped with their neighbour (Damerau's distance, over bytes). Of long
    /// words only the start is compared; nobody means them.
    private func distance(to other: String) -> Int {
        let (left, right) = (Array(utf8.prefix(64)), Array(other.utf8.prefix(64)))
        var before: [Int] = []
        var above = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var best = Swift.min(above[j + 1] + 1, row[j] + 1, above[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], b == left[i - 1] {
                    best = Swift.min(best, before[j - 1] + 1)
                }
                row.append(best)
            }
            (before, above) = (above, row)
        }
        return above[right.count]
    }
}
