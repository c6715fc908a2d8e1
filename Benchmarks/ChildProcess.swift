import Foundation
import Synchronization

/// A command that was run to its end, with what it cost.
struct ChildProcess {
    /// Wall-clock time.
    let seconds: Double
    /// Time of a core, spent in the process and by the kernel for it.
    let processorSeconds: Double
    /// The largest resident memory, in bytes.
    let peakMemory: Int
    /// The resident memory that it had in the middle of its time, in bytes: the median of what was seen.
    let steadyMemory: Int
    let output: String

    /// Runs a command and waits for it. Its output goes through a file, so that no pipe can fill up.
    /// - Throws: `BenchError` when it cannot be started or fails.
    static func run(_ command: [String], input: String? = nil) throws -> ChildProcess {
        let outputPath = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: outputPath) }
        let begun = ContinuousClock.now
        let process = try start(command, input: input, output: outputPath)
        let memory = MemoryWatch(process)
        var (status, usage): (Int32, rusage) = (0, rusage())
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        let output = try String(contentsOfFile: outputPath, encoding: .utf8)
        guard status == 0 else { throw BenchError("\(command.joined(separator: " ")) failed: \(output)") }
        return ChildProcess(
            seconds: seconds, processorSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds,
            peakMemory: Int(usage.ru_maxrss) * 1024, steadyMemory: memory.median(), output: output)
    }

    /// Starts a command and goes on.
    /// - Parameters:
    ///   - input: the file that it reads; its standard input is this program's when nil.
    ///   - output: the file that it writes; nowhere when nil.
    /// - Throws: `BenchError` when it cannot be started.
    static func start(_ command: [String], input: String? = nil, output: String? = nil) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(
            &actions, 1, output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if let input { posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0) }
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        guard posix_spawnp(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
            throw BenchError("\(command[0]) cannot be started; is it installed?")
        }
        return process
    }

    /// The median time of several runs, which forgives a noisy machine one slow one.
    static func median(of count: Int, _ command: [String], input: String? = nil) throws -> Double {
        let times = try (0..<count).map { _ in try run(command, input: input).seconds }.sorted()
        return times[times.count / 2]
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1_000_000 }
}

/// Looks at a process's resident memory every 20 ms until it ends.
private final class MemoryWatch: Sendable {
    private let samples = Mutex<[Int]>([])

    init(_ process: pid_t) {
        Thread { [weak self] in
            while let kilobytes = Self.residentKilobytes(process), let self {
                self.samples.withLock { $0.append(kilobytes) }
                usleep(20_000)
            }
        }.start()
    }

    /// In bytes.
    func median() -> Int {
        samples.withLock { $0.isEmpty ? 0 : $0.sorted()[$0.count / 2] * 1024 }
    }

    /// Linux says `VmRSS:   61234 kB`, and nothing once the process is a zombie.
    private static func residentKilobytes(_ process: pid_t) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
    }
}

/// Why a benchmark cannot go on.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
