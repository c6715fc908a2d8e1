import Foundation

/// Waits until something outside of the test has come true, and not an instant longer than that needs.
/// - Throws: `POSIXError` when it has not within the time.
package func waitUntil(within time: Duration = .seconds(60), _ isTrue: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + time
    while try await !isTrue() {
        guard ContinuousClock.now < deadline else { throw POSIXError(.ETIMEDOUT) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Waits until a server listens, at most ten seconds.
package func waitUntilListening(port: UInt16) async throws {
    try await waitUntil { Socket.isListening(port: port) }
}
