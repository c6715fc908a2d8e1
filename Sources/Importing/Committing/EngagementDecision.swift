import Model
import Recording

/// Decides which clicks and opened mails are new, and which run's mail each was.
struct EngagementDecision: RowDecision {
    private(set) var events: [Event] = []

    private let view: IndexView
    /// What earlier rows have told, which the index does not show before it is committed.
    private var told: [String: Engagement] = [:]

    init(_ view: IndexView) {
        self.view = view
    }

    /// An engagement is never changed: a test may have been decided by it.
    mutating func take(_ draft: EngagementDraft) throws -> Bool {
        let customer = try draft.customer.known(in: view)
        let id = draft.id(of: customer)
        if let known = try told[id] ?? view.engagement(id: id) {
            let isSame = draft.engagement(id, of: customer, in: known.run) == known
            if isSame, try isMail(of: known.run, draft.mail) { return false }
            throw RowFault(
                "Another click has the id '\(id.shortened)' already, and what has happened is not changed;"
                    + " correct the row, or give the click an id of its own.")
        }
        let engagement = draft.engagement(id, of: customer, in: try run(of: draft, by: customer))
        told[id] = engagement
        events.append(.engaged(engagement))
        return true
    }

    private func isMail(of run: RunID, _ mail: EngagementDraft.Mail) throws -> Bool {
        switch mail {
        case .run(let named): run == named
        case .lastOf(let campaign): try view.campaign(of: run) == campaign
        }
    }

    /// The run whose mail is meant, which was sent to the customer.
    /// - Throws: `RowFault` where there is none; what the index throws.
    private func run(of draft: EngagementDraft, by customer: CustomerID) throws -> RunID {
        switch draft.mail {
        case .run(let run):
            guard let recipient = try view.recipient(customer, of: run), recipient.state.isSent,
                let first = recipient.first
            else {
                throw RowFault(
                    "No mail of the run '\(run.text.shortened)' was sent to customer '\(customer.text.shortened)';"
                        + " correct the run or the customer.")
            }
            guard first <= draft.latestSending else {
                throw RowFault(
                    "The mail was sent later, at \(first); correct the time, or write it with its offset.")
            }
            return run
        case .lastOf(let campaign):
            guard let run = try view.lastRun(of: campaign, sentTo: customer, by: draft.latestSending) else {
                throw RowFault(
                    "No mail of the campaign '\(campaign.shortened)' was sent to customer"
                        + " '\(customer.text.shortened)' by then; correct the campaign, the customer or the time."
                )
            }
            return run
        }
    }
}
