import Foundation
import TestSupport
import Testing

/// Debian's Python, which sees Debian's packages, for second opinions.
enum Python {
    static let path = ["/usr/bin/python3", "/usr/local/bin/python3"].first(
        where: FileManager.default.isExecutableFile)

    /// Whether a module can be imported.
    static func has(_ module: String) -> Bool {
        guard let path else { return false }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-c", "import \(module)"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

/// A script in one process that answers each line with a line, at once. So neither side ever holds more than
/// one message, however many there are.
final class PythonScript {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ script: String) throws {
        // A script that fails shall be an error of its test, not the end of all tests.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = URL(filePath: try #require(Python.path))
        process.arguments = ["-c", script]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        process.end()
    }

    /// Sends a line and waits for the one that the script prints.
    func answer(to line: String) throws -> Data {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
        var answer = Data()
        while answer.last != 0x0A {
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "the script has ended; standard error says why")
            answer += more
        }
        return answer.dropLast()
    }
}
