import Campaigns
import Composing
import Foundation

/// The key of the tokens in links: `BOON_SECRET` (64 hex digits) from the environment, or `secret` in the store's
/// folder, which is made on first use and which nobody else may read.
enum Secret {
    static func signer(of workspace: Workspace) throws -> LinkSigner {
        let key =
            try ProcessInfo.processInfo.environment["BOON_SECRET"].map(key(hex:)) ?? stored(in: workspace)
        guard let signer = LinkSigner(key: key) else {
            throw Failure.input(
                "the secret of the links is shorter than 32 bytes; 'openssl rand -hex 32' makes one")
        }
        return signer
    }

    private static func key(hex: String) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
        }
        guard digits.count % 2 == 0, bytes.count == digits.count / 2 else {
            throw Failure.input("BOON_SECRET is not made of hex digits; 'openssl rand -hex 32' makes one")
        }
        return bytes
    }

    private static func stored(in workspace: Workspace) throws -> [UInt8] {
        let path = "\(workspace.storeFolder)/secret"
        if let data = FileManager.default.contents(atPath: path) { return Array(data) }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        // O_EXCL: of two processes that begin at once, one makes the key and the other reads it.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 && errno == EEXIST { return try stored(in: workspace) }
        guard descriptor >= 0 else {
            throw Failure.outside("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw Failure.outside("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        return bytes
    }
}

extension Workspace {
    /// Templates of the workspace, and the built-in ones for what it lacks.
    var templates: TemplateLibrary {
        TemplateLibrary(workspace: path, builtIn: EmbeddedFiles.texts)
    }

    /// A composer of a campaign's messages.
    func composer(_ campaign: Campaign) throws -> Composer {
        do {
            return try Composer(
                campaign, definitions: definitions, templates: templates, signer: try Secret.signer(of: self))
        } catch let error as ComposingError {
            throw Failure.input(error.description)
        }
    }
}
