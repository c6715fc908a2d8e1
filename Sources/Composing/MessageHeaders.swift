import Campaigns
import Crypto
import Foundation
import MIME
import Model

/// The header of every message of a campaign: what is the same for all, and what each recipient adds.
struct MessageHeaders: Sendable {
    let campaign: String
    let topic: String
    let brand: String
    let from: Mailbox
    let replyTo: Mailbox?
    let bounce: VERP
    let zone: TimeZone

    init(_ campaign: Campaign, settings: Settings, zone: TimeZone) throws(ComposingError) {
        self.campaign = campaign.id
        topic = campaign.topic ?? "newsletter"
        brand = settings.brand.name
        from = try Self.mailbox(campaign.from)
        replyTo = try campaign.replyTo.map { text throws(ComposingError) in try Self.mailbox(text) }
        bounce = VERP(base: try Self.mailbox(settings.bounce).address)
        self.zone = zone
    }

    private static func mailbox(_ text: String) throws(ComposingError) -> Mailbox {
        do { return try Mailbox(parsing: text) } catch { throw .sender(text, error) }
    }

    /// What one message has of its own.
    struct Personal {
        var customer: Customer
        var address: EmailAddress
        var run: RunID
        var subject: String
        var links: MessageLinks
        var now: Timestamp
    }

    /// The envelope's sender.
    func sender(_ links: MessageLinks) throws -> EmailAddress {
        try bounce.address(token: links.bounceToken)
    }

    /// Made from run and customer alone, so that a message that is sent again carries the same one.
    func messageID(run: RunID, customer: CustomerID) throws -> MessageID {
        let hash = SHA256.hash(data: Data(run.text.utf8) + [0] + Data(customer.text.utf8))
        return try MessageID("\(campaign).\(hash.prefix(16).hexadecimal)", at: from.address.domain)
    }

    /// All fields but those that say how the body is written.
    func fields(_ personal: Personal) throws -> Headers {
        var headers = Headers()
        try headers.add("From", mailboxes: [from])
        try headers.add(
            "To", mailboxes: [Mailbox(name: personal.customer.fullName, address: personal.address)])
        try headers.add("Subject", text: personal.subject)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(personal.now.seconds))) / 60
        try headers.add("Date", date: MessageDate(seconds: personal.now.seconds, offsetMinutes: offset))
        try headers.add("Message-ID", ids: messageID(run: personal.run, customer: personal.customer.id))
        if let replyTo { try headers.add("Reply-To", mailboxes: [replyTo]) }
        try addList(to: &headers, personal)
        try headers.add("Feedback-ID", structured: feedbackID)
        try headers.add("X-Campaign", text: campaign)
        return headers
    }

    private func addList(to headers: inout Headers, _ personal: Personal) throws {
        let domain = from.address.domain
        try headers.addListID("\(topic.asLabel).\(domain)", name: brand)
        let mailto = "mailto:\(try sender(personal.links).text)?subject=unsubscribe"
        let page = personal.links.unsubscribe
        if page.utf8.starts(with: "https://".utf8) {
            try headers.addListUnsubscribe(https: page, mailto: mailto)
        } else {
            // One click is only for https (RFC 8058, section 3.1); a development server has none.
            try headers.add("List-Unsubscribe", links: [page, mailto])
        }
    }

    /// Campaign, topic, kind and sender, which Gmail's complaint reports group by.
    private var feedbackID: String {
        "\(campaign.asLabel):\(topic.asLabel):newsletter:\(from.address.domain)"
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
