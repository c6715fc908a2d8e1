import Model

/// A recipient of a run as listings show them.
struct RecipientRow: Encodable {
    let customer: String
    let state: String
    let attempt: Int
    let relay: String?
    let reply: String?
    let due: Timestamp?
    /// What to look for in the relay's log, for one in doubt.
    let messageId: String?
}
