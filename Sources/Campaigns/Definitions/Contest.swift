import Model

/// A prize, the conditions, and a draw that anyone can verify.
package struct Contest: Hashable, Sendable {
    package var id: String
    package var prize: LocalizedText
    /// How many win, from 1.
    package var places: Int
    /// How many stand by for winners who do not claim.
    package var alternates: Int
    /// On the workspace's clock.
    package var opens: LocalTime
    /// On the workspace's clock, after `opens`.
    package var closes: LocalTime
    /// Who may take part; nil for everyone.
    package var eligible: Condition?
    /// In this order; never empty.
    package var steps: [Step]
    /// What the step `choose` asks.
    package var choose: Choice?
    /// Whether sharing is offered. It is never a condition: platforms forbid that.
    package var offersSharing: Bool
    package var terms: LocalizedText
    /// How long a winner has to claim the prize; nil for no limit.
    package var claimWithin: Period?
    package var place: Place

    /// What a participant does.
    package enum Step: String, CaseIterable, Sendable {
        case visit, choose, comment
    }

    /// One question with options.
    package struct Choice: Hashable, Sendable {
        package var text: LocalizedText
        package var options: [AnswerOption]
    }
}
