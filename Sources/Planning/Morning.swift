import Model

/// Campaigns that meet: within four hours of another one, some get both.
package struct Morning: Sendable, Equatable {
    /// The day of the first of them.
    package let day: CalendarDate
    /// In the order of time, each once.
    package let campaigns: [String]
    /// How many customers get more than one of them.
    package let customers: Int
}

/// Puts together who meets whom: what meets for one customer and what of it meets with others for the next is one morning.
struct Mornings {
    /// How many customers get just these entries within hours of each other, by the entries' numbers in the order of time.
    private var meetings: [[Int]: Int] = [:]

    /// Counts customers for whom some entries meet.
    mutating func add(_ entries: [Int], times: Int) {
        meetings[entries, default: 0] += times
    }

    /// The mornings among some entries, the earliest first.
    func found(among entries: [Forecast.Entry]) -> [Morning] {
        /// For each entry one that it meets with and that comes before it, or itself.
        var leaders = Array(entries.indices)
        func leader(of entry: Int) -> Int {
            var entry = entry
            while leaders[entry] != entry { entry = leaders[entry] }
            return entry
        }
        for meeting in meetings.keys {
            for (one, other) in zip(meeting, meeting.dropFirst()) {
                let both = [leader(of: one), leader(of: other)].sorted()
                leaders[both[1]] = both[0]
            }
        }
        var mornings: [Int: (entries: Set<Int>, customers: Int)] = [:]
        for (meeting, times) in meetings {
            guard let first = meeting.first.map(leader) else { continue }
            mornings[first, default: ([], 0)].entries.formUnion(meeting)
            mornings[first]?.customers += times
        }
        return mornings.sorted { $0.key < $1.key }.map { first, morning in
            var seen: Set<String> = []
            let campaigns = morning.entries.sorted().map { entries[$0].campaign.id }
            return Morning(
                day: entries[first].day, campaigns: campaigns.filter { seen.insert($0).inserted },
                customers: morning.customers)
        }
    }
}
