/// Every kind of record that the stores hold, a phrase each. A record says all that replay needs.
package enum Event: Hashable, Sendable {
    /// `customer.saved`: a customer, whole, as known from now on.
    case customerSaved(Customer)
    /// `order.saved`: an order, whole, as known from now on.
    case orderSaved(Order)
    /// `points.earned`, `points.adjusted`, `points.spent`: a line of the points ledger.
    case points(PointsEntry)
    /// `answer.confirmed`: a customer's answer to a survey's question.
    case answerConfirmed(Answer)
    /// `run.planned`: a campaign's occurrence and how many will get it.
    case runPlanned(Run)
    /// `run.recipients`: some of the customers of a planned run.
    case runRecipients(RunID, [CustomerID])
    /// `run.finished`: nobody of the run is left to mail.
    case runFinished(RunID)
    /// `mail.intent`: a batch that is about to be handed to a relay.
    case mailIntent(MailIntent)
    /// `mail.outcome`: what became of one message.
    case mailOutcome(MailOutcome)

    /// The type written in the record.
    package var type: String {
        switch self {
        case .customerSaved: "customer.saved"
        case .orderSaved: "order.saved"
        case .points(let entry): "points.\(entry.kind.rawValue)"
        case .answerConfirmed: "answer.confirmed"
        case .runPlanned: "run.planned"
        case .runRecipients: "run.recipients"
        case .runFinished: "run.finished"
        case .mailIntent: "mail.intent"
        case .mailOutcome: "mail.outcome"
        }
    }

    /// The store that holds the record.
    package var store: StoreName {
        switch self {
        case .customerSaved: .customers
        case .orderSaved: .orders
        case .points: .points
        case .answerConfirmed: .responses
        case .runPlanned, .runRecipients, .runFinished, .mailIntent, .mailOutcome: .mail
        }
    }
}

/// The five journals, by the name of their file without `.jsonl`.
package enum StoreName: String, CaseIterable, Sendable {
    case customers, orders, points, responses, mail
}
