import Model

/// A newsletter, or a mail that follows an event: who gets it, when, and what it says.
package struct Campaign: Hashable, Sendable {
    /// The identifier, also in Message-ID and reports.
    package var id: String
    /// The name in listings; the identifier when none was given.
    package var name: String
    /// Who gets it, among those who are subscribed.
    package var audience: Condition
    /// The sender as written, `Kuldne Kohv <tere@kuldnekohv.example>`; from `boon.yaml` when not given.
    package var from: String
    /// Where answers go, where that is not the sender.
    package var replyTo: String?
    /// BCP 47; never empty. The first is the default.
    package var languages: [String]
    package var subject: LocalizedText
    /// What a list of mails shows after the subject.
    package var preheader: LocalizedText?
    /// What a customer can opt out of on its own.
    package var topic: String?
    /// When it goes out by itself; nil for a campaign that is only sent by hand.
    package var schedule: Schedule?
    package var limits: Limits
    /// What becomes of messages of which a crash left unknown whether the relay has them.
    package var inDoubt: InDoubt
    /// The A/B test, where there is one.
    package var test: SplitTest?
    /// What the mail says, from top to bottom; never empty.
    package var modules: [Module]
    /// Where the campaign is defined.
    package var place: Place

    /// What becomes of messages in doubt.
    package enum InDoubt: String, CaseIterable, Sendable {
        /// They wait for a person.
        case hold
        /// They are sent again, with the same Message-ID.
        case resend
    }

    /// Where answers go: `replyTo`, else the sender.
    package var answerAddress: String { replyTo ?? from }
}

/// How much may be sent.
package struct Limits: Hashable, Sendable {
    /// Mails that one customer gets.
    package var perCustomer: Limit?
    /// Mails to everyone in an hour.
    package var perHour: Int?

    /// No limits but those given.
    package init(perCustomer: Limit? = nil, perHour: Int? = nil) {
        (self.perCustomer, self.perHour) = (perCustomer, perHour)
    }
}

/// An A/B test: a part of the audience gets variants, the rest the best of them.
package struct SplitTest: Hashable, Sendable {
    /// What a test changes; what is nil stays as in the campaign.
    package struct Variant: Hashable, Sendable {
        package var subject: LocalizedText?
        package var preheader: LocalizedText?
    }

    /// By what the better variant is told. Opens are no measure: mail programs open what nobody reads.
    package enum Measure: String, CaseIterable, Sendable {
        case clicks, orders, answers
    }

    /// What it takes to be the winner.
    package enum Declares: Hashable, Sendable {
        /// To be better by more than chance.
        case significant
        /// To have the largest share, by chance or not.
        case most
    }

    /// The share of the audience that is tested, 1 to 100 percent, evenly over the variants.
    package var splitPercent: Int
    /// At least two.
    package var variants: [Variant]
    package var winner: Decision

    /// By what, and how long after sending, the winner is told: `clicks after 4 hours`.
    package struct Decision: Hashable, Sendable {
        package var measure: Measure
        package var after: Period
        package var declares: Declares

        /// Reads `clicks after 4 hours` and `most clicks after 4 hours`; nil for anything else.
        init?(_ text: String) {
            var words = text.split(separator: " ")
            declares = words.first == "most" ? .most : .significant
            if declares == .most { words.removeFirst() }
            guard words.count == 4, words[1] == "after", let measure = Measure(rawValue: String(words[0])),
                let after = Formats.period.parse("\(words[2]) \(words[3])")
            else { return nil }
            (self.measure, self.after) = (measure, after)
        }
    }
}
