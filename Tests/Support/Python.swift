import Foundation

/// Debian's Python, which sees Debian's packages, for second opinions.
package enum Python {
    private static let path = ["/usr/bin/python3", "/usr/local/bin/python3"].first(
        where: FileManager.default.isExecutableFile)

    /// Whether a module can be imported.
    package static func has(_ module: String) -> Bool {
        (try? run("import \(module)\nprint('yes')", input: "")) == "yes\n"
    }

    /// Runs a script with text on its standard input.
    /// - Returns: what it printed.
    /// - Throws: `ExecutableError` when it fails; standard error says why.
    package static func run(_ script: String, input: String) throws -> String {
        guard let path else { throw ExecutableError(command: "python3") }
        let folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: neither side can fill one up and wait for the other.
        let (source, result) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(input.utf8).write(to: source)
        try Data().write(to: result)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = try FileHandle(forWritingTo: result)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ExecutableError(command: "python3") }
        return String(decoding: try Data(contentsOf: result), as: UTF8.self)
    }
}
