import MIME

/// Whoever takes a message to a relay. A courier belongs to one thread and may block it.
package protocol Courier {
    /// Hands over one message and says what became of it.
    /// - Parameter stop: Gives up the attempt as long as the relay has no text of it.
    func deliver(_ envelope: Envelope, _ message: FinalBytes, stop: StopSignal) -> Outcome
}
