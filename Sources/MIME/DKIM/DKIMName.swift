/// Where the public key of a signature stands in the DNS: `SELECTOR._domainkey.DOMAIN` (RFC 6376, section
/// 3.6.2.1).
public struct DKIMName: Hashable, Sendable, CustomStringConvertible {
    /// The signing domain as it goes on the wire, in lower-case ASCII.
    public let domain: String
    /// The selector in lower case.
    public let selector: String

    /// - Parameters:
    ///   - domain: The signing domain in either form; for DMARC the one in `From` or above it.
    ///   - selector: What tells this key from others of the domain.
    /// - Throws: `DKIMError`.
    public init(domain: String, selector: String) throws(DKIMError) {
        guard let ascii = try? DomainName.ascii(domain), ascii.utf8.contains(.dot) else {
            throw .badDomain(domain)
        }
        let labels = selector.utf8.split(separator: .dot, omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { throw .badSelector(selector) }
        self.domain = ascii
        self.selector = selector.lowercasedASCII
        guard description.utf8.count <= 253 else { throw .badSelector(selector) }
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        1...63 ~= label.count && label.first != .hyphen && label.last != .hyphen
            && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == .hyphen }
    }

    /// The name of the DNS record, without a dot at its end.
    public var description: String { "\(selector)._domainkey.\(domain)" }
}
