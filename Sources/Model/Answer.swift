/// A confirmed answer of one customer to one question of a survey.
package struct Answer: Hashable, Sendable {
    package var customer: CustomerID
    /// The survey's identifier.
    package var survey: String
    /// The wave: an identifier of the time a survey was put, so that trends can be told apart.
    package var wave: String
    /// The question's identifier within the survey.
    package var question: String
    /// The answer as given: a number, an option's identifier, options separated by `|`, or words.
    package var value: String
    /// When it was given.
    package var occurred: Timestamp
    /// How it reached Boon: `desk` for one that support staff recorded.
    package var via: String

    /// An answer with all its parts.
    package init(
        customer: CustomerID, survey: String, wave: String, question: String, value: String,
        occurred: Timestamp, via: String
    ) {
        (self.customer, self.survey, self.wave) = (customer, survey, wave)
        (self.question, self.value, self.occurred, self.via) = (question, value, occurred, via)
    }
}
