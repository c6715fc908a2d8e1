/// One occurrence of one campaign: who gets it is fixed when it is planned.
package struct Run: Hashable, Sendable {
    /// The stable identity: `campaign@2026-11-23T09:00+02:00`, or `campaign@2026-11-23T09:00` for each recipient's
    /// own clock; `campaign@2026-11-23` for what happened that day; by hand `campaign@2026-11-23T07:00:00.000Z`.
    package var id: RunID
    /// The campaign's identifier.
    package var campaign: String
    /// The instant it stands for.
    package var occurrence: Timestamp
    /// How many recipients were planned.
    package var recipients: Int
    /// Names the files that it is sent with, which the store keeps; nil for a run that is sent with the workspace's as
    /// they are by then.
    package var definitions: String?
    /// When its A/B test is decided at the earliest; who is due before is tested, and all others wait for the decision.
    /// Nil where nobody is tested.
    package var decides: Timestamp?
    /// What limits count its mails for: the campaign's topic when it was planned, empty for a campaign without one.
    /// Nil in records of versions that did not keep it.
    package var topic: String?

    /// The run of a campaign under an identity of its own.
    package init(
        id: RunID, campaign: String, occurrence: Timestamp, recipients: Int, definitions: String? = nil,
        decides: Timestamp? = nil, topic: String? = nil
    ) {
        (self.id, self.campaign, self.occurrence, self.recipients) = (id, campaign, occurrence, recipients)
        (self.definitions, self.decides, self.topic) = (definitions, decides, topic)
    }

    /// The run of a campaign for one instant, by hand.
    package init(
        campaign: String, occurrence: Timestamp, recipients: Int, definitions: String? = nil,
        decides: Timestamp? = nil, topic: String? = nil
    ) {
        self.init(
            id: RunID("\(campaign)@\(occurrence)"), campaign: campaign, occurrence: occurrence,
            recipients: recipients, definitions: definitions, decides: decides, topic: topic)
    }
}

extension RunID {
    /// Whether it is that of a run by hand: only there an instant in UTC follows the campaign. A schedule in UTC writes its
    /// offset, `+00:00`.
    package var isByHand: Bool { text.hasSuffix("Z") }
}

/// A batch of messages that is about to be handed to a relay, named before it is.
package struct MailIntent: Hashable, Sendable {
    package var run: RunID
    /// The relay's name in the settings.
    package var relay: String
    package var customers: [CustomerID]

    /// A batch for one relay.
    package init(run: RunID, relay: String, customers: [CustomerID]) {
        (self.run, self.relay, self.customers) = (run, relay, customers)
    }
}

/// What became of one message at one attempt.
package struct MailOutcome: Hashable, Sendable {
    /// The ways an attempt can end (delivery.md, outcome table).
    package enum Result: String, CaseIterable, Sendable {
        /// The relay took responsibility for it.
        case accepted
        /// Not now; tried again at `retry`.
        case deferred
        /// The relay said no for good.
        case refused
        /// Deferred too often.
        case failed
        /// Given back before any relay was asked about it: it waits as it did before.
        case withdrawn
        /// Not handed over, for a reason of ours.
        case skipped
        /// Whether the relay has it is not known.
        case inDoubt = "in_doubt"
    }

    package var run: RunID
    package var customer: CustomerID
    package var result: Result
    /// Which attempt this was, from 1; one that says nothing about the message does not count.
    package var attempt: Int
    /// The relay's reply without the address, or our reason.
    package var reply: String
    /// The relay, where one was asked.
    package var relay: String?
    /// When to try again, for a deferred message and for one that was given back.
    package var retry: Timestamp?

    /// An outcome with all its parts.
    package init(
        run: RunID, customer: CustomerID, result: Result, attempt: Int, reply: String,
        relay: String? = nil, retry: Timestamp? = nil
    ) {
        (self.run, self.customer, self.result, self.attempt) = (run, customer, result, attempt)
        (self.reply, self.relay, self.retry) = (reply, relay, retry)
    }
}
