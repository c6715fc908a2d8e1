import Foundation

/// A folder that other users' processes can reach and write, for servers that drop their rights.
package struct SharedFolder: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)")
        try makeFolder("")
    }

    /// Makes a folder in it that everybody may write to.
    package func makeFolder(_ name: String) throws {
        let folder = url.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    }

    package func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The texts of all files in a folder of it.
    package func texts(in name: String) throws -> [String] {
        let folder = url.appending(path: name)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map {
            String(decoding: try Data(contentsOf: $0), as: UTF8.self)
        }
    }

    package func remove() {
        try? FileManager.default.removeItem(at: url)
    }
}
