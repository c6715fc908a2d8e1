import CCurl
import Model

/// All that Boon decides about failed deliveries, in one place.
///
/// | libcurl code and last reply | outcome |
/// | --- | --- |
/// | OK | accepted |
/// | any error, the last reply being 354 | in doubt |
/// | any error after 354, a 2xx following it | accepted |
/// | 421 before 354 | unreachable: it says something about the relay, nothing about the message |
/// | 8 before 354, 9, 64 or 67 with 4xx: the greeting, EHLO, STARTTLS, AUTH | unreachable |
/// | any other error, the last reply being 4xx | deferred |
/// | 55 or 8, 5xx with 530, 535 or 5.7.x | the run pauses: it is about us |
/// | 8 before 354, 9 or 67 with 5xx | the run pauses: the relay refuses the session, not a recipient |
/// | 55 or 8, any other 5xx | refused; 5.1.1 and 5.1.10 suppress the address |
/// | anything else before the relay took MAIL: no connection, no TLS, no reply, no sense | unreachable |
/// | anything else after it: a stale reply, silence | deferred |
package enum DeliveryPolicy {
    // MARK: Outcome of an attempt

    /// Decides what became of a message.
    /// - Parameters:
    ///   - attempt: What the attempt left behind.
    ///   - relay: The relay's name, for the sentence that a pause shows.
    package static func outcome(of attempt: Attempt, relay: String) -> Outcome {
        let words = attempt.reply?.description ?? ""
        guard let error = attempt.error else { return Outcome(.accepted, reply: words) }
        guard let reply = attempt.reply else { return withoutReply(attempt, error) }
        if attempt.heardGoAhead, reply.code < 400 {
            return reply.code < 300
                ? Outcome(.accepted, reply: words)
                : Outcome(.inDoubt, reply: "The connection broke after the text was sent: \(error)")
        }
        switch reply.code {
        case 421 where !attempt.heardGoAhead: return Outcome(.unreachable, reply: words)
        case 400..<500:
            return Outcome(endsSession(attempt, error) ? .unreachable : .deferred, reply: words)
        case 500... where answersCommand(error) || refusesSession(attempt, error):
            return refusal(reply, ofSession: refusesSession(attempt, error), relay: relay)
        default: return withoutReply(attempt, error)
        }
    }

    private static func withoutReply(_ attempt: Attempt, _ error: CurlError) -> Outcome {
        guard !attempt.wasStopped else { return .withdrawn }
        return Outcome(attempt.tookSender ? .deferred : .unreachable, reply: "Not handed over: \(error)")
    }

    private static func refusal(_ reply: SMTPReply, ofSession: Bool, relay: String) -> Outcome {
        if let reason = pauseReason(reply, ofSession: ofSession, relay: relay) {
            return Outcome(.pause(reason: reason), reply: reply.description)
        }
        let suppress = ["5.1.1", "5.1.10"].contains(reply.status?.description)
        return Outcome(.refused(suppress: suppress), reply: reply.description)
    }

    private static func pauseReason(_ reply: SMTPReply, ofSession: Bool, relay: String) -> String? {
        let found = "Relay \(relay) answers \"\(reply)\""
        switch (reply.code, reply.status?.subject) {
        case (530, _): return "\(found); give it a username and password in boon.yaml, then resume the run."
        case (535, _): return "\(found); correct its username or password in boon.yaml, then resume the run."
        case (_, 7):
            return "\(found), which is about the sender; see that the relay lets this address and machine"
                + " send, then resume the run."
        default:
            return ofSession
                ? "\(found) before any recipient was named; ask who runs it, then resume the run." : nil
        }
    }

    /// 55 is the reply to MAIL, RCPT or DATA, 8 that to the greeting or to the end of the text.
    private static func answersCommand(_ error: CurlError) -> Bool {
        [CURLE_SEND_ERROR, CURLE_WEIRD_SERVER_REPLY].contains { Int($0.rawValue) == error.code }
    }

    /// 8 before 354 is the greeting, 9 is EHLO, 67 is AUTH. A 5xx there is said to every recipient alike:
    /// taking it as a refusal would end the run with nobody mailed.
    private static func refusesSession(_ attempt: Attempt, _ error: CurlError) -> Bool {
        guard !attempt.heardGoAhead else { return false }
        return [CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED, CURLE_LOGIN_DENIED]
            .contains { Int($0.rawValue) == error.code }
    }

    /// 64 is STARTTLS. Like the greeting, EHLO and AUTH it is answered before any message is spoken of.
    private static func endsSession(_ attempt: Attempt, _ error: CurlError) -> Bool {
        refusesSession(attempt, error) || error.code == Int(CURLE_USE_SSL_FAILED.rawValue)
    }

    // MARK: A kept connection that has ended

    /// Whether a kept connection was closed by the relay while it was idle, with or without a 421: then
    /// nothing was handed over, and the message goes over a new connection at once.
    package static func shouldReopen(after attempt: Attempt) -> Bool {
        guard let error = attempt.error, attempt.reusedConnection, !attempt.wasStopped else { return false }
        let broken = [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING]
        guard broken.contains(where: { Int($0.rawValue) == error.code }) else { return false }
        return attempt.replyCount == 0 || (attempt.replyCount == 1 && attempt.reply?.code == 421)
    }

    // MARK: Retry

    /// The wait after the first attempt.
    private static let firstDelay: Int64 = 5 * 60_000
    /// The longest wait between two attempts.
    private static let longestDelay: Int64 = 4 * 3_600_000
    /// How long after its first attempt a message is still tried.
    private static let patience: Int64 = 2 * 86_400_000
    /// So many failures in a row say that nothing gets through; going on would only spend attempts.
    package static let failuresInARow = 1000

    /// When to try a deferred message again: after 5 minutes, doubling to 4 hours, for 2 days.
    /// - Parameters:
    ///   - attempt: The attempt that was deferred, from 1.
    ///   - first: When the first attempt was made.
    ///   - now: When this attempt ended.
    /// - Returns: nil when the message has failed for good.
    package static func retry(afterAttempt attempt: Int, first: Timestamp, now: Timestamp) -> Timestamp? {
        let doublings = min(max(attempt, 1), 7) - 1
        let next = now.advanced(milliseconds: min(firstDelay << Int64(doublings), longestDelay))
        return next <= first.advanced(milliseconds: patience) ? next : nil
    }

    /// When to try a message again that its relay was not reached for: at once, for whoever holds it back is
    /// the pool. It gets as many days as a deferred one.
    /// - Returns: nil when the message has failed for good.
    package static func retry(afterUnreachableSince first: Timestamp, now: Timestamp) -> Timestamp? {
        now <= first.advanced(milliseconds: patience) ? now : nil
    }

    /// How many messages in a row have failed by now; at `failuresInARow` the run pauses.
    ///
    /// A relay that is not reached fails no message: the pool sets it aside and goes on when it is back.
    /// - Parameter count: How many had before this one.
    package static func streak(_ count: Int, after verdict: Outcome.Verdict) -> Int {
        switch verdict {
        case .accepted: 0
        case .deferred, .refused: count + 1
        case .unreachable, .pause, .inDoubt, .withdrawn: count
        }
    }

    // MARK: Relays in trouble

    /// What an outcome says about the relay, whose window of messages at once it changes by one.
    enum Feedback {
        case answers, troubled, nothing
    }

    /// Every answer is a good sign, even one that refuses a message. A connection that breaks is not, and if it
    /// breaks after the text, going on would put message after message in doubt.
    static func feedback(of verdict: Outcome.Verdict) -> Feedback {
        switch verdict {
        case .accepted, .deferred, .refused, .pause: .answers
        case .unreachable, .inDoubt: .troubled
        case .withdrawn: .nothing
        }
    }

    /// How many messages at once a relay gets before it has answered any, as Postfix does.
    static let firstWindow = 5
    /// The pause of a relay whose window has shrunk to nothing, in microseconds.
    private static let firstPause: Int64 = 1_000_000
    private static let longestPause: Int64 = 300_000_000

    /// How long a relay is set aside: 1 second, doubling to 5 minutes.
    /// - Parameter probes: How many messages have failed to reach it since it was set aside.
    /// - Returns: Microseconds.
    static func pause(afterFailedProbes probes: Int) -> Int64 {
        min(firstPause << Int64(min(max(probes, 0), 9)), longestPause)
    }
}
