import MIME
import Model

/// What a message of the bounce mailbox says.
package enum BounceMeaning: String, CaseIterable, Sendable {
    /// The address takes no mail, for good.
    case hard
    /// It could not be delivered this time.
    case soft
    /// It was refused for what we are or send: nothing is wrong with the address.
    case aboutUs
    /// The recipient called it spam.
    case complaint
    /// A program says what asks for nothing: a delay, a success, an out-of-office reply.
    case noNews
    /// The recipient's mail program, or the recipient, asks for the `mailto:` of List-Unsubscribe (RFC 2369).
    case unsubscribe
    /// No report at all: somebody's mail.
    case other
}

/// All that Boon decides about what comes back, in one place (RFC 3463, 3464, 5965).
///
/// | a report that | means |
/// | --- | --- |
/// | says `delivered`, `relayed`, `expanded` or `delayed` of any recipient | no news |
/// | says `failed` with 5.1.x, but for those below | hard: unknown address |
/// | says `failed` with 5.2.1 (closed mailbox), 5.4.1 or 5.4.4 (nobody there takes mail) | hard |
/// | says `failed` with 5.0.0 or no status, the reply in it being 550, 551 or 553 | hard: unknown address |
/// | says `failed` with 5.1.7 or 5.1.8 (sender), 5.2.3 or 5.3.4 (size), 5.6.x (content), 5.7.x (policy) | about us |
/// | says `failed` with anything else, 5.2.2 (full) and 4.x.x among it | soft |
/// | complains of `abuse`, `fraud`, `virus`, `opt-out` or `other` | complaint |
/// | is feedback of another kind (`not-spam`, `auth-failure`) | no news |
/// | is none, and says that a program sent it (RFC 3834) | no news |
/// | is none, and has the subject `unsubscribe` that our `mailto:` gives it | unsubscribe |
///
/// A hard bounce and a complaint suppress at once. Soft ones do when three messages came back within 30 days. What is
/// about us is kept as a soft bounce and never counted: three wrongly signed runs must not suppress a whole provider.
/// The list of what is hard is short on purpose: a wrong soft bounce costs two more mails, a wrong hard one a customer.
package enum BouncePolicy {
    /// What decided about a report, and in which words.
    struct Verdict {
        var meaning: BounceMeaning
        var status: EnhancedStatus?
        var words: String
    }

    // MARK: Reports

    /// Decides about a delivery report. A message of ours has one recipient, so several are what became of it behind
    /// an alias, and the mildest counts.
    static func verdict(on report: DeliveryReport) -> Verdict {
        let order: [BounceMeaning] = [.noNews, .soft, .aboutUs, .hard]
        let verdicts = report.recipients.map(verdict)
        let mildest = verdicts.min {
            (order.firstIndex(of: $0.meaning) ?? 0) < (order.firstIndex(of: $1.meaning) ?? 0)
        }
        return mildest ?? Verdict(meaning: .noNews, status: nil, words: "")
    }

    private static func verdict(on recipient: DeliveryReport.Recipient) -> Verdict {
        let words = recipient.diagnostic ?? ""
        let status = exactStatus(recipient.status, in: words)
        let hasFailed = recipient.action == .failed && status?.kind != 2
        return Verdict(
            meaning: hasFailed ? meaning(of: status, reply: words) : .noNews, status: status,
            words: words.isEmpty ? status?.description ?? "" : words)
    }

    /// Relays that know nothing better say 5.0.0, and give the other side's reply beside it.
    private static func exactStatus(_ status: EnhancedStatus?, in words: String) -> EnhancedStatus? {
        guard let status, status.subject == 0 else { return status }
        guard let exact = EnhancedStatus(in: words), exact.kind == status.kind else { return status }
        return exact
    }

    private static func meaning(of status: EnhancedStatus?, reply: String) -> BounceMeaning {
        guard let status else { return refusesMailbox(reply) ? .hard : .soft }
        guard status.kind == 5 else { return .soft }
        if concernsUs(status) { return .aboutUs }
        switch (status.subject, status.detail) {
        case (0, _): return refusesMailbox(reply) ? .hard : .soft
        case (1, 5), (1, 9): return .soft
        case (1, _), (2, 1), (4, 1), (4, 4): return .hard
        default: return .soft
        }
    }

    /// The replies that are about a mailbox (RFC 5321, section 4.2.3).
    private static func refusesMailbox(_ reply: String) -> Bool {
        ["550", "551", "553"].contains { reply.utf8.starts(with: $0.utf8) }
    }

    /// Whether a refusal says nothing about the address.
    private static func concernsUs(_ status: EnhancedStatus) -> Bool {
        switch (status.subject, status.detail) {
        case (1, 7), (1, 8), (2, 3), (3, 4), (6, _), (7, _): status.kind == 5
        default: false
        }
    }

    // MARK: Complaints and other mail

    static func meaning(of complaint: Complaint) -> BounceMeaning {
        ["abuse", "fraud", "virus", "opt-out", "other"].contains(complaint.kind) ? .complaint : .noNews
    }

    /// What a message means that is neither report nor complaint.
    static func meaning(ofOther headers: ParsedHeaders) -> BounceMeaning {
        let says = { (name: String) in headers.text(name)?.lowercased() ?? "" }
        let isAutomatic =
            !["", "no"].contains(says("Auto-Submitted")) || says("Precedence") == "auto_reply"
            || headers["X-Autoreply"] != nil || headers["X-Autorespond"] != nil
        if isAutomatic { return .noNews }
        // Nothing but this word: a person who writes more wants an answer, and `Re:` is an answer to something else.
        let subject = headers.text("Subject")?.lowercased().split(separator: " ") ?? []
        return subject == ["unsubscribe"] ? .unsubscribe : .other
    }

    // MARK: Suppression

    /// So many messages that came back softly within `softWindow` suppress.
    private static let softLimit = 3
    /// 30 days in milliseconds.
    package static let softWindow: Int64 = 30 * 86_400_000

    /// Whether a bounce suppresses its customer, and for what reason.
    /// - Parameter others: the customer's other bounces, at least those within `softWindow` of this one.
    package static func suppression(
        after bounce: MailBounce, others: some Sequence<MailBounce>
    ) -> Suppression.Reason? {
        switch bounce.kind {
        case .complaint: return .complaint
        // It ends the consent, which the customer can give again.
        case .unsubscribe: return nil
        case .hard:
            let subject = bounce.status.flatMap { EnhancedStatus(in: $0) }?.subject ?? 0
            return subject <= 1 ? .unknownAddress : .bounces
        case .soft:
            guard counts(bounce) else { return nil }
            // A relay may send several reports about one message, so messages are counted.
            var last: [RunID: Timestamp] = [bounce.run: bounce.occurred]
            for other in others where counts(other) && other.run != bounce.run {
                let distance = other.occurred.milliseconds - bounce.occurred.milliseconds
                if abs(distance) <= softWindow { last[other.run] = other.occurred }
            }
            return isCrowded(last.values.map(\.milliseconds).sorted()) ? .bounces : nil
        }
    }

    private static func counts(_ bounce: MailBounce) -> Bool {
        bounce.kind == .soft && !(bounce.status.flatMap { EnhancedStatus(in: $0) }.map(concernsUs) ?? false)
    }

    /// Whether `softLimit` of the instants lie within one window, in whatever order they were read.
    private static func isCrowded(_ instants: [Int64]) -> Bool {
        zip(instants, instants.dropFirst(softLimit - 1)).contains { $1 - $0 <= softWindow }
    }
}
