import Composing
import Delivering
import Loyalty
import MIME
import Model
import Planning
import Recording

/// One message that is ready to be handed over.
struct Parcel: Sendable {
    let customer: CustomerID
    let message: EnvelopedMessage
    /// Which attempt this will be, from 1.
    let attempt: Int
    /// When the first attempt was named in the store; nil when this is it.
    let first: Timestamp?
}

/// A batch of a run's recipients, composed: what can be sent, and what cannot with the reason.
struct Batch: Sendable {
    var parcels: [Parcel] = []
    var skipped: [MailOutcome] = []

    /// The same batch, some of its recipients skipped after all, each for a reason.
    func without(_ refusals: [CustomerID: String], of run: RunID) -> Batch {
        if refusals.isEmpty { return self }
        var batch = Batch(skipped: skipped)
        for parcel in parcels {
            guard let reason = refusals[parcel.customer] else {
                batch.parcels.append(parcel)
                continue
            }
            batch.skipped.append(
                MailOutcome(
                    run: run, customer: parcel.customer, result: .skipped, attempt: parcel.attempt - 1,
                    reply: reason))
        }
        return batch
    }
}

/// Composes the messages of one run.
struct Mailer: Sendable {
    let store: Store
    let composer: Composer
    let run: NumberedRun
    /// nil for a run without an A/B test.
    let choice: VariantChoice?
    /// nil without DKIM.
    let signer: DKIMSigner?

    /// Reads who the recipients are by now and writes their messages.
    /// - Parameter now: the date of the messages, and the instant whose points they tell.
    /// - Throws: `ComposingError` when the campaign as a whole cannot be composed, `StoreError`.
    func compose(_ recipients: [RecipientSummary], at now: Timestamp) throws -> Batch {
        let customers = recipients.map(\.customer)
        let (dossiers, variants) = try store.read { view in
            (
                try view.dossiers(of: customers, withResponses: composer.asksForResponses),
                try choice?.variants(of: customers, in: view) ?? [:]
            )
        }
        var batch = Batch()
        var failures: [ComposingError] = []
        for recipient in recipients {
            do {
                batch.parcels.append(
                    try parcel(
                        for: recipient, dossiers[recipient.customer], variants[recipient.customer], at: now))
            } catch let reason as Skip {
                if let failure = reason.failure { failures.append(failure) }
                batch.skipped.append(
                    MailOutcome(
                        run: run.id, customer: recipient.customer, result: .skipped,
                        attempt: recipient.attempt,
                        reply: reason.sentence))
            }
        }
        // What fails for everyone is the campaign's fault, and no reason to leave them all out.
        if let failure = failures.first, failures.count > 1, failures.count == recipients.count {
            throw failure
        }
        return batch
    }

    private struct Skip: Error {
        let sentence: String
        /// What may be the campaign's fault as well as the recipient's.
        var failure: ComposingError?
    }

    private func parcel(
        for recipient: RecipientSummary, _ known: Dossier?, _ variant: Int?, at now: Timestamp
    ) throws -> Parcel {
        guard let known else { throw Skip(sentence: "the customer is not known any more") }
        guard known.customer.consent == .subscribed else {
            throw Skip(sentence: "the customer is \(known.customer.consent.rawValue) by now")
        }
        if let suppression = known.suppression {
            throw Skip(sentence: "the address is suppressed: \(suppression.detail)")
        }
        do {
            let message = try composer.compose(
                for: known.recipient(), run: run, variant: variant, now: now)
            let envelope = try Envelope(sender: message.sender, recipient: message.recipient)
            let bytes = try signer?.sign(message.bytes, at: now.seconds) ?? message.bytes
            return Parcel(
                customer: recipient.customer, message: EnvelopedMessage(envelope, bytes),
                attempt: recipient.attempt + 1, first: recipient.first)
        } catch let error as AddressError {
            throw Skip(sentence: error.description)
        } catch let error as ComposingError where error.isAboutRecipient {
            throw Skip(sentence: error.description)
        } catch let error as ComposingError where error.mayBeAboutRecipient {
            throw Skip(sentence: "the message could not be composed: \(error.description)", failure: error)
        } catch let error as LedgerError {
            throw Skip(sentence: "the customer's points contradict themselves: \(error)")
        }
    }
}

extension Dossier {
    /// The customer as composing sees them.
    /// - Throws: `LedgerError` when the points ledger contradicts itself.
    func recipient() throws -> Recipient {
        Recipient(
            customer: customer, number: number, orders: orders,
            ledger: try Ledger(customer: customer.id, entries: points), responses: responses)
    }
}

extension Profile {
    /// The customer as composing sees them, for a message that is not sent.
    var recipient: Recipient {
        Recipient(customer: customer, orders: orders, ledger: ledger, responses: responses)
    }
}
