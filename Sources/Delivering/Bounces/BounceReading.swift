import Crypto
import MIME
import Model

/// One message of the bounce mailbox: what it says, and the tokens of the addresses it came to.
///
/// Everything in such a message can be forged but the token (see `VERP`), so nothing else in it tells whom it
/// concerns. Whether a token is ours is for the holder of the secret to say.
package struct BounceReading: Sendable {
    /// The identity of the message: SHA-256 of its bytes in hex, with every line ended by LF alone, so that it is the
    /// same from a file and over a connection.
    package let report: String
    package let meaning: BounceMeaning
    /// The status that decided, where there is one.
    package let status: EnhancedStatus?
    /// Tokens in the addresses that the message came to, the surest first; at most `mostTokens`.
    package let tokens: [String]
    /// The message's own date.
    package let date: Timestamp?

    private let words: String
    /// The addresses that the report is about.
    private let addresses: [String]

    private static let mostTokens = 20
    /// Of a message's addresses so many bytes are looked at: no report has more, and each costs time.
    static let mostAddressBytes = 16_384
    /// Where delivery leaves the address that a message came to, and the sender's own words last.
    private static let addressFields = [
        "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To", "Cc",
    ]

    /// Reads a message.
    /// - Parameters:
    ///   - bytes: the message; lines may end with LF alone.
    ///   - verp: the address that bounces come to.
    package init(_ bytes: [UInt8], verp: VERP) {
        report = SHA256.hash(data: Self.withoutReturns(bytes)).hexadecimal
        let message = ParsedMessage(bytes)
        date = message.headers.date.map { Timestamp(seconds: $0.seconds) }
        var texts = Self.addressFields.flatMap { name in message.headers.texts(name) }
        if let delivery = DeliveryReport(message) {
            let verdict = BouncePolicy.verdict(on: delivery)
            (meaning, status, words) = (verdict.meaning, verdict.status, verdict.words)
            addresses = delivery.recipients.compactMap(\.address)
        } else if let complaint = Complaint(message) {
            (meaning, status) = (BouncePolicy.meaning(of: complaint), nil)
            words = "feedback: \(complaint.kind)"
            addresses = complaint.originalRecipients
            // Complaints come to whatever address the provider was told, so our token is in what is complained of.
            texts += [complaint.originalSender].compactMap(\.self)
            texts += ["Return-Path", "List-Unsubscribe"].flatMap { complaint.original?.texts($0) ?? [] }
        } else {
            (meaning, status, words) = (BouncePolicy.meaning(ofOther: message.headers), nil, "")
            addresses = []
        }
        tokens = Self.tokens(in: texts, verp)
    }

    /// What the other side says, fit to be stored: one line of at most 500 bytes without addresses.
    /// - Parameter address: the customer's, beside those that the report itself is about.
    package func reply(hiding address: String) -> String {
        var text = words.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        for address in addresses.prefix(Self.mostTokens) + [address] {
            text = AddressHiding(recipient: address).hidden(text)
        }
        return String(decoding: text.prefix(SMTPReply.mostTextBytes), as: UTF8.self)
    }

    private static func withoutReturns(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            let endsLine = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if byte != UInt8(ascii: "\r") || !endsLine { result.append(byte) }
        }
        return result
    }

    /// What stands around an address in a field, be it a list of mailboxes, a bare address or a `mailto:`.
    private static let separators = Set(" \t\r\n<>,;:?\"()".utf8)

    /// The tokens of the addresses within the first `mostAddressBytes` of all fields.
    private static func tokens(in texts: [String], _ verp: VERP) -> [String] {
        let words = Array(texts.joined(separator: "\n").utf8.prefix(mostAddressBytes))
            .split { separators.contains($0) }.lazy.filter { $0.contains(UInt8(ascii: "@")) }
        let addresses = words.compactMap { try? EmailAddress(String(decoding: $0, as: UTF8.self)) }
        return Array(addresses.compactMap(verp.token).prefix(mostTokens))
    }
}

extension ParsedHeaders {
    /// The values of all fields of a name.
    fileprivate func texts(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
    }
}
