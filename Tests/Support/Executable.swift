import Foundation

/// A program of this machine that a test drives.
package struct Executable: Sendable {
    package let url: URL

    /// Finds a program, by the first name that is there.
    /// - Parameter folders: where to look; on the path and where administrators' programs are when nil.
    package init?(_ names: String..., in folders: [String]? = nil) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders =
            folders ?? path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/bin", "/sbin"]
        let paths = names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }
        guard let found = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
        url = URL(fileURLWithPath: found)
    }

    /// Starts it and goes on.
    /// - Throws: `ExecutableError` when it cannot be started.
    package func start(_ arguments: [String], in folder: URL) throws -> Child {
        try Child(url, arguments, in: folder)
    }

    /// Runs it to its end and blocks the thread meanwhile.
    /// - Throws: `ExecutableError` unless it exits with 0.
    package func run(_ arguments: [String], in folder: URL) throws {
        guard try start(arguments, in: folder).wait() == 0 else { throw failure(arguments) }
    }

    /// Runs it to its end with a text on its standard input. What it complains of comes with the tests' own.
    /// - Returns: what it printed.
    /// - Throws: `ExecutableError` unless it exits with 0, `POSIXError` when it hangs.
    package func output(_ arguments: [String], input: String = "") async throws -> String {
        // Files, not pipes: neither side can fill one up and wait for the other.
        let folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (source, result) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(input.utf8).write(to: source)
        let child = try Child(
            url, arguments, input: .file(source.path), output: .file(result.path), errors: .inherited)
        guard try await child.ended() == 0 else { throw failure(arguments) }
        return String(decoding: try Data(contentsOf: result), as: UTF8.self)
    }

    private func failure(_ arguments: [String]) -> ExecutableError {
        ExecutableError(command: "\(url.lastPathComponent) \(arguments.joined(separator: " "))")
    }

    package static var isRoot: Bool { getuid() == 0 }
}

/// A program that could not be started, failed, or did not end.
package struct ExecutableError: Error {
    let command: String
}
