import Model

/// What so many points are good for.
package struct Offers: Hashable, Sendable {
    /// The rewards that can be had now, the dearest last.
    package var rewards: [Reward]
    /// The cheapest reward that cannot be had yet.
    package var next: Reward?
    /// Points that are missing to it.
    package var missing: Int64
}

/// Points as money.
package struct Payable: Hashable, Sendable {
    /// What can be paid, rounded down to the minor unit; zero while points are missing to the minimum.
    package var worth: Money
    /// Points that are missing to the minimum.
    package var missing: Int64
}

extension Programme {
    /// The rewards for so many available points.
    package func offers(for available: Int64) -> Offers {
        let sorted = rewards.sorted { $0.points < $1.points }
        let next = sorted.first { $0.points > available }
        return Offers(
            rewards: sorted.filter { $0.points <= available }, next: next,
            missing: next.map { $0.points - available } ?? 0)
    }

    /// What so many available points can pay.
    /// - Returns: nil for a programme in which points do not pay, or when the amount cannot be counted.
    package func payable(with available: Int64) -> Payable? {
        guard let pay else { return nil }
        if available < pay.minimum {
            return Payable(worth: Money(minor: 0, pay.worth.currency), missing: pay.minimum - available)
        }
        let worth = Ratio(pay.worth.minor, pay.points).times(Ratio(available, 1))?.roundedDown?.whole
        return worth.map { Payable(worth: Money(minor: $0, pay.worth.currency), missing: 0) }
    }
}
