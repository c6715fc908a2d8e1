/// The kinds of keys that sign mail.
public enum DKIMAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// RSA with SHA-256 (RFC 6376, section 3.3.1): what every receiver verifies.
    case rsa
    /// Ed25519 with SHA-256 (RFC 8463): short and quick, but many receivers skip it, so it goes second.
    case ed25519

    /// What the tag `a=` of a signature says.
    var signatureName: String { "\(rawValue)-sha256" }
}
