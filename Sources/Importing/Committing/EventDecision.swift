import Model
import Recording

/// Decides which events are new, one row after the other, as if each were recorded at once.
struct EventDecision {
    /// What becomes of one row.
    enum Outcome: Sendable {
        case added
        case unchanged
        case refused(RowFault)
    }

    /// What is to be recorded.
    private(set) var events: [Event] = []

    private let view: IndexView
    /// What earlier rows have told, which the index does not show before it is committed.
    private var told: [String: CustomerEvent] = [:]

    init(_ view: IndexView) {
        self.view = view
    }

    /// Takes what a row tells. An event is never changed: campaigns may have followed it.
    mutating func take(_ draft: EventDraft) throws -> Outcome {
        guard let customer = try customer(of: draft) else {
            let name =
                draft.customer.map { "Customer '\($0.text.shortened)'" } ?? "A customer with this address"
            return .refused(RowFault("\(name) is not known; import the customers first."))
        }
        let event = draft.event(of: customer)
        if let known = try told[event.id] ?? view.event(id: event.id) {
            if known == event { return .unchanged }
            return .refused(
                RowFault(
                    "Another event has the id '\(event.id.shortened)' already, and what has happened is not changed;"
                        + " correct the row, or give the event an id of its own."))
        }
        told[event.id] = event
        events.append(.happened(event))
        return .added
    }

    /// To whom it happened: the identifier counts where the row has one, since addresses change.
    private func customer(of draft: EventDraft) throws -> CustomerID? {
        if let id = draft.customer { return try view.customerNumber(id) == nil ? nil : id }
        return try draft.addressKey.flatMap { try view.customerID(email: $0) }
    }
}
