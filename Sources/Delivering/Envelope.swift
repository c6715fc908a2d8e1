import MIME

/// Who a message comes from and whom it is for, as the relay is told; the message's own `From` and `To`
/// play no part.
package struct Envelope: Hashable, Sendable {
    /// Where bounces go: a VERP address.
    package let sender: String
    /// The one recipient: a newsletter is personal, so each transaction has one.
    package let recipient: String

    /// Checks both addresses, whoever has checked them before: libcurl puts on the wire what it is given,
    /// and `b@y>\r\nRCPT TO:<v@z` would be two recipients.
    /// - Throws: `AddressError` for anything but a strict ASCII addr-spec.
    package init(sender: String, recipient: String) throws(AddressError) {
        self.sender = try EmailAddress(sender).text
        self.recipient = try EmailAddress(recipient).text
    }

    /// Takes addresses that are strict by their type.
    /// - Throws: `AddressError` for a local part outside ASCII.
    package init(sender: EmailAddress, recipient: EmailAddress) throws(AddressError) {
        (self.sender, self.recipient) = (try Self.ascii(sender), try Self.ascii(recipient))
    }

    private static func ascii(_ address: EmailAddress) throws(AddressError) -> String {
        guard let scalar = address.text.unicodeScalars.first(where: { !$0.isASCII }) else {
            return address.text
        }
        throw .nonASCIILocalPart(scalar)
    }
}
