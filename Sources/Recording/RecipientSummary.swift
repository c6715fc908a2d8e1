import Model

/// A recipient of a run as the index knows them.
package struct RecipientSummary: Hashable, Sendable {
    package let customer: CustomerID
    package let state: RecipientState
    /// Attempts so far.
    package let attempt: Int
    /// The relay that was asked last.
    package let relay: String?
    /// The relay's last reply without the address, or our reason.
    package let reply: String?
    /// From when on it is sent, or tried again; nil for at once.
    package let due: Timestamp?
    /// When it was first named in an intent; nil before that.
    package let first: Timestamp?
}
