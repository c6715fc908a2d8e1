import Model

/// One block of a mail.
package struct Module: Hashable, Sendable {
    package var content: Content
    /// Who sees it; nil for everyone.
    package var when: Condition?
    /// Where it is written.
    package var place: Place

    /// What a module says, by kind.
    package enum Content: Hashable, Sendable {
        case proposition(Proposition)
        case loyalty(LoyaltyModule)
        case motivational(Motivational)
        case knowledge(Knowledge)
        case contest(ContestModule)
        case feedback(Feedback)
        case service(Service)
        case expert(Expert)
        case thanks(Thanks)
    }

    /// The word that begins the module in YAML and names its template: `modules/WORD.html.liquid`.
    package var kind: Kind {
        switch content {
        case .proposition: .proposition
        case .loyalty: .loyalty
        case .motivational: .motivational
        case .knowledge: .knowledge
        case .contest: .contest
        case .feedback: .feedback
        case .service: .service
        case .expert: .expert
        case .thanks: .thanks
        }
    }

    /// What it shows.
    package var picture: Picture? {
        switch content {
        case .proposition(let module): module.image
        case .motivational(let module): module.image
        case .expert(let module): module.image
        case .loyalty, .knowledge, .contest, .feedback, .service, .thanks: nil
        }
    }

    /// The kinds of modules.
    package enum Kind: String, CaseIterable, Sendable {
        case proposition, loyalty, motivational, knowledge, contest, feedback, service, expert, thanks
    }
}

/// A picture, which every mail program may refuse to show: hence the words in its place.
package struct Picture: Hashable, Sendable {
    package var src: Source
    /// What stands in its place; nil is warned about.
    package var alt: LocalizedText?

    /// Where a picture is.
    package enum Source: Hashable, Sendable {
        /// On the web, https.
        case address(String)
        /// In a file, by its path in the workspace: it goes along in the mail.
        case file(String, Place)
    }
}

/// Why to buy: headline, sub-headline, one paragraph, a picture.
package struct Proposition: Hashable, Sendable {
    package var headline: LocalizedText
    package var subheadline: LocalizedText?
    package var paragraph: LocalizedText?
    package var image: Picture?
    /// Where the button leads; without one there is no button.
    package var url: String?
    /// The words on the button.
    package var button: LocalizedText?
}

/// The customer's points.
package struct LoyaltyModule: Hashable, Sendable {
    /// A part of the points statement.
    package enum Part: String, CaseIterable, Sendable {
        case balance, pending
        case nextReward = "next_reward"
        case expiring, tier
    }

    package var title: LocalizedText?
    /// In the order in which they are shown; never empty.
    package var show: [Part]
}

/// A reason to buy now.
package struct Motivational: Hashable, Sendable {
    /// What is offered.
    package enum Kind: String, CaseIterable, Sendable {
        /// A lower price.
        case discount
        /// Something special.
        case offer
        /// A trial.
        case demo
    }

    package var kind: Kind
    package var text: LocalizedText
    package var url: String
    package var button: LocalizedText?
    package var image: Picture?
    /// What the customer gets off, for a discount; a code may also belong to an offer or a demo.
    package var coupon: Coupon?
    /// The days on which it holds.
    package var between: DateRange?
}

/// A code that is worth something at the till.
package struct Coupon: Hashable, Sendable {
    /// What the customer types.
    package enum Code: Hashable, Sendable {
        /// One per recipient.
        case unique
        /// The same word for all.
        case fixed(String)
    }

    /// What is taken off.
    package enum Reduction: Hashable, Sendable {
        /// 1 to 100.
        case percent(Int)
        case amount(Money)
    }

    package var code: Code?
    package var reduction: Reduction?
    /// How long after sending it can be used.
    package var valid: Period?
    package var minimumOrder: Money?
}

/// What to read and learn.
package struct Knowledge: Hashable, Sendable {
    /// One thing to read or attend.
    package struct Item: Hashable, Sendable {
        /// What it is.
        package enum Kind: String, CaseIterable, Sendable {
            case article, course, forum, tip
        }

        package var kind: Kind
        package var title: LocalizedText
        package var text: LocalizedText?
        package var url: String
        /// When a course begins, on the workspace's clock.
        package var starts: LocalTime?
    }

    package var title: LocalizedText?
    /// Never empty.
    package var items: [Item]
}

/// The invitation to a contest.
package struct ContestModule: Hashable, Sendable {
    /// The contest's identifier.
    package var contest: String
    package var title: LocalizedText?
    package var button: LocalizedText?
}

/// The invitation to a survey.
package struct Feedback: Hashable, Sendable {
    /// The survey's identifier.
    package var survey: String
    package var title: LocalizedText?
    package var text: LocalizedText?
}

/// The offer to solve a problem.
package struct Service: Hashable, Sendable {
    package var title: LocalizedText
    package var text: LocalizedText?
    package var url: String
    package var button: LocalizedText?
}

/// What somebody who knows says about the product.
package struct Expert: Hashable, Sendable {
    package var name: String
    package var role: LocalizedText?
    package var quote: LocalizedText
    package var image: Picture?
}

/// Thanks, with or without a gift.
package struct Thanks: Hashable, Sendable {
    /// What comes with the thanks.
    package enum Gift: Hashable, Sendable {
        /// Whole points, above zero.
        case points(Int64)
        case coupon(Coupon)
    }

    package var title: LocalizedText?
    package var text: LocalizedText?
    package var gift: Gift?
}
