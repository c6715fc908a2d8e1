/// A variable that a template reads from outside, for checking templates against what a host offers.
public struct VariableMention: Sendable, Equatable {
    /// The names from the outermost on, as far as they are written out: `customer.orders[i].total` is
    /// `["customer", "orders"]`.
    public internal(set) var path: [String]
    let offset: Int
    /// The line, counted from 1.
    public internal(set) var line = 0
    /// The character within the line, counted from 1.
    public internal(set) var column = 0

    init(path: [String], offset: Int) {
        self.path = path
        self.offset = offset
    }
}

/// A partial that a template names in quotes.
public struct PartialMention: Sendable, Equatable {
    /// The partial's name.
    public let name: String
    let offset: Int
    /// The line, counted from 1.
    public internal(set) var line = 0
    /// The character within the line, counted from 1.
    public internal(set) var column = 0

    init(name: String, offset: Int) {
        self.name = name
        self.offset = offset
    }
}

extension Program {
    var variableMentions: [VariableMention] {
        code.mentions.map { mention in
            var mention = mention
            let place = Place(of: mention.offset, in: source)
            (mention.line, mention.column) = (place.line, place.column)
            return mention
        }
    }

    var partialMentions: [PartialMention] {
        code.partialMentions.map { mention in
            var mention = mention
            let place = Place(of: mention.offset, in: source)
            (mention.line, mention.column) = (place.line, place.column)
            return mention
        }
    }
}

extension String {
    /// The candidate that takes the fewest changed letters to become this, if it is near enough to be meant.
    func nearest(in candidates: [String]) -> String? {
        let distances = candidates.map { ($0, distance(to: $0)) }
        guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(1, utf8.count / 3) else {
            return nil
        }
        return best.0
    }

    /// Levenshtein's distance over bytes; long words are not compared, nobody meant them.
    private func distance(to other: String) -> Int {
        let (left, right) = (Array(utf8.prefix(64)), Array(other.utf8.prefix(64)))
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = Swift.min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
