/// What came of a year: who got which campaign when, and who did not and why.
struct YearRecord {
    /// What became of a recipient, or of an occurrence that nobody got.
    enum Fate: Hashable {
        /// Handed to the relay at this minute of the daemon's clock.
        case sent(Int64)
        case left(Why)
    }

    /// Why somebody got nothing, with words that only this reason has.
    enum Why: String, CaseIterable {
        case late = "by more than `late` allows"
        case overtaken = "next occurrence is due no later"
        case interrupted = "interrupted for longer"
        case nobody = "nobody is in the audience"
        case outside = "was not in the audience"
        case unsubscribed = "by now"
        case suppressed = "the address is suppressed"
        case limited = "as boon.yaml allows"
        case ownLimit = "as the campaign"
    }

    struct Line: Hashable {
        /// The occurrence, or the day on which something was followed.
        let run: String
        /// nil for an occurrence that nobody got.
        let customer: String?
        let fate: Fate
    }

    /// How often each is there.
    private(set) var lines: [Line: Int] = [:]

    mutating func add(_ run: String, _ customer: String?, _ fate: Fate) {
        lines[Line(run: run, customer: customer, fate: fate), default: 0] += 1
    }

    /// How many were sent.
    var sent: Int {
        lines.reduce(0) { if case .sent = $1.key.fate { $0 + $1.value } else { $0 } }
    }

    func count(_ why: Why) -> Int {
        lines.reduce(0) { $1.key.fate == .left(why) ? $0 + $1.value : $0 }
    }

    /// What is in one of two records alone, a line each, in an order that shows what belongs together.
    func differences(from other: YearRecord) -> [String] {
        let (mine, others) = (Set(lines.keys), Set(other.lines.keys))
        let different = mine.symmetricDifference(others)
            .union(mine.intersection(others).filter { lines[$0] != other.lines[$0] })
        return different.map { line in
            "\(line.run) \(line.customer ?? "-") \(line.fate): \(lines[line] ?? 0) instead of \(other.lines[line] ?? 0)"
        }.sorted()
    }
}
