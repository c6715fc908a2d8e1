/// Finds what somebody meant to write.
package enum Nearest {
    /// The known word nearest to a written one.
    /// - Returns: nil when none is near: more than a third of the letters would have to change.
    package static func word(to written: String, among known: some Sequence<String>) -> String? {
        let limit = max(1, written.count / 3)
        let ranked = known.map { (word: $0, distance: distance(written.lowercased(), $0.lowercased())) }
        return ranked.filter { $0.distance <= limit }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// A hint that names the nearest word, or else all known ones.
    package static func hint(for written: String, among known: some Sequence<String>, called kind: String)
        -> String?
    {
        let names = Array(known)
        if let near = word(to: written, among: names) { return "did you mean `\(near)`?" }
        return names.isEmpty ? nil : "known \(kind): \(names.joined(separator: ", "))"
    }

    /// Edits between two words: insertions, deletions, substitutions and swaps of neighbours each count one
    /// (restricted Damerau-Levenshtein distance). Words over 64 characters are never near: the cost is a product.
    package static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left), Array(right))
        guard a.count <= 64, b.count <= 64 else { return a == b ? 0 : .max }
        var (older, previous) = ([Int](), Array(0...b.count))
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, older[j - 1] + 1) }
                current.append(best)
            }
            (older, previous) = (previous, current)
        }
        return previous[b.count]
    }
}
