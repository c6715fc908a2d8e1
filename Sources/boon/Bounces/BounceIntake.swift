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
            let readings = messages.map { BounceReading($0.bytes, verp: verp) }
            let (outcomes, unsubscribed) = try store.commit { [tokens] view in
                var decision = BounceDecision(view, tokens: tokens, now: .now)
                let outcomes = try readings.map { try decision.record($0) }
                return (decision.events, (outcomes, decision.unsubscribed))
            }
            if !unsubscribed.isEmpty { try store.unsubscribe(unsubscribed) }
            try mailbox.settle(zip(messages, outcomes).map { ($0.name, $1.fate) })
            for outcome in outcomes { tally.add(outcome) }
            note(messages.count)
        }
        return tally
    }
}

/// What reading a bounce mailbox came to, in numbers.
struct BounceTally: Encodable {
    private(set) var messages = 0
    private(set) var hard = 0
    private(set) var soft = 0
    private(set) var aboutUs = 0
    private(set) var complaints = 0
    /// Customers who asked for no more mails.
    private(set) var unsubscribed = 0
    private(set) var noNews = 0
    private(set) var known = 0
    private(set) var notOurs = 0
    /// Customers who are not mailed any more.
    private(set) var suppressed = 0
    /// What was last said about us.
    private(set) var lastAboutUs: String?

    mutating func add(_ outcome: BounceOutcome) {
        messages += 1
        if outcome.suppressed != nil { suppressed += 1 }
        switch outcome.kind {
        case .recorded(.hard): hard += 1
        case .recorded(.complaint): complaints += 1
        case .recorded(.aboutUs):
            aboutUs += 1
            lastAboutUs = outcome.words
        case .recorded: soft += 1
        case .known: known += 1
        case .unsubscribed: unsubscribed += 1
        case .noNews: noNews += 1
        case .notOurs: notOurs += 1
        }
    }

    /// For a person: what there was none of is left out, but for bounces and complaints.
    func report() {
        let rare = [(noNews, "without news"), (known, "recorded before"), (notOurs, "not ours")]
            .filter { $0.0 > 0 }.map { ", \(grouped($0.0)) \($0.1)" }.joined()
        Console.print(
            "\(counted(messages, "message")) read: \(grouped(hard)) hard, \(grouped(soft + aboutUs)) soft, "
                + "\(counted(complaints, "complaint"))\(rare)")
        if unsubscribed > 0 {
            Console.print("\(counted(unsubscribed, "customer")) unsubscribed, as they asked for by mail")
        }
        if suppressed > 0 {
            Console.print("\(counted(suppressed, "customer")) suppressed: no campaign mails them")
        }
        if let lastAboutUs {
            Console.warning(
                "\(counted(aboutUs, "message")) refused for what we are or send, and for no fault of an address; "
                    + "the last with: \(lastAboutUs)")
        }
    }
}

extension Store {
    /// Ends the consent of customers who asked for it by mail. Done twice, it changes nothing.
    /// - Parameter customers: with the run whose message they answer.
    fileprivate func unsubscribe(_ customers: [CustomerID: RunID]) throws {
        try commit { view in
            let events = try customers.sorted { $0.key < $1.key }.compactMap { id, run -> Event? in
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
    }
}
