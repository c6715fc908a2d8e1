import Foundation
import PackagePlugin

/// Puts the worked examples and default templates of the repository's root into the binary, so that `boon demo`
/// and a workspace without templates need no other file.
@main
struct EmbedDefaults: BuildToolPlugin {
    private static let sources = ["boon.yaml", "campaigns", "templates", "examples"]
    private static let endings = ["yaml", "liquid", "csv", "txt"]

    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let root = context.package.directoryURL
        let paths = Self.sources.flatMap { files(under: $0, of: root) }.sorted()
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(paths.count) default files",
                executable: try context.tool(named: "embed").url,
                arguments: [output.path, root.path] + paths,
                inputFiles: paths.map { root.appending(path: $0) }, outputFiles: [output])
        ]
    }

    private func files(under path: String, of root: URL) -> [String] {
        let url = root.appending(path: path)
        guard let names = FileManager.default.enumerator(atPath: url.path) else {
            return FileManager.default.fileExists(atPath: url.path) ? [path] : []
        }
        let found = names.compactMap { $0 as? String }.filter { name in
            Self.endings.contains { name.hasSuffix(".\($0)") }
        }
        return found.isEmpty && Self.endings.contains(url.pathExtension)
            ? [path] : found.map { "\(path)/\($0)" }
    }
}
