/// What is wrong with a published key.
public enum DKIMRecordFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not a list of `name=value`.
    case badTag(String)
    /// A tag that is there twice, which makes the record void (RFC 6376, section 3.2).
    case duplicateTag(String)
    /// `v=` has another value than `DKIM1` or does not come first.
    case notDKIM
    /// `k=` names a kind of key that is not ours.
    case unknownAlgorithm(String)
    /// There is no `p=`.
    case noKey
    /// `p=` is no base64.
    case badKey
    /// `p=` is empty: the key was revoked.
    case revoked
    /// A key of the other kind.
    case otherAlgorithm(found: DKIMAlgorithm, expected: DKIMAlgorithm)
    /// A key of the right kind that is not ours.
    case otherKey
    /// `h=` does not allow SHA-256.
    case refusesHash
    /// `s=` does not allow mail.
    case refusesMail
    /// `t=y`: receivers are told not to rely on it.
    case testing

    /// One sentence: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .badTag(let tag):
            "The DNS record has \(tag.debugDescription) where a tag like k=rsa belongs; publish it anew."
        case .duplicateTag(let name): "The DNS record has the tag \(name)= twice; leave one of them."
        case .notDKIM: "The DNS record does not start with v=DKIM1; publish the DKIM record under this name."
        case .unknownAlgorithm(let name):
            "The DNS record is for a key of the kind \(name.debugDescription); publish the one of this key."
        case .noKey: "The DNS record has no p=, which holds the public key; publish it anew."
        case .badKey: "The DNS record has a public key that is no base64; publish it anew."
        case .revoked: "The DNS record says that the key was revoked; publish the one of this key."
        case .otherAlgorithm(let found, let expected):
            "The DNS record holds a key of the kind \(found.rawValue), and this key is \(expected.rawValue);"
                + " publish its own."
        case .otherKey: "The DNS record holds another public key; publish the one of this key."
        case .refusesHash: "The DNS record allows no SHA-256 signatures; remove h= or add sha256 to it."
        case .refusesMail: "The DNS record is not for mail; remove s= or add email to it."
        case .testing: "The DNS record says that DKIM is being tested; remove y from t= once mail verifies."
        }
    }
}
