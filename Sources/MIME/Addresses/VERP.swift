/// Variable envelope return paths: the sender of each message carries a token that tells a bounce's
/// message, so that nothing else in the bounce has to be believed: `bounce+TOKEN@domain`.
public struct VERP: Hashable, Sendable {
    /// The address that bounces would go to without a token.
    public let base: EmailAddress

    /// - Parameter base: An address whose mailbox takes `+` suffixes.
    public init(base: EmailAddress) {
        self.base = base
    }

    /// The envelope sender for one message.
    /// - Parameter token: Letters, digits, `-` and `_`; best one that survives a change of case, since
    ///   relays have been seen to lower-case addresses.
    /// - Throws: `AddressError`, when the token has other characters or the local part passes 64 octets.
    public func address(token: String) throws(AddressError) -> EmailAddress {
        guard !token.isEmpty else { throw .empty }
        for (offset, scalar) in token.unicodeScalars.enumerated() where !Self.allows(scalar) {
            throw .forbidden(scalar, position: base.localPart.unicodeScalars.count + offset + 2)
        }
        return try EmailAddress(base, tag: token)
    }

    /// The token of an address that `address(token:)` made, in the case in which it came back.
    /// - Returns: nil for every other address.
    public func token(of address: EmailAddress) -> String? {
        let prefix = base.localPart.lowercasedASCII + "+"
        guard address.domain == base.domain, address.localPart.lowercasedASCII.hasPrefix(prefix) else {
            return nil
        }
        let token = address.localPart.dropFirst(prefix.count)
        return !token.isEmpty && token.unicodeScalars.allSatisfy(Self.allows) ? String(token) : nil
    }

    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        return byte.isLetter || byte.isDigit || byte == .hyphen || byte == UInt8(ascii: "_")
    }
}
