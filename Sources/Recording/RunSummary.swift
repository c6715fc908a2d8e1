import Model

/// A run as the index knows it.
package struct RunSummary: Hashable, Sendable {
    package let run: Run
    /// What the index knows it by.
    package let number: Int64
    /// When it was planned.
    package let planned: Timestamp
    package let state: RunState
    /// Why it is paused or was skipped.
    package let reason: String?
    /// When nobody was left to mail, or it was cancelled; nil while it goes on.
    package let ended: Timestamp?
    /// How many recipients are in each state; states without any are left out.
    package let counts: [RecipientState: Int]
}

/// A run that goes on.
package struct OpenRun: Hashable, Sendable {
    /// What the index knows it by.
    package let number: Int64
    package let id: RunID
    /// The campaign's identifier.
    package let campaign: String
    /// Names the files that it is sent with; nil for the workspace's as they are.
    package let definitions: String?
}
