import Foundation

/// Why a workspace cannot be read at all.
package struct WorkspaceError: Error, CustomStringConvertible {
    /// One sentence that says what to do.
    package let description: String
}

/// The files of a workspace that define something: `boon.yaml` and the YAML under `campaigns/`.
enum WorkspaceFiles {
    static let settings = "boon.yaml"
    static let folder = "campaigns"
    /// Folders below `campaigns/` that are looked into, one inside the other.
    private static let maximumDepth = 16

    /// Bytes by path relative to the workspace; what cannot be read becomes a diagnostic.
    /// - Throws: `WorkspaceError` when there is no such folder.
    static func read(_ workspace: String) throws -> (files: [String: [UInt8]], diagnostics: [Diagnostic]) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: workspace, isDirectory: &isFolder), isFolder.boolValue
        else {
            throw WorkspaceError(description: "there is no folder \(workspace): name one with --workspace")
        }
        var collector = Collector(root: URL(fileURLWithPath: workspace).resolvingSymlinksInPath())
        collector.take(settings)
        collector.takeFolder(folder, depth: 0)
        return (collector.files, collector.diagnostics.collected)
    }

    /// Walks the folders by hand, because every step must be looked at: no link may lead out of the workspace.
    private struct Collector {
        let root: URL
        var files: [String: [UInt8]] = [:]
        var diagnostics = Diagnostics()
        /// Folders that were walked, so that links in a circle end.
        private var walked: Set<String> = []

        init(root: URL) {
            self.root = root
        }

        mutating func takeFolder(_ path: String, depth: Int) {
            guard depth <= maximumDepth else {
                return diagnostics.error(
                    "folders nest deeper than \(maximumDepth) levels", at: start(of: path))
            }
            let url = root.appendingPathComponent(path).resolvingSymlinksInPath()
            guard walked.insert(url.path).inserted else { return }
            // A workspace without campaigns yet is none to complain about.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
            for name in names.sorted() where !name.hasPrefix(".") {
                let member = "\(path)/\(name)"
                guard staysInside(member) else { continue }
                if isFolder(member) {
                    takeFolder(member, depth: depth + 1)
                } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                    take(member)
                }
            }
        }

        mutating func take(_ path: String) {
            let url = root.appendingPathComponent(path)
            guard FileManager.default.fileExists(atPath: url.path), staysInside(path) else { return }
            do {
                let handle = try FileHandle(forReadingFrom: url)
                // One byte more than is allowed is enough to refuse the file.
                let data = try handle.read(upToCount: YAMLReader.maximumSize + 1) ?? Data()
                try handle.close()
                files[path] = Array(data)
            } catch {
                diagnostics.error(
                    "the file cannot be read: \(error.localizedDescription)", at: start(of: path))
            }
        }

        private func isFolder(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            let path = root.appendingPathComponent(path).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }

        private mutating func staysInside(_ path: String) -> Bool {
            let target = root.appendingPathComponent(path).resolvingSymlinksInPath().path
            if target.utf8.starts(with: "\(root.path)/".utf8) { return true }
            diagnostics.error(
                "a link leads out of the workspace", at: start(of: path), hint: "put the file itself here")
            return false
        }

        private func start(of path: String) -> Place { Place(file: path, line: 1, column: 1) }
    }
}
