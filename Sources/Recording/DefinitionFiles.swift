import Crypto
import Model

/// The files that decide what is sent, as they were at one reading: settings, campaigns, templates, pictures.
package struct DefinitionFiles: Sendable {
    /// Bytes by path relative to the workspace.
    package let files: [String: [UInt8]]
    /// The same for the same paths and contents, and for no others: 32 hexadecimal digits.
    package let id: String

    /// Some files, by path relative to the workspace.
    package init(_ files: [String: [UInt8]]) {
        self.files = files
        var hash = SHA256()
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            // With the lengths before them, no other files put together give the same bytes.
            hash.update(data: Array("\(path.utf8.count) \(bytes.count) \(path)".utf8))
            hash.update(data: bytes)
        }
        id = hash.finalize().prefix(Self.idLength / 2).hexadecimal
    }

    static let idLength = 32

    /// Whether a text can be the identity of files, and so the name of a folder.
    static func isIdentity(_ text: String) -> Bool {
        text.utf8.count == idLength && [UInt8](hexadecimal: text) != nil
    }
}
