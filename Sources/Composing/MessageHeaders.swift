import Campaigns
import Foundation
import MIME
import Model

/// The header of every message of a campaign: what is the same for all is written once, each recipient adds the
/// rest.
struct MessageHeaders: Sendable {
    let campaign: String
    let from: Mailbox
    let bounce: VERP
    /// The fields that all messages share.
    private let shared: Headers

    init(_ campaign: Campaign, settings: Settings) throws(ComposingError) {
        self.campaign = campaign.id
        from = try Self.mailbox(campaign.from)
        let replyTo = try campaign.replyTo.map { text throws(ComposingError) in try Self.mailbox(text) }
        bounce = VERP(base: try Self.mailbox(settings.bounce).address)
        do throws(HeaderError) {
            shared = try Self.shared(
                campaign, from: from, replyTo: replyTo, brand: settings.brand.name)
        } catch { throw .header(error) }
    }

    private static func shared(
        _ campaign: Campaign, from: Mailbox, replyTo: Mailbox?, brand: String
    ) throws(HeaderError) -> Headers {
        let domain = from.address.domain
        let topic = (campaign.topic ?? "newsletter").asLabel
        var headers = Headers()
        try headers.add("From", mailboxes: [from])
        if let replyTo { try headers.add("Reply-To", mailboxes: [replyTo]) }
        try headers.addListID("\(topic).\(domain)", name: brand)
        // Campaign, topic, kind and sender, which Gmail's complaint reports group by.
        try headers.add(
            "Feedback-ID", structured: "\(campaign.id.asLabel):\(topic):newsletter:\(domain)")
        try headers.add("X-Campaign", text: campaign.id)
        return headers
    }

    private static func mailbox(_ text: String) throws(ComposingError) -> Mailbox {
        do { return try Mailbox(parsing: text) } catch { throw .sender(text, error) }
    }

    /// What one message has of its own.
    struct Personal {
        /// First and last name, as far as they are known.
        var name: String?
        var address: EmailAddress
        var subject: String
        /// The envelope's sender.
        var sender: EmailAddress
        var messageID: MessageID
        /// The page where the subscription ends.
        var unsubscribe: String
        var date: MessageDate
    }

    /// The envelope's sender.
    func sender(of message: MessageNumbers, _ tokens: BounceTokens) throws -> EmailAddress {
        try bounce.address(token: tokens.token(for: message))
    }

    func messageID(run: RunID, customer: CustomerID) throws -> MessageID {
        try MessageIdentity.id(
            run: run, customer: customer, campaign: campaign, domain: from.address.domain)
    }

    /// All fields but those that say how the body is written.
    func fields(_ personal: Personal) throws -> Headers {
        var headers = shared
        try headers.add(
            "To", mailboxes: [Mailbox(name: personal.name, address: personal.address)])
        try headers.add("Subject", text: personal.subject)
        try headers.add("Date", date: personal.date)
        try headers.add("Message-ID", ids: personal.messageID)
        let mailto = "mailto:\(personal.sender.text)?subject=unsubscribe"
        if personal.unsubscribe.utf8.starts(with: "https://".utf8) {
            try headers.addListUnsubscribe(https: personal.unsubscribe, mailto: mailto)
        } else {
            // One click is only for https (RFC 8058, section 3.1); a development server has none.
            try headers.add("List-Unsubscribe", links: [personal.unsubscribe, mailto])
        }
        return headers
    }
}

extension String {
    /// The text as one label of a domain name: what cannot stand in one becomes `-`.
    fileprivate var asLabel: String {
        let bytes = lowercased().utf8.map { byte -> UInt8 in
            let isLabel = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            return isLabel ? byte : UInt8(ascii: "-")
        }
        let label = String(decoding: bytes, as: UTF8.self).split(separator: "-").joined(separator: "-")
        return label.isEmpty ? "x" : String(label.prefix(63))
    }
}
