/// A new sender's slow beginning: so many messages a day at first, twice as many after each period.
package struct WarmUp: Hashable, Sendable {
    /// What the first days have.
    package let start: Pace
    /// After how many days it doubles, at least 1.
    package let doubleEvery: Int

    /// A slow beginning.
    /// - Parameter doubleEvery: Days, at least 1.
    package init(start: Pace, doubleEvery: Int) {
        (self.start, self.doubleEvery) = (start, max(doubleEvery, 1))
    }

    /// How many messages the relay gets on a day.
    /// - Parameters:
    ///   - day: Days since 1970 in UTC.
    ///   - firstDay: The day of the relay's first message.
    package func quota(day: Int64, firstDay: Int64) -> Int {
        let perDay = max(1, Int(Double(start.count) * 86_400_000 / Double(start.milliseconds)))
        let doublings = max(day - firstDay, 0) / Int64(doubleEvery)
        guard doublings < Int64(perDay.leadingZeroBitCount - 1) else { return .max }
        return perDay << Int(doublings)
    }
}
