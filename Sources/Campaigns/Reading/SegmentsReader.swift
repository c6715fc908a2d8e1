extension FileReader {
    /// Reads `segments: ...`: every segment whose condition is one.
    mutating func segments() -> [Segment] {
        var segments: [Segment] = []
        for entry in root.node["segments"]?.entries ?? [] {
            let place = source.place(at: entry.keyOffset)
            if ConditionWords.isReserved(entry.key) {
                diagnostics.error(
                    "a segment cannot be called `\(entry.key)`: conditions would read it as something else",
                    at: place,
                    hint: "choose another name")
            }
            guard let scalar = ScalarSource(entry.value, in: source), let condition = condition(scalar) else {
                unread.names["segment", default: []].insert(entry.key)
                continue
            }
            segments.append(Segment(name: entry.key, condition: condition, place: place))
        }
        return segments
    }
}
