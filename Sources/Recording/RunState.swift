/// Whether a run goes on.
package enum RunState: String, CaseIterable, Sendable {
    case open, paused, cancelled, finished
    /// Nobody gets it: its time had passed, or nobody was in the audience.
    case skipped
}
