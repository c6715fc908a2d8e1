import Campaigns
import Delivering
import Foundation
import MIME
import Model

/// A mail that says what it is.
struct TestMail: Sendable {
    let envelope: Envelope
    let bytes: FinalBytes

    /// - Throws: `Failure` when an address cannot be used.
    init(to address: String, from settings: Settings) throws {
        do {
            let sender = try Mailbox(parsing: settings.from)
            let recipient = try EmailAddress(address)
            var headers = Headers()
            try headers.add("From", mailboxes: [sender])
            try headers.add("To", mailboxes: [Mailbox(name: nil, address: recipient)])
            try headers.add("Subject", text: "A test mail of \(settings.brand.name)")
            try headers.add("Date", date: MessageDate(seconds: Timestamp.now.seconds, offsetMinutes: 0))
            try headers.add(
                "Message-ID",
                ids: MessageID("test.\(UUID().uuidString.lowercased())", at: sender.address.domain))
            let text = "This mail shows that the relay takes mail from \(settings.from).\r\n"
            bytes = try Message(headers: headers, body: .text(text)).serialized()
            envelope = try Envelope(sender: sender.address, recipient: recipient)
        } catch {
            throw Failure.input("no test mail can be written to '\(address)': \(error)")
        }
    }
}
