import Foundation

/// An address that mail can be sent to: a strict `addr-spec` (RFC 5321, section 4.1.2, dot-strings only).
///
/// The text is brought to one form when the value is made: NFC, the domain in lower-case A-labels. The
/// local part keeps its case, for mail goes to the address as it was stored; two addresses that differ
/// only in the case of ASCII letters are equal, for no provider gives them to two people.
public struct EmailAddress: Sendable {
    /// The whole address as it goes on the wire.
    public let text: String

    /// What equality looks at: `text` with ASCII letters in lower case. Fit for a database key.
    public let key: String

    /// Checks and normalises an address.
    /// - Parameters:
    ///   - text: The address and nothing around it, no spaces either.
    ///   - smtputf8: Whether a local part outside ASCII is allowed, since the relay takes it (RFC 6531).
    /// - Throws: `AddressError`, whose description is a sentence for the person who wrote the address.
    public init(_ text: String, smtputf8: Bool = false) throws(AddressError) {
        guard !text.isEmpty else { throw .empty }
        let composed = text.isASCII ? text : text.precomposedStringWithCanonicalMapping
        try Self.refuseControls(in: composed)
        guard let at = composed.utf8.lastIndex(of: .at) else { throw .missingAt }
        let local = composed[..<at]
        try Self.check(local: local, smtputf8: smtputf8)
        let domain = try DomainName.ascii(String(composed[composed.utf8.index(after: at)...]))
        let octets = local.utf8.count + 1 + domain.utf8.count
        guard octets <= Self.limit else { throw .tooLong(octets: octets) }
        self.text = local + "@" + domain
        self.key = self.text.lowercasedASCII
    }

    /// An address with `+tag` after the local part.
    /// - Parameter tag: Letters, digits, `-` and `_`, so that only the lengths are left to check.
    init(_ base: EmailAddress, tag: String) throws(AddressError) {
        let local = base.text[..<base.atSign]
        let localOctets = local.utf8.count + 1 + tag.utf8.count
        guard localOctets <= Self.localPartLimit else { throw .localPartTooLong(octets: localOctets) }
        let octets = base.text.utf8.count + 1 + tag.utf8.count
        guard octets <= Self.limit else { throw .tooLong(octets: octets) }
        text = "\(local)+\(tag)\(base.text[base.atSign...])"
        key = text.lowercasedASCII
    }

    /// Octets before the `@` (RFC 5321, section 4.5.3.1.1).
    private static let localPartLimit = 64
    /// Octets of a whole address (RFC 5321, section 4.5.3.1.3, without the angle brackets).
    private static let limit = 254

    /// What stands before the `@`.
    public var localPart: String { String(text[..<atSign]) }

    /// The domain in lower-case ASCII, international labels as A-labels.
    public var domain: String { String(text[text.utf8.index(after: atSign)...]) }

    /// The domain as people read it.
    public var displayDomain: String { DomainName.unicode(domain) }

    /// Whether the local part needs a relay with SMTPUTF8.
    public var needsSMTPUTF8: Bool { !text.isASCII }

    private var atSign: String.Index { text.utf8.lastIndex(of: .at) ?? text.endIndex }

    /// Controls, blanks and angle brackets are looked for in the whole text first, so that an attempt to
    /// inject is told as what it is.
    private static func refuseControls(in text: String) throws(AddressError) {
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            let refused =
                switch scalar.value {
                case 0...0x20, 0x3C, 0x3E, 0x7F...0xA0: true
                case 0..<0x80: false
                default: HeaderText.isInvisible(scalar) || scalar.properties.isWhitespace
                }
            if refused { throw .forbidden(scalar, position: offset + 1) }
        }
    }

    private static func check(local: Substring, smtputf8: Bool) throws(AddressError) {
        guard !local.isEmpty else { throw .emptyLocalPart }
        guard local.utf8.first != .quote else { throw .quotedLocalPart }
        for (offset, scalar) in local.unicodeScalars.enumerated() {
            if !scalar.isASCII {
                guard smtputf8 else { throw .nonASCIILocalPart(scalar) }
            } else if scalar != ".", !ByteSet.atext.contains(UInt8(truncatingIfNeeded: scalar.value)) {
                throw .forbidden(scalar, position: offset + 1)
            }
        }
        var previous = UInt8.dot
        for byte in local.utf8 {
            if byte == .dot, previous == .dot { throw .misplacedDot }
            previous = byte
        }
        if previous == .dot { throw .misplacedDot }
        guard local.utf8.count <= localPartLimit else { throw .localPartTooLong(octets: local.utf8.count) }
    }
}

extension EmailAddress: Hashable, CustomStringConvertible {
    /// Whether both are the same mailbox, see `key`.
    public static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.key == right.key }

    /// Hashes `key`.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// The address as it goes on the wire.
    public var description: String { text }
}
