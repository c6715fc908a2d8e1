import Foundation

/// Waits until something outside of the test has come true, and not an instant longer than that needs.
/// - Throws: `POSIXError` when it has not within the time, and has been looked at a thousand times: while other tests
///   keep all threads busy, time passes and nobody looks. What was begun with `async let` is waited for when this throws:
///   it has to end then, by a `defer` after it.
package func waitUntil(within time: Duration = .seconds(60), _ isTrue: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + time
    var looks = 0
    while try await !isTrue() {
        looks += 1
        guard looks < 1000 || ContinuousClock.now < deadline else { throw POSIXError(.ETIMEDOUT) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Waits until a server listens, at most ten seconds.
package func waitUntilListening(port: UInt16) async throws {
    try await waitUntil { Socket.isListening(port: port) }
}
