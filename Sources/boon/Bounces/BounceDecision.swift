import Composing
import Delivering
import Model
import Recording

/// Decides under the writer's lock what a batch of messages from the bounce mailbox comes to. What the batch itself
/// has recorded counts as much as what the store holds.
struct BounceDecision {
    private let view: IndexView
    private let tokens: BounceTokens
    private let now: Timestamp
    /// By the report's identity.
    private var bounces: [String: MailBounce] = [:]
    private var suppressions: [CustomerID: Suppression.Reason] = [:]
    /// What is to be recorded.
    private(set) var events: [Event] = []
    /// What asks for no more mails. It is recorded after the consents have ended, which is another store and so another
    /// commit: a crash between the two may repeat a request, and loses none.
    private(set) var requests: [MailBounce] = []

    init(_ view: IndexView, tokens: BounceTokens, now: Timestamp) {
        (self.view, self.tokens, self.now) = (view, tokens, now)
    }

    /// Decides about one message.
    mutating func record(_ reading: BounceReading) throws -> BounceOutcome {
        guard let message = try message(of: reading) else { return BounceOutcome(kind: .notOurs) }
        let kind: MailBounce.Kind
        switch reading.meaning {
        case .hard: kind = .hard
        case .soft, .aboutUs: kind = .soft
        case .complaint: kind = .complaint
        case .unsubscribe: kind = .unsubscribe
        case .noNews: return BounceOutcome(kind: .noNews)
        case .other: return BounceOutcome(kind: .notOurs)
        }
        if try bounces[reading.report] != nil || view.hasBounce(report: reading.report) {
            return BounceOutcome(kind: .known)
        }
        let bounce = MailBounce(
            report: reading.report, run: message.run, customer: message.customer.id, kind: kind,
            status: reading.status?.description, reply: reading.reply(hiding: message.customer.email),
            occurred: min(reading.date ?? now, now))
        if kind == .unsubscribe {
            bounces[bounce.report] = bounce
            return unsubscribe(message.customer, by: bounce)
        }
        let suppression = try suppression(after: bounce, of: message)
        bounces[bounce.report] = bounce
        events.append(.mailBounced(bounce))
        if let suppression {
            suppressions[bounce.customer] = suppression.reason
            events.append(.addressSuppressed(suppression))
        }
        return BounceOutcome(
            kind: .recorded(reading.meaning), words: bounce.reply, suppressed: suppression?.customer)
    }

    /// Every request is recorded, also of who has unsubscribed: it must not act once they have subscribed again.
    private mutating func unsubscribe(_ customer: Customer, by request: MailBounce) -> BounceOutcome {
        let isKnown =
            customer.consent == .unsubscribed || requests.contains { $0.customer == customer.id }
        requests.append(request)
        return BounceOutcome(kind: isKnown ? .known : .unsubscribed)
    }

    private struct Message {
        let run: RunID
        let customer: Customer
        /// When it was first about to be handed over.
        let sent: Timestamp
    }

    /// The message that came back. A token can be right and the message unknown: of a preview, or of a store that
    /// was lost.
    private func message(of reading: BounceReading) throws -> Message? {
        guard let numbers = reading.tokens.lazy.compactMap(tokens.message).first,
            let run = try view.runID(number: numbers.run),
            let id = try view.customerID(number: numbers.customer), let customer = try view.customer(id),
            let sent = try view.recipient(id, of: run)?.first
        else { return nil }
        return Message(run: run, customer: customer, sent: sent)
    }

    private func suppression(after bounce: MailBounce, of message: Message) throws -> Suppression? {
        let since = bounce.occurred.advanced(milliseconds: -BouncePolicy.softWindow - 1)
        let others =
            try bounce.kind == .soft
            ? view.bounces(of: bounce.customer, since: since)
                + bounces.values.filter { $0.customer == bounce.customer }
            : []
        guard let reason = BouncePolicy.suppression(after: bounce, others: others) else { return nil }
        // What an address did is held against that address alone; what its owner said, against none.
        if reason.concernsAddress {
            if let since = try view.addressSince(of: bounce.customer), since > message.sent { return nil }
            if try standing(of: bounce.customer) != nil { return nil }
        } else if let standing = try standing(of: bounce.customer), !standing.concernsAddress {
            return nil
        }
        let detail =
            bounce.kind == .soft ? "several messages came back, the last with: \(bounce.reply)" : bounce.reply
        return Suppression(customer: bounce.customer, reason: reason, detail: detail, actor: "boon")
    }

    /// Why the customer is not mailed already.
    private func standing(of customer: CustomerID) throws -> Suppression.Reason? {
        if let reason = suppressions[customer] { return reason }
        guard let known = try view.suppression(of: customer), known.holds else { return nil }
        return known.suppression.reason
    }
}
