import Composing
import Foundation

/// The key of the tokens in links: `BOON_SECRET` (64 hex digits) from the environment, or `secret` in the store's
/// folder, which is made on first use and which nobody else may read.
enum Secret {
    static func signer(of workspace: Workspace) throws -> LinkSigner {
        let given = ProcessInfo.processInfo.environment["BOON_SECRET"]
        let key = try given.map(key(hexadecimal:)) ?? stored(in: workspace)
        guard let signer = LinkSigner(key: key) else {
            throw Failure.input(
                "the secret of the links is shorter than 32 bytes; 'openssl rand -hex 32' makes one")
        }
        return signer
    }

    private static func key(hexadecimal text: String) throws -> [UInt8] {
        guard let key = [UInt8](hexadecimal: text) else {
            throw Failure.input("BOON_SECRET is not made of hex digits; 'openssl rand -hex 32' makes one")
        }
        return key
    }

    private static func stored(in workspace: Workspace) throws -> [UInt8] {
        let path = "\(workspace.storeFolder)/secret"
        if let data = FileManager.default.contents(atPath: path) { return Array(data) }
        if FileManager.default.fileExists(atPath: path) {
            throw Failure.outside(
                "\(path) cannot be read, and links need it; have somebody run this who may read it")
        }
        // Written under another name first: of two threads or processes that begin at once, one gives its key the name and
        // the other reads it, and neither ever sees half a key.
        let draft = "\(path).\(UUID().uuidString)"
        unlink(draft)
        try PrivateFile.create(newKey(), at: draft)
        defer { unlink(draft) }
        if link(draft, path) != 0, errno != EEXIST { throw PrivateFile.unwritable(path) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PrivateFile.unwritable(path)
        }
        return Array(data)
    }

    private static func newKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
