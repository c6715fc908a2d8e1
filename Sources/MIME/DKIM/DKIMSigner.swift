import Crypto

/// Signs messages for a domain (RFC 6376): relaxed/relaxed, the whole body, no `l=`.
///
/// Made once from its keys; any number of threads may sign with it at the same time. A signature by RSA
/// costs most of a millisecond, all else far less.
public struct DKIMSigner: Sendable {
    private struct Identity {
        let name: DKIMName
        let key: DKIMKey
    }

    private let identities: [Identity]

    /// - Parameters:
    ///   - domain: The signing domain; for DMARC the one in `From` or above it.
    ///   - selector: Under which the domain publishes the key.
    ///   - key: The key, mostly RSA.
    ///   - second: A key for a second signature beside the first, mostly Ed25519.
    /// - Throws: `DKIMError`.
    public init(
        domain: String, selector: String, key: DKIMKey, second: (selector: String, key: DKIMKey)? = nil
    ) throws(DKIMError) {
        let first = Identity(name: try DKIMName(domain: domain, selector: selector), key: key)
        guard let second else {
            identities = [first]
            return
        }
        let name = try DKIMName(domain: domain, selector: second.selector)
        guard name != first.name else { throw .sameSelector(name.selector) }
        identities = [first, Identity(name: name, key: second.key)]
    }

    /// The message with its signatures in front of all other fields.
    ///
    /// The same message, time and keys give the same bytes. Neither signature covers the other, so one
    /// that a receiver cannot verify does not spoil the other one.
    /// - Parameters:
    ///   - message: A message with `From`; nothing in it may change afterwards.
    ///   - seconds: Now, in seconds since 1970-01-01 00:00:00 UTC; times before that are left out.
    /// - Throws: `DKIMError`.
    public func sign(_ message: FinalBytes, at seconds: Int64) throws(DKIMError) -> FinalBytes {
        guard let fields = SignedFields(of: message) else { throw .noFrom }
        let bodyHash = Array(SHA256.hash(data: RelaxedForm.body(fields.body)))
        var headerHash = SHA256()
        headerHash.update(data: fields.relaxed)

        var output: [UInt8] = []
        output.reserveCapacity(message.bytes.count + identities.count * 1024)
        for identity in identities {
            let field = SignatureField(
                algorithm: identity.key.algorithm, name: identity.name, seconds: seconds,
                signedNames: fields.names, bodyHash: bodyHash)
            var hash = headerHash
            hash.update(data: field.relaxed)
            let signature = try identity.key.signature(of: hash.finalize())
            output += field.bytes(signature: signature)
        }
        output += message.bytes
        do throws(WireFault) {
            return try FinalBytes(checking: output)
        } catch {
            throw .wire(error)
        }
    }
}
