import MIME

/// Hands messages to one relay over one connection, which is kept open and reopened when it has ended.
///
/// One easy handle a connection, each on its own thread: `curl_multi` would block on every reply to the
/// end of the text. libcurl closes a connection after any refusal, so each refused recipient costs a new one.
package final class SMTPCourier: Courier {
    /// How long the relay may take. The defaults are those of delivery.md.
    package struct Timeouts: Sendable {
        /// Seconds until the connection, TLS and greeting included, must stand.
        package var connect: Double
        /// Seconds for each reply, and for a stall while the text is sent.
        package var reply: Int

        /// RFC 5321, section 4.5.3.2.6 asks for ten minutes at the end of the text.
        package init(connect: Double = 30, reply: Int = 600) {
            (self.connect, self.reply) = (connect, reply)
        }
    }

    private let relay: Relay
    private let handle: EasyHandle

    /// Prepares a connection; it is opened with the first message.
    /// - Throws: `CurlError` when libcurl lacks something that is needed, TLS for instance.
    package init(relay: Relay, timeouts: Timeouts = Timeouts()) throws(CurlError) {
        self.relay = relay
        handle = try EasyHandle()
        try handle.prepare(for: relay, timeouts)
        try handle.set(.upload, true)
    }

    /// Hands over one message, blocking until its outcome is known.
    package func deliver(_ envelope: Envelope, _ message: FinalBytes, stop: StopSignal) -> Outcome {
        guard !stop.isRaised else { return .withdrawn }
        var attempt = attempt(envelope, message, stop, freshConnection: false)
        if DeliveryPolicy.shouldReopen(after: attempt) {
            attempt = self.attempt(envelope, message, stop, freshConnection: true)
        }
        return DeliveryPolicy.outcome(of: attempt, relay: relay.name)
    }

    private func attempt(
        _ envelope: Envelope, _ message: FinalBytes, _ stop: StopSignal, freshConnection: Bool
    ) -> Attempt {
        message.bytes.withUnsafeBytes { bytes in
            let conversation = Conversation(message: bytes, stop: stop)
            let error = transfer(envelope, conversation, freshConnection: freshConnection)
            if error != nil && conversation.shouldGiveUp { handle.hangUp() }
            let reply = conversation.decidingReply(code: handle.replyCode)
            return Attempt(
                error: error, reply: reply.flatMap { SMTPReply($0.lines, hiding: envelope.recipient) },
                replyCount: reply?.count ?? 0, tookSender: conversation.tookSender,
                heardGoAhead: conversation.heardGoAhead, reusedConnection: handle.reusedConnection,
                wasStopped: error != nil && conversation.shouldGiveUp)
        }
    }

    private func transfer(
        _ envelope: Envelope, _ conversation: Conversation, freshConnection: Bool
    ) -> CurlError? {
        do throws(CurlError) {
            try handle.set(.freshConnection, freshConnection)
            try handle.set(.sender, envelope.sender)
            try handle.perform(to: envelope.recipient, conversation)
            return nil
        } catch {
            return conversation.heardGarbage ? CurlError(code: error.code, details: Self.garbage) : error
        }
    }

    private static let garbage = "the relay answered with something that is no SMTP reply"
}
