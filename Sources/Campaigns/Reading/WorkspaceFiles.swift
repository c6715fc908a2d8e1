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
        collector.takeAll()
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

        mutating func takeAll() {
            if leadsInside(settings) { take(settings) }
            if leadsInside(folder) { takeFolder(folder, depth: 0) }
        }

        private mutating func takeFolder(_ path: String, depth: Int) {
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
                guard leadsInside(member) else { continue }
                if isFolder(member) {
                    takeFolder(member, depth: depth + 1)
                } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                    take(member)
                }
            }
        }

        private mutating func take(_ path: String) {
            do throws(PlainFile.Problem) {
                // One byte more than is allowed is enough to refuse the file.
                files[path] = try PlainFile.bytes(
                    root.appendingPathComponent(path).path, upTo: YAMLReader.maximumSize + 1)
            } catch {
                switch error {
                case .brokenLink: refuse(path, "a link leads nowhere")
                case .notPlain: refuse(path, "this is no plain file")
                case .unreadable(let reason):
                    diagnostics.error("the file cannot be read: \(reason)", at: start(of: path))
                }
            }
        }

        private func isFolder(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            let path = root.appendingPathComponent(path).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }

        private mutating func leadsInside(_ path: String) -> Bool {
            let url = root.appendingPathComponent(path)
            if PlainFile.isBrokenLink(url.path) {
                refuse(path, "a link leads nowhere")
                return false
            }
            if url.resolvingSymlinksInPath().path.utf8.starts(with: "\(root.path)/".utf8) { return true }
            refuse(path, "a link leads out of the workspace")
            return false
        }

        private mutating func refuse(_ path: String, _ problem: String) {
            diagnostics.error(problem, at: start(of: path), hint: "put the file itself here")
        }

        private func start(of path: String) -> Place { Place(file: path, line: 1, column: 1) }
    }
}
