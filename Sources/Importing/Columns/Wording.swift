extension String {
    /// The text with its control characters made visible: a terminal would obey them.
    var printable: String {
        let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        guard unicodeScalars.contains(where: isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    /// At most 60 characters, for sentences about texts that anyone may have made up.
    var shortened: String { count > 60 ? prefix(59) + "…" : self }

    /// The candidate that differs in the fewest letters, if few enough.
    func nearest(in candidates: [String]) -> String? {
        let own = Array(lowercased().utf8.prefix(64))
        let best = candidates.map { ($0, Self.distance(own, Array($0.utf8))) }.min { $0.1 < $1.1 }
        guard let best, best.1 <= max(1, (own.count + 1) / 3) else { return nil }
        return best.0
    }

    /// Letters to change, add or take away to come from one to the other (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = Swift.min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
