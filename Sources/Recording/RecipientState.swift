import Model

/// Where a recipient of a run stands.
package enum RecipientState: String, CaseIterable, Sendable {
    /// Not handed to a relay yet.
    case planned
    /// Named in an intent whose outcome is not known: being sent now, or in doubt after a crash.
    case intended
    case accepted, deferred, refused, failed, skipped
    case inDoubt = "in_doubt"

    /// Whether a relay took the mail or may have: one in doubt counts.
    package var isSent: Bool { [Self.accepted, .intended, .inDoubt].contains(self) }

    /// The states of who was sent a mail, as SQL.
    static let sent = allCases.filter(\.isSent).map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// The number of rows in each state, as SQL: a column for each, named like the state.
    static let counts = allCases.map { "count(*) FILTER (WHERE state = '\($0.rawValue)') AS \($0.rawValue)" }
        .joined(separator: ", ")

    init(after outcome: MailOutcome) {
        switch outcome.result {
        // Who was never tried is planned again; what was tried stays deferred.
        case .withdrawn: self = outcome.attempt == 0 ? .planned : .deferred
        case .accepted: self = .accepted
        case .deferred: self = .deferred
        case .refused: self = .refused
        case .failed: self = .failed
        case .skipped: self = .skipped
        case .inDoubt: self = .inDoubt
        }
    }
}
