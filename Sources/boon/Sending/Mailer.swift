import Composing
import Delivering
import MIME
import Model
import Planning
import Recording

/// One message that is ready to be handed over.
struct Parcel: Sendable {
    let customer: CustomerID
    let envelope: Envelope
    let message: FinalBytes
    /// Which attempt this will be, from 1.
    let attempt: Int
    /// When the first attempt was named in the store; nil when this is it.
    let first: Timestamp?
}

/// A batch of a run's recipients, composed: what can be sent, and what cannot with the reason.
struct Batch: Sendable {
    var parcels: [Parcel] = []
    var skipped: [MailOutcome] = []
}

/// Composes the messages of one run.
struct Mailer: Sendable {
    let store: Store
    let composer: Composer
    let run: RunID
    /// The instant that the messages are composed for: all of a run see the same one.
    let now: Timestamp
    let limits: MailLimits
    /// nil without DKIM.
    let signer: DKIMSigner?

    /// Reads who the recipients are by now and writes their messages.
    /// - Throws: `ComposingError` when the campaign as a whole cannot be composed, `StoreError`.
    func compose(_ recipients: [RecipientSummary]) throws -> Batch {
        let known = try store.read { view in
            try recipients.map { recipient in
                (
                    profile: try view.customer(recipient.customer).map { try view.profile(of: $0) },
                    limit: try limits.reason(against: recipient.customer, in: view)
                )
            }
        }
        var batch = Batch()
        for (recipient, known) in zip(recipients, known) {
            do {
                if let limit = known.limit { throw Skip(sentence: limit) }
                batch.parcels.append(try parcel(for: recipient, known.profile))
            } catch let reason as Skip {
                batch.skipped.append(
                    MailOutcome(
                        run: run, customer: recipient.customer, result: .skipped, attempt: recipient.attempt,
                        reply: reason.sentence))
            }
        }
        return batch
    }

    private struct Skip: Error {
        let sentence: String
    }

    private func parcel(for recipient: RecipientSummary, _ profile: Profile?) throws -> Parcel {
        guard let profile else { throw Skip(sentence: "the customer is not known any more") }
        guard profile.customer.consent == .subscribed else {
            throw Skip(sentence: "the customer is \(profile.customer.consent.rawValue) by now")
        }
        do {
            let message = try composer.compose(for: profile.recipient, run: run, now: now)
            let envelope = try Envelope(sender: message.sender.text, recipient: message.recipient.text)
            let bytes = try signer?.sign(message.bytes, at: now.seconds) ?? message.bytes
            return Parcel(
                customer: recipient.customer, envelope: envelope, message: bytes,
                attempt: recipient.attempt + 1, first: recipient.first)
        } catch let error as AddressError {
            throw Skip(sentence: error.description)
        } catch let error as ComposingError where error.isAboutRecipient {
            throw Skip(sentence: error.description)
        }
    }
}

extension Profile {
    /// The customer as composing sees them.
    var recipient: Recipient {
        Recipient(customer: customer, orders: orders, ledger: ledger)
    }
}
