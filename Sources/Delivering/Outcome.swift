/// What became of one message at one attempt. Refused mail is a result, not an error.
package struct Outcome: Hashable, Sendable {
    /// The ways an attempt can end.
    package enum Verdict: Hashable, Sendable {
        /// The relay took responsibility for the message.
        case accepted
        /// Not now: it is tried again by the retry schedule.
        case deferred
        /// The relay was not reached, or has trouble of its own: nothing is known about the message, and
        /// nothing was handed over. It is due again at once, over whichever relay is in order.
        case unreachable
        /// The relay refused it for good.
        /// - suppress: Whether the address itself does not exist and must not be mailed again.
        case refused(suppress: Bool)
        /// The relay refuses us, not this recipient. Nothing was handed over; the run must pause, and
        /// `reason` is a sentence that says what to do.
        case pause(reason: String)
        /// The connection broke while the relay may have had the whole message.
        case inDoubt
        /// Sending was stopped before an attempt was made; nothing was handed over.
        case withdrawn
    }

    package let verdict: Verdict
    /// The relay's reply with addresses taken out, or what happened instead of one.
    package let reply: String

    /// What becomes of a message that was not tried because sending stops.
    static let withdrawn = Outcome(
        .withdrawn, reply: "Sending was stopped before the message was handed over.")

    /// An outcome with both its parts.
    package init(_ verdict: Verdict, reply: String) {
        (self.verdict, self.reply) = (verdict, reply)
    }
}
