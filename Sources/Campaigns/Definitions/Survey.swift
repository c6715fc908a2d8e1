import Model

/// Questions that are asked again over time.
package struct Survey: Hashable, Sendable {
    package var id: String
    /// The same customer is never asked more often.
    package var every: Period?
    /// Never empty.
    package var questions: [Question]
    package var followUp: FollowUp
    package var place: Place

    /// What happens after an answer to the `nps` question, by group.
    package struct FollowUp: Hashable, Sendable {
        /// 9 and 10.
        package var promoter: Action?
        /// 7 and 8.
        package var passive: Action?
        /// 0 to 6.
        package var detractor: Action?
    }

    /// What follows an answer.
    package struct Action: Hashable, Sendable {
        /// The campaign that thanks.
        package var thank: String?
        /// Who owns the ticket that is opened.
        package var ticket: String?
        /// How soon the ticket wants an answer.
        package var within: Period?
    }
}

/// One question of a survey.
package struct Question: Hashable, Sendable {
    /// What can be answered.
    package enum Kind: Hashable, Sendable {
        /// 0 to 10: would you recommend us?
        case nps
        /// 1 to 5: how satisfied were you?
        case csat
        /// 1 to 7: how easy was it?
        case ces
        /// One of the options.
        case choice([AnswerOption])
        /// Any of the options.
        case choices([AnswerOption])
        /// Words.
        case text
        /// Benefit and cost, each 1 to 10.
        case perceivedValue(Moment)
    }

    /// When perceived value is asked.
    package enum Moment: String, CaseIterable, Sendable {
        case beforePurchase = "before_purchase"
        case afterPurchase = "after_purchase"
    }

    package var id: String
    package var kind: Kind
    package var text: LocalizedText

    /// The numbers that can be answered, where the answer is one number.
    package var scale: ClosedRange<Int>? {
        switch kind {
        case .nps: 0...10
        case .csat: 1...5
        case .ces: 1...7
        case .choice, .choices, .text, .perceivedValue: nil
        }
    }
}

/// Something to choose.
package struct AnswerOption: Hashable, Sendable {
    package var id: String
    package var text: LocalizedText
}
