import Composing
import Delivering
import MIME
import Model
import Recording

/// Reads a bounce mailbox to its end, a batch and a commit at a time.
struct BounceIntake {
    private let store: Store
    private let tokens: BounceTokens
    private let verp: VERP
    private let note: (Int) -> Void

    /// The reports about a workspace's mails.
    /// - Parameter note: told how many messages were read since it was last told.
    /// - Throws: `Failure` when the secret of the tokens cannot be read.
    init(of workspace: Workspace, in store: Store, note: @escaping (Int) -> Void = { _ in }) throws {
        (self.store, self.note) = (store, note)
        tokens = try Secret.signer(of: workspace).bounces
        verp = VERP(base: try Mailbox(parsing: workspace.settings.bounce).address)
    }

    /// Records what came back. A batch leaves the mailbox only once it is durable, so a crash loses nothing; what is
    /// read again is known by its identity.
    /// - Parameter stop: begins no further batch once it is raised.
    /// - Throws: `MailboxError`, `StoreError`; what was recorded before stays recorded.
    func read(_ mailbox: any BounceMailbox, until stop: StopSignal = StopSignal()) throws -> BounceTally {
        defer { mailbox.close() }
        var tally = BounceTally()
        while !stop.isRaised {
            let messages = try mailbox.next()
            if messages.isEmpty { break }
            let readings = messages.map { message in message.bytes.map { BounceReading($0, verp: verp) } }
            let (outcomes, requests) = try store.commit { [tokens] view in
                var decision = BounceDecision(view, tokens: tokens, now: .now)
                let outcomes = try readings.map { reading in
                    try reading.map { try decision.record($0) } ?? BounceOutcome(kind: .tooLong)
                }
                return (decision.events, (outcomes, decision.requests))
            }
            if !requests.isEmpty { try store.unsubscribe(requests) }
            try mailbox.settle(zip(messages, outcomes).map { ($0.name, $1.fate) })
            for (message, outcome) in zip(messages, outcomes) { tally.add(outcome, of: message.name) }
            note(messages.count)
        }
        return tally
    }
}

extension Store {
    /// Ends the consent of customers who asked for it by mail, and then records that they did. Done twice, it changes
    /// nothing.
    fileprivate func unsubscribe(_ requests: [MailBounce]) throws {
        let runs = Dictionary(requests.map { ($0.customer, $0.run) }) { first, _ in first }
        try commit { view in
            let events = try runs.sorted { $0.key < $1.key }.compactMap { id, run -> Event? in
                guard var customer = try view.customer(id), customer.consent != .unsubscribed else {
                    return nil
                }
                customer.consent = .unsubscribed
                customer.consentSource =
                    "the customer's mail to the unsubscribe address of \(run), read by boon"
                return .customerSaved(customer)
            }
            return (events, ())
        }
        try record(requests.map(Event.mailBounced))
    }
}
