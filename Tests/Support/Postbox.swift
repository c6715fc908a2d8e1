import Foundation

/// Where messages arrive in a test.
package protocol Postbox: Sendable {
    /// The port of 127.0.0.1 where it listens.
    var port: UInt16 { get }
    /// The messages that it has accepted.
    func arrivals() throws -> [Arrival]
    /// Ends it and forgets what it took.
    func stop()
}

/// A message that was accepted.
package struct Arrival: Hashable, Sendable {
    /// The envelope's recipient.
    package let recipient: String
    package let messageID: String
    /// When it was accepted; nil where that is not written down.
    package let at: ContinuousClock.Instant?
}

extension Data {
    /// What stands between a text and the next occurrence of another; empty when they are not there.
    /// Bytes and not characters: tests look at tens of thousands of messages.
    func text(after start: String, until end: String) -> String {
        guard let found = range(of: Data(start.utf8)),
            let ended = range(of: Data(end.utf8), in: found.upperBound..<endIndex)
        else { return "" }
        return String(decoding: self[found.upperBound..<ended.lowerBound], as: UTF8.self)
    }
}
