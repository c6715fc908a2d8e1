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
        // Written under another name first: of two processes that begin at once, one gives its key the name and
        // the other reads it, and neither ever sees half a key.
        let draft = "\(path).\(getpid())"
        try write(newKey(), to: draft)
        defer { unlink(draft) }
        if link(draft, path) != 0, errno != EEXIST { throw unwritable(path) }
        guard let data = FileManager.default.contents(atPath: path) else { throw unwritable(path) }
        return Array(data)
    }

    private static func newKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(path) }
        defer { close(descriptor) }
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let failure = unwritable(path)
            unlink(path)
            throw failure
        }
    }

    private static func unwritable(_ path: String) -> Failure {
        .outside("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
