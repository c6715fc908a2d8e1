import MIME
import Model

/// A message ready for a courier, and what it is made of, for previews.
package struct ComposedMessage: Sendable {
    package let customer: CustomerID
    /// The envelope's sender: a VERP address whose token stands for this run and customer.
    package let sender: EmailAddress
    /// The envelope's recipient.
    package let recipient: EmailAddress
    package let messageID: MessageID
    /// What goes on the wire.
    package let bytes: FinalBytes
    /// BCP 47: the campaign's language that was chosen.
    package let language: String
    /// The subject as its template made it, which may hold what a header never says.
    let renderedSubject: String
    /// UTF-8.
    package let html: [UInt8]
    /// The text part, UTF-8.
    package let plainText: [UInt8]
    /// The pictures of the workspace that the HTML shows.
    let pictures: [InlinePicture]
    /// What somebody should know about this message, a sentence each.
    package let warnings: [String]

    /// The subject as the mail's header says it.
    package var subject: String { Headers.visible(renderedSubject) }

    /// The text part.
    package var text: String { String(decoding: plainText, as: UTF8.self) }

    /// Gmail cuts off what is longer, in bytes.
    package static let htmlLimit = 102 * 1024
}
