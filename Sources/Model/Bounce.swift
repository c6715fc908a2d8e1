/// What came back about a message that a relay had accepted.
package struct MailBounce: Hashable, Sendable {
    /// What came back.
    package enum Kind: String, CaseIterable, Sendable {
        /// The address does not take mail, for good (RFC 3464, action `failed`).
        case hard
        /// It could not be delivered this time: a full mailbox, a server that was away for too long.
        case soft
        /// The recipient called it spam (RFC 5965).
        case complaint
        /// The recipient asked for no more mails, by the `mailto:` of List-Unsubscribe (RFC 2369).
        case unsubscribe
    }

    /// The report's identity, the SHA-256 of its bytes in hex: a report that is read twice counts once.
    package var report: String
    package var run: RunID
    package var customer: CustomerID
    package var kind: Kind
    /// The enhanced status (RFC 3463), `5.1.1`, where the report gives one.
    package var status: String?
    /// What the other side says, with addresses taken out.
    package var reply: String
    /// When it came back, by the report's own date.
    package var occurred: Timestamp

    /// A bounce with all its parts.
    package init(
        report: String, run: RunID, customer: CustomerID, kind: Kind, status: String? = nil, reply: String,
        occurred: Timestamp
    ) {
        (self.report, self.run, self.customer, self.kind) = (report, run, customer, kind)
        (self.status, self.reply, self.occurred) = (status, reply, occurred)
    }
}

/// Why a customer is not mailed any more, whatever a campaign's audience says.
package struct Suppression: Hashable, Sendable {
    /// What led to it.
    package enum Reason: String, CaseIterable, Sendable {
        /// A relay refused the address as unknown (5.1.1, 5.1.10).
        case unknownAddress = "unknown_address"
        /// A hard bounce, or too many soft ones.
        case bounces
        /// The recipient called a mail spam.
        case complaint
        /// Somebody of the shop decided it.
        case person

        /// Whether it is about the address: it ends when the customer has another one.
        package var concernsAddress: Bool { self == .unknownAddress || self == .bounces }
    }

    package var customer: CustomerID
    package var reason: Reason
    /// The relay's or the person's words, without addresses.
    package var detail: String
    /// Who did it: a person's name or `boon`.
    package var actor: String

    /// A suppression with all its parts.
    package init(customer: CustomerID, reason: Reason, detail: String, actor: String) {
        (self.customer, self.reason, self.detail, self.actor) = (customer, reason, detail, actor)
    }
}
