import Model

/// What one row says has happened; to whom is not looked up yet.
struct EventDraft: Sendable {
    /// The shop's identifier; nil when the row has none.
    let id: String?
    let customer: NamedCustomer
    let name: String
    let occurred: Timestamp
    let properties: [String: String]

    /// The event of a customer. Without an identifier it gets one from all that it is, so that what is told again,
    /// in this file or another, is the same event.
    func event(of customer: CustomerID) -> CustomerEvent {
        var event = CustomerEvent(
            id: id ?? "", customer: customer, name: name, occurred: occurred, properties: properties)
        if id == nil { event.id = "e-" + Event.happened(event).digest }
        return event
    }
}
