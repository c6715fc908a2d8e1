import Foundation

/// A program of this machine that a test drives.
package struct Executable: Sendable {
    package let url: URL

    /// Finds a program, by the first name that is there, on the path or where administrators' programs are.
    package init?(_ names: String...) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/bin", "/sbin"]
        let paths = names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }
        guard let found = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
        url = URL(fileURLWithPath: found)
    }

    /// Starts it and goes on.
    package func start(_ arguments: [String], in folder: URL) throws -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        return process
    }

    /// Runs it to its end.
    /// - Throws: `ExecutableError` unless it exits with 0.
    package func run(_ arguments: [String], in folder: URL) throws {
        let process = try start(arguments, in: folder)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ExecutableError(command: "\(url.lastPathComponent) \(arguments.joined(separator: " "))")
        }
    }

    package static var isRoot: Bool { getuid() == 0 }
}

extension Process {
    /// Ends the process for sure: one started from a worker thread inherits that thread's blocked signals, so
    /// SIGTERM may never reach it.
    package func end() {
        kill(processIdentifier, SIGKILL)
        waitUntilExit()
    }
}

package struct ExecutableError: Error {
    let command: String
}
