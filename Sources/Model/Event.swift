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
    /// `run.recipients`: some of the customers of a planned run, and from when on they are mailed; at once when nil.
    case runRecipients(RunID, [CustomerID], due: Timestamp? = nil)
    /// `run.triggered`: more recipients of a planned run, each because of something that happened to them.
    case runTriggered(TriggeredRecipients)
    /// `run.decided`: what the A/B test of a run has shown, and what everyone else gets therefore.
    case runDecided(RunDecision)
    /// `run.skipped`: an occurrence that nobody gets, and why.
    case runSkipped(Run, reason: String)
    /// `run.paused`: nobody more gets it until it is resumed, and why.
    case runPaused(RunID, reason: String)
    /// `run.held`: nobody more gets it until a person goes on with it, by sending or resuming it; and why.
    case runHeld(RunID, reason: String)
    /// `run.resumed`: it goes on, also where it had ended.
    case runResumed(RunID)
    /// `run.cancelled`: nobody more gets it.
    case runCancelled(RunID)
    /// `run.finished`: nobody of the run is left to mail.
    case runFinished(RunID)
    /// `campaign.scheduled`: a campaign's schedule, and from when on it holds.
    case campaignScheduled(ScheduledCampaign)
    /// `mail.intent`: a batch that is about to be handed to a relay.
    case mailIntent(MailIntent)
    /// `mail.outcome`: what became of one message.
    case mailOutcome(MailOutcome)
    /// `mail.bounced`: what came back after a relay had accepted a message.
    case mailBounced(MailBounce)
    /// `address.suppressed`: a customer is not mailed any more.
    case addressSuppressed(Suppression)
    /// `address.restored`: a suppressed customer may be mailed again, why, and who says so.
    case addressRestored(CustomerID, reason: String, actor: String)
    /// `mail.opened`, `mail.clicked`: what a customer did with a mail.
    case engaged(Engagement)
    /// `event.recorded`: something else that happened to a customer, as the shop tells it.
    case happened(CustomerEvent)

    /// The type written in the record.
    package var type: String {
        switch self {
        case .customerSaved: "customer.saved"
        case .orderSaved: "order.saved"
        case .points(let entry): "points.\(entry.kind.rawValue)"
        case .answerConfirmed: "answer.confirmed"
        case .runPlanned: "run.planned"
        case .runRecipients: "run.recipients"
        case .runTriggered: "run.triggered"
        case .runDecided: "run.decided"
        case .runSkipped: "run.skipped"
        case .runPaused: "run.paused"
        case .runHeld: "run.held"
        case .runResumed: "run.resumed"
        case .runCancelled: "run.cancelled"
        case .runFinished: "run.finished"
        case .campaignScheduled: "campaign.scheduled"
        case .mailIntent: "mail.intent"
        case .mailOutcome: "mail.outcome"
        case .mailBounced: "mail.bounced"
        case .addressSuppressed: "address.suppressed"
        case .addressRestored: "address.restored"
        case .engaged(let engagement): "mail.\(engagement.kind.rawValue)"
        case .happened: "event.recorded"
        }
    }

    /// The store that holds the record.
    package var store: StoreName {
        switch self {
        case .customerSaved: .customers
        case .orderSaved: .orders
        case .points: .points
        case .answerConfirmed, .engaged, .happened: .responses
        case .runPlanned, .runRecipients, .runTriggered, .runDecided, .runSkipped, .runPaused, .runHeld,
            .runResumed,
            .runCancelled, .runFinished, .campaignScheduled, .mailIntent, .mailOutcome, .mailBounced,
            .addressSuppressed, .addressRestored:
            .mail
        }
    }
}

/// The five journals, by the name of their file without `.jsonl`.
package enum StoreName: String, CaseIterable, Sendable {
    case customers, orders, points, responses, mail
}
