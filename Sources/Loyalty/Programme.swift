import Foundation
import Model

/// A loyalty programme as its file defines it (campaign-format, `programme`).
package struct Programme: Hashable, Sendable {
    /// The identifier, `beans`.
    package var id: String
    /// Names this wording of the programme: anything that changes whenever the programme does, such as
    /// the first digits of a hash of its file. Entries carry it, so that support can tell which rules gave
    /// the points.
    package var version: String
    /// The zone in which days, months and expiry are counted: the workspace's.
    package var zone: TimeZone
    /// What one point is called.
    package var unit: PointsUnit
    /// How points are earned, in the order of the file.
    package var earn: [EarnRule] = []
    /// How long earned points wait before they can be spent: the return period. Nil for not at all.
    package var pending: Period?
    /// When points that nobody spends are lost.
    package var expire: ExpiryPolicy = .never
    package var tiers: TierPolicy?
    package var rewards: [Reward] = []
    package var pay: PayRule?
    /// How long before their expiry customers are reminded of points.
    package var remind: [Period] = []
    package var costPerPoint: PointCost?

    /// A programme without rules; the rest is set by whoever reads the file.
    package init(id: String, version: String, zone: TimeZone, unit: PointsUnit) {
        (self.id, self.version, self.zone, self.unit) = (id, version, zone, unit)
    }
}

/// What points are called: `bean`, `beans`.
package struct PointsUnit: Hashable, Sendable {
    package var one: LocalText
    package var many: LocalText

    /// The unit's names.
    package init(one: LocalText, many: LocalText) {
        (self.one, self.many) = (one, many)
    }
}

/// When points that nobody spends are lost.
package enum ExpiryPolicy: Hashable, Sendable {
    /// `never`.
    case never
    /// `12 months` after they were earned, with `, end of month` at the end of the month that day is in.
    case after(Period, endOfMonth: Bool = false)
    /// `6 months after last activity`: whatever gives points or spends them gives all points that have
    /// not expired by then this long again; points that staff take away do not.
    case afterLastActivity(Period)
}

/// Levels that customers reach by what they earn (not by what they keep: spending never lowers a tier).
package struct TierPolicy: Hashable, Sendable {
    /// When a customer who no longer earns enough loses a level.
    package enum Review: String, CaseIterable, Sendable {
        /// One window after it was reached, and then every window, by what was earned since.
        case anniversary
        /// At once.
        case realTime = "real_time"
    }

    /// A level and what it takes.
    package struct Level: Hashable, Sendable {
        /// The name, `gold`.
        package var name: String
        /// Points earned within the window from which on a customer has the level.
        package var from: Int64

        /// A level and what it takes.
        package init(name: String, from: Int64) {
            (self.name, self.from) = (name, from)
        }
    }

    /// How far back earned points count.
    package let window: Period
    package let review: Review
    /// From the lowest to the highest.
    package let levels: [Level]

    /// A policy; levels may come in any order.
    package init(window: Period, review: Review, levels: [Level]) {
        (self.window, self.review) = (window, review)
        self.levels = levels.sorted { $0.from < $1.from }
    }
}

/// What points can be exchanged for.
package struct Reward: Hashable, Sendable {
    /// What the customer gets.
    package enum Gift: String, CaseIterable, Sendable {
        case coupon
    }

    /// The identifier, `espresso`.
    package var id: String
    /// What it costs, above zero.
    package var points: Int64
    package var gives: Gift
    package var text: LocalText

    /// A reward with all its parts.
    package init(id: String, points: Int64, gives: Gift, text: LocalText) {
        (self.id, self.points, self.gives, self.text) = (id, points, gives, text)
    }
}

/// Points as a means of payment: so many are worth so much.
package struct PayRule: Hashable, Sendable {
    /// Above zero.
    package let points: Int64
    /// Of so many points, above zero.
    package let worth: Money
    /// The fewest points that can be paid with.
    package let minimum: Int64

    /// A rate and its minimum.
    /// - Returns: nil unless `points` and `worth` are above zero and `minimum` is not below.
    package init?(points: Int64, worth: Money, minimum: Int64 = 0) {
        guard points > 0, worth.minor > 0, minimum >= 0 else { return nil }
        (self.points, self.worth, self.minimum) = (points, worth, minimum)
    }
}

/// What a point costs the shop when it is redeemed, often a part of a cent: `0.008 EUR`.
package struct PointCost: Hashable, Sendable {
    /// In major units of the currency.
    package var amount: FixedDecimal
    package var currency: Currency

    /// A cost per point.
    package init(amount: FixedDecimal, currency: Currency) {
        (self.amount, self.currency) = (amount, currency)
    }
}
