import Crypto
import CryptoExtras
import FoundationEssentials

/// A private key that signs mail. It never changes, and any number of threads may sign with it.
public struct DKIMKey: Sendable {
    private enum Material {
        case rsa(_RSA.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    private let material: Material
    /// The public half, as it is published.
    public let record: DKIMRecord

    private init(_ material: Material) {
        self.material = material
        switch material {
        case .rsa(let key):
            record = DKIMRecord(algorithm: .rsa, publicKey: Array(key.publicKey.derRepresentation))
        case .ed25519(let key):
            record = DKIMRecord(algorithm: .ed25519, publicKey: Array(key.publicKey.rawRepresentation))
        }
    }

    /// What the key signs with.
    public var algorithm: DKIMAlgorithm { record.algorithm }

    /// Reads a key as `openssl genpkey` or `openssl genrsa` write it.
    /// - Parameter pem: `BEGIN PRIVATE KEY` (PKCS #8) or `BEGIN RSA PRIVATE KEY` (PKCS #1), no passphrase.
    /// - Throws: `DKIMError`.
    public init(pem: String) throws(DKIMError) {
        guard let block = PEMBlock(in: pem) else { throw .notPEM }
        guard !block.isEncrypted else { throw .encryptedKey }
        guard block.label == "PRIVATE KEY" || block.label == "RSA PRIVATE KEY" else {
            throw .notPrivateKey(label: block.label)
        }
        if let seed = Self.ed25519Seed(block.bytes),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        {
            self.init(.ed25519(key))
            return
        }
        // "Unsafe" reads keys from 1024 bits on, of which the error below can then tell the size.
        guard let key = try? _RSA.Signing.PrivateKey(unsafeDERRepresentation: block.bytes) else {
            throw .unreadableKey
        }
        guard 2048...4096 ~= key.keySizeInBits else { throw .keySize(bits: key.keySizeInBits) }
        self.init(.rsa(key))
    }

    /// A new key of the system's randomness; RSA gets 2048 bits, which takes about 0.1 s.
    /// - Throws: `DKIMError.noNewKey`.
    public init(generating algorithm: DKIMAlgorithm) throws(DKIMError) {
        switch algorithm {
        case .rsa:
            guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { throw .noNewKey }
            self.init(.rsa(key))
        case .ed25519: self.init(.ed25519(Curve25519.Signing.PrivateKey()))
        }
    }

    /// The key as PEM text (PKCS #8), to be kept where nobody else can read it.
    public var pem: String {
        switch material {
        case .rsa(let key): key.pkcs8PEMRepresentation + "\n"
        case .ed25519(let key):
            PEMBlock(label: "PRIVATE KEY", bytes: Self.ed25519Head + Array(key.rawRepresentation)).text
        }
    }

    /// Signs a hash: RSA with PKCS #1 version 1.5 padding (RFC 8017, section 8.2), Ed25519 the hash's octets
    /// (RFC 8463, section 3).
    func signature(of hash: SHA256.Digest) throws(DKIMError) -> [UInt8] {
        switch material {
        case .rsa(let key):
            guard let signature = try? key.signature(for: hash, padding: .insecurePKCS1v1_5) else {
                throw .notSigned
            }
            return Array(signature.rawRepresentation)
        case .ed25519(let key):
            guard let signature = try? key.signature(for: Array(hash)) else { throw .notSigned }
            return Array(signature)
        }
    }

    /// What stands before the 32 octets of an Ed25519 key in PKCS #8: a sequence of version 0, the
    /// algorithm 1.3.101.112, and a string in a string (RFC 8410, section 7).
    private static let ed25519Head: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    private static func ed25519Seed(_ der: [UInt8]) -> [UInt8]? {
        guard der.count == ed25519Head.count + 32, der.starts(with: ed25519Head) else { return nil }
        return Array(der.dropFirst(ed25519Head.count))
    }
}
