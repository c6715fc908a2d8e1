/// Bytes as text between a BEGIN and an END line (RFC 7468).
struct PEMBlock {
    /// `PRIVATE KEY`, `RSA PRIVATE KEY`, `PUBLIC KEY` or else.
    let label: String
    let bytes: [UInt8]
    /// Whether the bytes need a passphrase.
    let isEncrypted: Bool

    init(label: String, bytes: [UInt8]) {
        self.label = label
        self.bytes = bytes
        isEncrypted = false
    }

    /// Reads the first block of a text; nil when there is none.
    init?(in text: String) {
        let lines = text.utf8.split { $0 == .lineFeed || $0 == .carriageReturn }
        guard let first = lines.firstIndex(where: { $0.starts(with: "-----BEGIN ".utf8) }),
            let last = lines[first...].firstIndex(where: { $0.starts(with: "-----END ".utf8) })
        else { return nil }
        let label = lines[first].dropFirst("-----BEGIN ".utf8.count).prefix { $0 != .hyphen }
        self.label = String(decoding: label, as: UTF8.self)
        let content = lines[(first + 1)..<last]
        // The older form says it in a field before the base64 (RFC 1421, section 4.6.1.1).
        let hasFields = content.contains { $0.contains(.colon) }
        isEncrypted = hasFields || self.label == "ENCRYPTED PRIVATE KEY"
        bytes = hasFields ? [] : Base64.decode(Array(content.joined()))
    }

    /// The block in lines of 64 characters.
    var text: String {
        var encoded: [UInt8] = []
        Base64.append(bytes, to: &encoded)
        let lines = stride(from: 0, to: encoded.count, by: 64).map {
            String(decoding: encoded[$0..<min($0 + 64, encoded.count)], as: UTF8.self) + "\n"
        }
        return "-----BEGIN \(label)-----\n\(lines.joined())-----END \(label)-----\n"
    }
}
