/// Why a key cannot be used or a message not be signed.
public enum DKIMError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text has no PEM block.
    case notPEM
    /// The PEM block is something else, a `PUBLIC KEY` or a `CERTIFICATE`.
    case notPrivateKey(label: String)
    /// The key asks for a passphrase.
    case encryptedKey
    /// The key is damaged or of another kind.
    case unreadableKey
    /// An RSA key of another size than 2048 to 4096 bits (RFC 8301, section 3.2).
    case keySize(bits: Int)
    /// A key could not be generated: the system gave no randomness.
    case noNewKey
    /// A domain that is none.
    case badDomain(String)
    /// A selector that is not dots between labels of letters, digits and hyphens (RFC 6376, section 3.1).
    case badSelector(String)
    /// Two keys under one selector, where there is room for one.
    case sameSelector(String)
    /// A message without `From`, which signatures must cover (RFC 6376, section 5.4).
    case noFrom
    /// The key did not sign.
    case notSigned
    /// The signed message is not what may go on the wire.
    case wire(WireFault)

    /// One sentence: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .notPEM:
            "The DKIM key is no PEM text; give the private key with its BEGIN and END lines."
        case .notPrivateKey(let label):
            "The DKIM key file holds a \(label.debugDescription); give the PRIVATE KEY that belongs to it."
        case .encryptedKey:
            "The DKIM key is encrypted with a passphrase; give it without one, in a file that only its user can read."
        case .unreadableKey:
            "The DKIM key cannot be read; it must be RSA of 2048 to 4096 bits or Ed25519, in PKCS #1 or #8."
        case .keySize(let bits):
            "The DKIM key is RSA of \(bits) bits; receivers take 2048 to 4096, so make a new one."
        case .noNewKey: "No DKIM key could be made, for the system gave no random numbers; try again."
        case .badDomain(let domain):
            "\(domain.debugDescription) is no domain that DKIM can sign for; write it like shop.example."
        case .badSelector(let selector):
            "\(selector.debugDescription) is no DKIM selector; use letters, digits and hyphens, like boon1."
        case .sameSelector(let selector):
            "Both DKIM keys have the selector \(selector); give each its own, for each has its DNS record."
        case .noFrom: "The message has no From, which a DKIM signature must cover; add it."
        case .notSigned: "The DKIM key did not sign the message; check the key file."
        case .wire(let fault): fault.description
        }
    }
}
