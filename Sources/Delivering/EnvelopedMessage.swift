import MIME

/// A message with whom it comes from and whom it is for.
package struct EnvelopedMessage: Sendable {
    package let envelope: Envelope
    package let message: FinalBytes

    /// Puts a message into its envelope.
    package init(_ envelope: Envelope, _ message: FinalBytes) {
        (self.envelope, self.message) = (envelope, message)
    }
}
