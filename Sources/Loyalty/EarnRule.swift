import Model

/// A way to earn points (campaign-format, `earn`).
package enum EarnRule: Hashable, Sendable {
    /// For what was paid.
    case purchase(PurchaseRule)
    /// On the customer's birthday.
    case birthday(points: Int64)
    /// For a confirmed answer to a survey.
    case survey(SurveyRule)
    /// For a friend who came.
    case referral(ReferralRule)
    /// For meeting a condition.
    case challenge(ChallengeRule)

    /// The rule's name in the file.
    package var name: String {
        switch self {
        case .purchase: "purchase"
        case .birthday: "birthday"
        case .survey: "survey"
        case .referral: "referral"
        case .challenge: "challenge"
        }
    }
}

/// `per: 1 EUR`, `points: 1`: so many points for so much money, times what applies.
package struct PurchaseRule: Hashable, Sendable {
    /// Above zero.
    package let per: Money
    /// Points for each `per`, above zero.
    package let points: Int64
    /// Multipliers; all that apply to an order line multiply.
    package var times: [Multiplier]

    /// A rate and its multipliers.
    /// - Returns: nil unless `per` and `points` are above zero.
    package init?(per: Money, points: Int64, times: [Multiplier] = []) {
        guard per.minor > 0, points > 0 else { return nil }
        (self.per, self.points, self.times) = (per, points, times)
    }
}

/// A multiplier and what must hold for it to apply; what is nil does not matter.
package struct Multiplier: Hashable, Sendable {
    /// The customer has exactly this tier when ordering.
    package var tier: String?
    /// The order line is of this category.
    package var category: String?
    /// The order's day in the programme's zone, first and last day included.
    package var between: ClosedRange<CalendarDate>?
    /// What to multiply with; 0 excludes.
    package var by: FixedDecimal

    /// A multiplier and its conditions.
    package init(
        tier: String? = nil, category: String? = nil, between: ClosedRange<CalendarDate>? = nil,
        by: FixedDecimal
    ) {
        (self.tier, self.category, self.between, self.by) = (tier, category, between, by)
    }
}

/// Points for answering a survey.
package struct SurveyRule: Hashable, Sendable {
    /// The survey's identifier.
    package var survey: String
    package var points: Int64
    package var cap: Cap?

    /// A survey and what its answer earns.
    package init(survey: String, points: Int64, cap: Cap? = nil) {
        (self.survey, self.points, self.cap) = (survey, points, cap)
    }
}

/// How often a rule may give points: `1 per 30 days`.
package struct Cap: Hashable, Sendable {
    package var times: Int
    package var per: Period

    /// So many times within a period.
    package init(times: Int, per: Period) {
        (self.times, self.per) = (times, per)
    }
}

/// Points for bringing a friend.
package struct ReferralRule: Hashable, Sendable {
    /// What the friend must have done.
    package enum Moment: String, CaseIterable, Sendable {
        case firstOrder = "first order of the friend"
    }

    package var points: Int64
    package var after: Moment

    /// What a friend's deed earns.
    package init(points: Int64, after: Moment) {
        (self.points, self.after) = (points, after)
    }
}

/// Points for meeting a condition.
package struct ChallengeRule: Hashable, Sendable {
    package var points: Int64
    /// The condition as written; whoever reads campaign files parses it.
    package var when: String

    /// What meeting a condition earns.
    package init(points: Int64, when: String) {
        (self.points, self.when) = (points, when)
    }
}
