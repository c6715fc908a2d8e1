/// Whether a run goes on.
package enum RunState: String, CaseIterable, Sendable {
    case open, paused, cancelled, finished
    /// Nobody more gets it until a person goes on with it, by sending or resuming it: no daemon does.
    case held
    /// Nobody gets it: its time had passed, or nobody was in the audience.
    case skipped

    /// Whether its recipients get it: by a daemon, or by the hand that holds it.
    package var isSending: Bool { self == .open || self == .held }

    /// Whether it stands still until a person goes on with it.
    package var isStanding: Bool { self == .paused || self == .held }
}
