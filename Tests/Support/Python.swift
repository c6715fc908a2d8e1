import Foundation

/// Debian's Python, which sees Debian's packages, for second opinions.
package enum Python {
    /// It; nil when it is not installed.
    package static let executable = Executable("python3", in: ["/usr/bin", "/usr/local/bin"])

    /// Whether a module can be imported.
    package static func has(_ module: String) -> Bool {
        (try? executable?.run(["-c", "import \(module)"], in: URL(filePath: "/"))) != nil
    }

    /// Runs a script with text on its standard input.
    /// - Returns: what it printed.
    /// - Throws: `ExecutableError` when it fails, standard error says why; `POSIXError` when it hangs.
    package static func run(_ script: String, arguments: [String] = [], input: String = "") async throws
        -> String
    {
        guard let executable else { throw ExecutableError(command: "python3") }
        return try await executable.output(["-c", script] + arguments, input: input)
    }
}

/// A script in one process that answers each line with a line, at once. So neither side ever holds more than
/// one message, however many there are.
package final class PythonScript {
    private let process: Child
    private let input: FileHandle
    private let output: FileHandle

    /// Starts it.
    /// - Throws: `ExecutableError` when there is no Python.
    package init(_ script: String) throws {
        // A script that fails shall be an error of its test, not the end of all tests.
        signal(SIGPIPE, SIG_IGN)
        guard let executable = Python.executable else { throw ExecutableError(command: "python3") }
        let (input, output) = (Pipe(), Pipe())
        for end in [input.fileHandleForWriting, output.fileHandleForReading] {
            _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        process = try Child(
            executable.url, ["-c", script],
            input: .descriptor(input.fileHandleForReading.fileDescriptor),
            output: .descriptor(output.fileHandleForWriting.fileDescriptor), errors: .inherited)
        // The script's own ends are the script's alone: what it leaves open is what we hear.
        try input.fileHandleForReading.close()
        try output.fileHandleForWriting.close()
        (self.input, self.output) = (input.fileHandleForWriting, output.fileHandleForReading)
    }

    deinit {
        process.end()
    }

    /// Sends a line and waits for the one that the script prints.
    /// - Throws: `ExecutableError` when the script has ended; standard error says why.
    package func answer(to line: String) throws -> Data {
        try input.write(contentsOf: Data((line + "\n").utf8))
        var answer = Data()
        while answer.last != 0x0A {
            let more = output.availableData
            guard !more.isEmpty else { throw ExecutableError(command: "the script") }
            answer += more
        }
        return answer.dropLast()
    }
}
