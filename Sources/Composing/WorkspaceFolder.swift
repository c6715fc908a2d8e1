import Foundation

/// The files of a workspace. A path never leaves it, not by a link either; whoever makes the path keeps out `..`.
struct WorkspaceFolder: Sendable {
    /// Why a file that is there cannot be used.
    enum Problem: Error {
        case linkOutside, unreadable, tooLarge
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
    func bytes(of file: String, limit: Int) throws(Problem) -> Data? {
        let path = "\(path)/\(file)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard real.hasPrefix(self.path + "/") else { throw .linkOutside }
        guard let handle = FileHandle(forReadingAtPath: real),
            let bytes = try? handle.read(upToCount: limit + 1) ?? Data()
        else { throw .unreadable }
        guard bytes.count <= limit else { throw .tooLarge }
        return bytes
    }
}
