/// What a relay was given so far, as the store has it.
package struct RelayUse: Hashable, Sendable {
    /// The day of its first message, in days since 1970 by UTC; nil when it had none.
    package let firstDay: Int64?
    /// How many messages intents have named on the day of the question.
    package let today: Int

    /// A relay's use.
    package init(firstDay: Int64?, today: Int) {
        (self.firstDay, self.today) = (firstDay, today)
    }

    /// The day that an instant lies in, in days since 1970 by UTC.
    package static func day(of instant: Timestamp) -> Int64 {
        instant.milliseconds.dividingFloor(by: 86_400_000).quotient
    }
}
