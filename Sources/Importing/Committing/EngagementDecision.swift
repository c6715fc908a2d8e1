import Model
import Recording

/// Decides which clicks and opened mails are new, and which run's mail each was.
struct EngagementDecision: RowDecision {
    private(set) var events: [Event] = []

    /// What earlier rows have told, which the index does not show before it is committed.
    private var told: [String: Engagement] = [:]

    /// An engagement is never changed: a test may have been decided by it.
    mutating func take(_ draft: EngagementDraft, in view: IndexView) throws -> Bool {
        let customer = try draft.customer.known(in: view)
        let id = draft.id(of: customer)
        if let known = try told[id] ?? view.engagement(id: id) {
            let isSame = draft.engagement(id, of: customer, in: known.run) == known
            if isSame, try draft.mail.canBe(known.run, in: view) { return false }
            throw RowFault(
                "Another click has the id '\(id.shortened)' already, and what has happened is not changed;"
                    + " correct the row, or give the click an id of its own.")
        }
        let run = try draft.mail.run(sentTo: customer, by: draft.occurred, in: view)
        let engagement = draft.engagement(id, of: customer, in: run)
        told[id] = engagement
        events.append(.engaged(engagement))
        return true
    }
}
