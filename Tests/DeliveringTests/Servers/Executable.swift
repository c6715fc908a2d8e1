import Foundation

/// A program of this machine that a test drives.
struct Executable: Sendable {
    let url: URL

    /// Finds a program on the path or where administrators' programs are.
    init?(_ name: String) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/bin", "/sbin"]
        let found = folders.lazy.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
        guard let found else { return nil }
        url = URL(fileURLWithPath: found)
    }

    /// Starts it and goes on.
    func start(_ arguments: [String], in folder: URL) throws -> Process {
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
    func run(_ arguments: [String], in folder: URL) throws {
        let process = try start(arguments, in: folder)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ExecutableError(command: "\(url.lastPathComponent) \(arguments.joined(separator: " "))")
        }
    }

    static var isRoot: Bool { getuid() == 0 }
}

extension Process {
    /// Ends the process for sure: one started from a worker thread inherits that thread's blocked signals, so
    /// SIGTERM may never reach it.
    func end() {
        kill(processIdentifier, SIGKILL)
        waitUntilExit()
    }
}

struct ExecutableError: Error {
    let command: String
}

/// A folder that other users' processes can reach and write, for servers that drop their rights.
struct SharedFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: url.path)
    }

    func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func remove() {
        try? FileManager.default.removeItem(at: url)
    }
}

/// Waits until a server listens, at most ten seconds.
func waitUntilListening(port: UInt16) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while !Socket.isListening(port: port) {
        guard ContinuousClock.now < deadline else { throw POSIXError(.ETIMEDOUT) }
        try await Task.sleep(for: .milliseconds(5))
    }
}
