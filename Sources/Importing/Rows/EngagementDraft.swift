import Model

/// What one row says that a customer did with a mail; whose and which one is not looked up yet.
struct EngagementDraft: Sendable {
    /// The tracker's identifier; nil when the row has none.
    let id: String?
    let customer: NamedCustomer
    let mail: NamedMail
    let kind: Engagement.Kind
    let url: String?
    let occurred: Timestamp

    /// The identifier of the engagement of a customer. Without one of the tracker's it comes from all that the row says,
    /// the mail as it is named there: which run that is could be told otherwise some day.
    func id(of customer: CustomerID) -> String {
        id ?? "m-" + Event.engaged(engagement("", of: customer, in: RunID(mail.name))).digest
    }

    /// The engagement of a customer with the mail of a run.
    func engagement(_ id: String, of customer: CustomerID, in run: RunID) -> Engagement {
        Engagement(
            id: id, customer: customer, run: run, kind: kind, url: url, occurred: occurred, via: "import")
    }
}
