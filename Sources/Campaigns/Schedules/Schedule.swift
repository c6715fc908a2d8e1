import Model

/// When a campaign goes out by itself.
package struct Schedule: Hashable, Sendable {
    package var trigger: Trigger
    package var timezone: Zone
    /// The days on which it goes out at all.
    package var between: DateRange?
    /// In the recipient's zone: what falls into it is held until it ends.
    package var quietHours: ClockRange?
    package var late: Late
    package var place: Place

    /// What makes an occurrence.
    package enum Trigger: Hashable, Sendable {
        /// On some days of every week.
        case every(Weekdays, at: ClockTime)
        case cron(Cron)
        /// Once.
        case at(LocalTime)
        /// So long after something happened to the customer; at once when nil.
        case after(Happening, Period?)
        /// Each year on the customer's birthday (on 28 February for 29 February in a year that lacks it).
        case onBirthday(at: ClockTime)
    }

    /// What can happen to a customer.
    package enum Happening: Hashable, Sendable {
        case order
        case firstOrder
        /// An answer to any survey; for a survey's `thank`, to that survey.
        case answer
        case joined
        /// An event of this name, as the shop tells it: `trial_ended`.
        case event(String)
    }

    /// Whose clock is meant.
    package enum Zone: Hashable, Sendable {
        /// Each recipient's own; the workspace's where it is not known.
        case recipient
        /// An IANA zone, `Europe/Tallinn`.
        case named(String)
    }

    /// What becomes of an occurrence that was missed.
    package enum Late: Hashable, Sendable {
        /// It goes out, however late.
        case send
        /// It is dropped.
        case skip
        /// It goes out up to so much later, then it is dropped.
        case skipAfter(Period)

        /// What holds when nothing is said: a day later a newsletter is still one, a week later it is not.
        package static let standard = Period(24, .hours).map(Late.skipAfter) ?? .send
    }
}

/// Days of the week.
package struct Weekdays: Hashable, Sendable {
    /// ISO 8601: 1 for Monday to 7 for Sunday; never empty.
    package let days: Set<Int>

    /// The names, Monday first.
    package static let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Every day.
    package static let all = Weekdays(days: Set(1...7))

    init(days: Set<Int>) {
        self.days = days
    }

    /// Reads `day`, `weekday` (Monday to Friday), `weekend` or names separated by commas: `monday, friday`.
    /// - Returns: nil for anything else.
    package init?(_ text: some StringProtocol) {
        switch text {
        case "day": self.init(days: Set(1...7))
        case "weekday": self.init(days: Set(1...5))
        case "weekend": self.init(days: [6, 7])
        default:
            let days = text.split(separator: ",", omittingEmptySubsequences: false).map { name in
                Self.names.firstIndex { $0 == name.drop { $0 == " " } }
            }
            let known = days.compactMap { $0.map { $0 + 1 } }
            guard known.count == days.count else { return nil }
            self.init(days: Set(known))
        }
    }
}
