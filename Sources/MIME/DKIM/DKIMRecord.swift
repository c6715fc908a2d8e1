/// A public key as the DNS publishes it (RFC 6376, section 3.6.1).
public struct DKIMRecord: Hashable, Sendable {
    /// What the key signs with.
    public let algorithm: DKIMAlgorithm
    /// The key: of RSA a DER `SubjectPublicKeyInfo`, of Ed25519 its 32 octets (RFC 8463, section 4). Empty
    /// for a key that was revoked.
    public let publicKey: [UInt8]
    /// What else the record says that keeps receivers from trusting our signatures.
    let restrictions: [DKIMRecordFault]

    init(algorithm: DKIMAlgorithm, publicKey: [UInt8]) {
        self.algorithm = algorithm
        self.publicKey = publicKey
        restrictions = []
    }

    /// Reads a record.
    /// - Parameter text: Its strings joined without anything between them.
    /// - Throws: `DKIMRecordFault` for the first thing that makes it no record.
    public init(parsing text: String) throws(DKIMRecordFault) {
        let tags = try DKIMTags(parsing: text)
        if let version = tags["v"] {
            guard version == "DKIM1", tags.isFirst("v") else { throw .notDKIM }
        }
        guard let algorithm = DKIMAlgorithm(rawValue: tags["k"] ?? "rsa") else {
            throw .unknownAlgorithm(tags["k"] ?? "")
        }
        guard let key = tags["p"] else { throw .noKey }
        let isBase64 = key.utf8.allSatisfy {
            $0.isLetter || $0.isDigit || $0.isBlank || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
                || $0 == .equals
        }
        guard isBase64 else { throw .badKey }
        self.algorithm = algorithm
        publicKey = Base64.decode(Array(key.utf8))
        restrictions = Self.restrictions(tags)
    }

    private static func restrictions(_ tags: DKIMTags) -> [DKIMRecordFault] {
        var result: [DKIMRecordFault] = []
        if let hashes = tags.list("h"), !hashes.contains("sha256") { result.append(.refusesHash) }
        if let services = tags.list("s"), !services.contains("email"), !services.contains("*") {
            result.append(.refusesMail)
        }
        if tags.list("t")?.contains("y") == true { result.append(.testing) }
        return result
    }

    /// `v=DKIM1; k=rsa; p=...`
    public var text: String {
        var key: [UInt8] = []
        Base64.append(publicKey, to: &key)
        return "v=DKIM1; k=\(algorithm.rawValue); p=\(String(decoding: key, as: UTF8.self))"
    }

    /// The text in strings of at most 255 octets, which is as long as one of a TXT record can be (RFC 1035,
    /// section 3.3; RFC 6376, section 3.6.2.2).
    public var strings: [String] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: 255).map {
            String(decoding: bytes[$0..<min($0 + 255, bytes.count)], as: UTF8.self)
        }
    }

    /// The record as a line of a zone file (RFC 1035, section 5.1).
    public func zoneLine(for name: DKIMName) -> String {
        "\(name). IN TXT ( " + strings.map { "\"\($0)\"" }.joined(separator: " ") + " )"
    }

    /// What is wrong with a published record, given the one that should be there.
    /// - Parameters:
    ///   - published: What the DNS has, its strings joined.
    ///   - expected: The record of the key that signs, `DKIMKey.record`.
    /// - Returns: Nothing when receivers can verify signatures with it.
    public static func faults(of published: String, expected: DKIMRecord) -> [DKIMRecordFault] {
        let record: DKIMRecord
        do throws(DKIMRecordFault) { record = try DKIMRecord(parsing: published) } catch { return [error] }
        if record.publicKey.isEmpty { return [.revoked] }
        guard record.algorithm == expected.algorithm else {
            return [.otherAlgorithm(found: record.algorithm, expected: expected.algorithm)]
        }
        return (record.publicKey == expected.publicKey ? [] : [.otherKey]) + record.restrictions
    }
}
