import CCurl
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
    private let stop: StopSignal
    private let handle: EasyHandle

    /// Prepares a connection; it is opened with the first message.
    /// - Parameter stop: Gives up an attempt as long as the relay has no text of it.
    /// - Throws: `CurlError` when libcurl lacks something that is needed, TLS for instance.
    package init(relay: Relay, timeouts: Timeouts = Timeouts(), stop: StopSignal = StopSignal())
        throws(CurlError)
    {
        self.relay = relay
        self.stop = stop
        handle = try EasyHandle()
        try handle.set(.protocols, "smtp,smtps")
        try handle.set(.proxy, "")
        try handle.set(.url, relay.address.description)
        try handle.set(.noSignals, true)
        try handle.set(.noProgress, false)
        try handle.set(.upload, true)
        try handle.set(.connectTimeout, Int(timeouts.connect * 1000))
        try handle.set(.replyTimeout, timeouts.reply)
        try handle.set(.stalledBelow, 1)
        try handle.set(.stalledTimeout, timeouts.reply)
        try setEncryption()
        if let login = relay.login {
            try handle.set(.username, login.username)
            try handle.set(.password, login.password)
        }
    }

    /// Hands over one message, blocking until its outcome is known.
    package func deliver(_ envelope: Envelope, _ message: FinalBytes) -> Outcome {
        guard !stop.isRaised else { return .withdrawn }
        var attempt = attempt(envelope, message, freshConnection: false)
        if DeliveryPolicy.shouldReopen(after: attempt) {
            attempt = self.attempt(envelope, message, freshConnection: true)
        }
        return DeliveryPolicy.outcome(of: attempt, relay: relay.name)
    }

    /// `CURLUSESSL_TRY` would silently send in clear, so there is only all or nothing.
    private func setEncryption() throws(CurlError) {
        let use = relay.tls == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        try handle.set(.tlsUse, Int(use.rawValue))
        try handle.set(.tlsVersion, Int(CURL_SSLVERSION_TLSv1_2))
        try handle.set(.verifiesPeer, true)
        try handle.set(.verifiesHost, 2)
        if let file = relay.certificateAuthorities { try handle.set(.certificateAuthorities, file) }
    }

    private func attempt(_ envelope: Envelope, _ message: FinalBytes, freshConnection: Bool) -> Attempt {
        message.bytes.withUnsafeBytes { bytes in
            let conversation = Conversation(message: bytes, stop: stop)
            let error = transfer(envelope, conversation, freshConnection: freshConnection)
            let reply = conversation.decidingReply(code: handle.replyCode)
            return Attempt(
                error: error, reply: reply.flatMap { SMTPReply($0.lines, hiding: envelope.recipient) },
                replyCount: reply?.count ?? 0, heardGoAhead: conversation.heardGoAhead,
                reusedConnection: handle.reusedConnection,
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
