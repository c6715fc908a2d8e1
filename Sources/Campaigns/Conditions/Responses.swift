import Model

/// What a customer did and was sent, as far as conditions ask for it.
package struct Responses: Hashable, Sendable {
    /// Confirmed answers to surveys, in the order recorded.
    package var answers: [Answer] = []
    /// What else happened, in any order.
    package var events: [CustomerEvent] = []
    /// In any order.
    package var mails: [ReceivedMail] = []
    /// In any order.
    package var engagements: [EngagedMail] = []

    /// Nothing yet.
    package init() {}
}

/// A mail that a relay took over for a customer, or may have: one in doubt counts, so that nobody gets twice what
/// is meant for who was not sent it.
package struct ReceivedMail: Hashable, Sendable {
    /// The campaign's identifier.
    package var campaign: String
    /// When the relay took it, or was last asked to.
    package var at: Timestamp

    /// A mail of a campaign.
    package init(campaign: String, at: Timestamp) {
        (self.campaign, self.at) = (campaign, at)
    }
}

/// A mail that a customer did something with.
package struct EngagedMail: Hashable, Sendable {
    package var kind: Engagement.Kind
    /// The campaign's identifier.
    package var campaign: String
    /// When it was done.
    package var at: Timestamp

    /// A mail of a campaign that was opened, or in which a link was clicked.
    package init(kind: Engagement.Kind, campaign: String, at: Timestamp) {
        (self.kind, self.campaign, self.at) = (kind, campaign, at)
    }
}

/// A question of a survey, by both identifiers.
package struct QuestionName: Hashable, Comparable, Sendable {
    package var survey: String
    package var question: String

    package static func < (left: QuestionName, right: QuestionName) -> Bool {
        (left.survey, left.question) < (right.survey, right.question)
    }
}

extension Definitions {
    /// The questions whose answers `nps` looks at: of every survey those of that kind.
    package var npsQuestions: Set<QuestionName> {
        Set(
            surveys.values.flatMap { survey in
                survey.questions.filter { $0.kind == .nps }
                    .map { QuestionName(survey: survey.id, question: $0.id) }
            })
    }
}

extension Responses {
    /// The last score from 0 to 10 that the customer gave to one of the questions; of two given at the same
    /// instant the one that was recorded later.
    func npsScore(of questions: Set<QuestionName>) -> Int? {
        var last: (score: Int, at: Timestamp)?
        for answer in answers {
            guard questions.contains(QuestionName(survey: answer.survey, question: answer.question)),
                let score = NPSGroup.scores[answer.value], last.map({ $0.at <= answer.occurred }) ?? true
            else { continue }
            last = (score, answer.occurred)
        }
        return last?.score
    }
}

/// What an NPS score makes of a customer (F. Reichheld, "The One Number You Need to Grow", 2003). The raw value is
/// the word in a condition.
package enum NPSGroup: String, CaseIterable, Sendable {
    case promoter, passive, detractor

    /// The scores of the group.
    package var scores: ClosedRange<Int> {
        switch self {
        case .promoter: 9...10
        case .passive: 7...8
        case .detractor: 0...6
        }
    }

    /// Scores by the answers that give them, written one way only.
    package static let scores = Dictionary(uniqueKeysWithValues: (0...10).map { (String($0), $0) })
}
