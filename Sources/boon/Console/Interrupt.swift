import UnixSignals

/// Ctrl-C (SIGINT) and SIGTERM, in the place of ending at once.
enum Interrupt {
    /// Waits for one of the two.
    /// - Returns: false when the task was cancelled before.
    @discardableResult
    static func wait() async -> Bool {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return true }
        return false
    }
}
