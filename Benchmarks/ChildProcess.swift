import Foundation

/// A command that was run to its end, with what it cost.
struct ChildProcess {
    /// Wall-clock time.
    let seconds: Double
    /// The largest resident memory, in bytes.
    let peakMemory: Int
    let output: String

    /// Runs a command and waits for it. Its output goes through a file, so that no pipe can fill up.
    /// - Throws: `BenchError` when it cannot be started or fails.
    static func run(_ command: [String], input: String? = nil) throws -> ChildProcess {
        let outputPath = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: outputPath) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if let input { posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0) }
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let begun = ContinuousClock.now
        guard posix_spawnp(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
            throw BenchError("\(command[0]) cannot be started; is it installed?")
        }
        var (status, usage): (Int32, rusage) = (0, rusage())
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        let output = try String(contentsOfFile: outputPath, encoding: .utf8)
        guard status == 0 else { throw BenchError("\(command.joined(separator: " ")) failed: \(output)") }
        return ChildProcess(seconds: seconds, peakMemory: Int(usage.ru_maxrss) * 1024, output: output)
    }

    /// The median time of several runs, which forgives a noisy machine one slow one.
    static func median(of count: Int, _ command: [String], input: String? = nil) throws -> Double {
        let times = try (0..<count).map { _ in try run(command, input: input).seconds }.sorted()
        return times[times.count / 2]
    }
}

/// Why a benchmark cannot go on.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
