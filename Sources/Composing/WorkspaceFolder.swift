import Campaigns
import Foundation

/// The files of a workspace. A path never leaves it, not by a link either; whoever makes the path keeps out `..`.
struct WorkspaceFolder: Sendable {
    /// Why a file that is there cannot be used.
    enum Problem: Error {
        case linkOutside, brokenLink, unreadable, tooLarge
    }

    /// With all links followed.
    let path: String

    init(_ path: String) {
        self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    /// What a file holds.
    /// - Parameters:
    ///   - file: relative to the workspace.
    ///   - limit: in bytes.
    /// - Returns: nil where there is no file.
    func bytes(of file: String, limit: Int) throws(Problem) -> [UInt8]? {
        // Every step: behind a broken link in place of a folder, its files would merely seem not to be there.
        var path = path
        for step in file.split(separator: "/") {
            path += "/\(step)"
            if PlainFile.isBrokenLink(path) { throw .brokenLink }
        }
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard real.hasPrefix(self.path + "/") else { throw .linkOutside }
        let bytes: [UInt8]?
        do throws(PlainFile.Problem) { bytes = try PlainFile.bytes(real, upTo: limit + 1) } catch {
            throw .unreadable
        }
        guard let bytes else { return nil }
        guard bytes.count <= limit else { throw .tooLarge }
        return bytes
    }
}
