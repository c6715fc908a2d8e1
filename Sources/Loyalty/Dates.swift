import Model

extension Programme {
    /// Says from when to when the lot that an entry creates can be spent.
    func setDates(of entry: inout PointsEntry, pending waits: Bool) {
        entry.activates = waits ? activation(from: entry.occurred) : entry.occurred
        entry.expires = expiry(from: entry.occurred)
        entry.prolongs = prolongation(from: entry.occurred)
    }

    /// From when on points earned at an instant can be spent.
    package func activation(from earned: Timestamp) -> Timestamp {
        pending.map { earned.adding($0, in: zone) } ?? earned
    }

    /// When points earned at an instant expire, if nothing prolongs them; nil for never. They can be
    /// spent before that instant, not at it. A period runs from the earning, not from the activation.
    package func expiry(from earned: Timestamp) -> Timestamp? {
        switch expire {
        case .never: nil
        case .after(let period, endOfMonth: false): earned.adding(period, in: zone)
        case .after(let period, endOfMonth: true): endOfMonth(of: earned.adding(period, in: zone))
        case .afterLastActivity: prolongation(from: earned)
        }
    }

    /// Until when activity at an instant keeps points alive; nil where none is needed.
    package func prolongation(from activity: Timestamp) -> Timestamp? {
        guard case .afterLastActivity(let period) = expire else { return nil }
        return activity.adding(period, in: zone)
    }

    /// The instant at which the month after the one that contains an instant begins.
    private func endOfMonth(of instant: Timestamp) -> Timestamp {
        let day = instant.local(in: zone).date
        let next = day.adding(days: Int64(1 - day.day)).adding(months: 1)
        return Timestamp(LocalTime(date: next, clock: .midnight), in: zone)
    }
}
