import Model
import Recording

/// Decides which events are new.
struct EventDecision: RowDecision {
    private(set) var events: [Event] = []

    /// What earlier rows have told, which the index does not show before it is committed.
    private var told: [String: CustomerEvent] = [:]

    /// An event is never changed: campaigns may have followed it.
    mutating func take(_ draft: EventDraft, in view: IndexView) throws -> Bool {
        let event = draft.event(of: try draft.customer.known(in: view))
        if let known = try told[event.id] ?? view.event(id: event.id) {
            if known == event { return false }
            throw RowFault(
                "Another event has the id '\(event.id.shortened)' already, and what has happened is not changed;"
                    + " correct the row, or give the event an id of its own.")
        }
        told[event.id] = event
        events.append(.happened(event))
        return true
    }
}
