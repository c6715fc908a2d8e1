import Foundation
import UnixSignals

/// Ctrl-C (SIGINT), SIGTERM and the end of the terminal (SIGHUP), in the place of ending at once.
enum Interrupt {
    /// Waits for one of them. A SIGHUP that is ignored stays so: `nohup` means that.
    /// - Returns: false when the task was cancelled before.
    @discardableResult
    static func wait() async -> Bool {
        let signals: [UnixSignal] = isIgnored(SIGHUP) ? [.sigint, .sigterm] : [.sigint, .sigterm, .sighup]
        for await _ in await UnixSignalsSequence(trapping: signals) { return true }
        return false
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else {
            return false
        }
        return unsafeBitCast(handler, to: Int.self) == 1
    }
}
