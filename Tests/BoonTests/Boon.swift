import Foundation
import Subprocess
import Testing

/// The command itself, as people run it: the binary that was built beside the tests, or the one that BOON_PATH
/// names, which is how `make long` tests the release build.
enum Boon {
    /// What a command has left behind.
    struct Ended: Sendable {
        /// The exit code; nil when a signal ended it.
        let code: Int32?
        let output: String
        let errors: String

        fileprivate init(_ status: TerminationStatus, _ output: [UInt8], _ errors: [UInt8]) {
            if case .exited(let code) = status { self.code = code } else { code = nil }
            self.output = String(decoding: output, as: UTF8.self)
            self.errors = String(decoding: errors, as: UTF8.self)
        }

        /// What went wrong, in the command's own sentences: standard error without news of its progress.
        var complaints: [String] {
            errors.split(separator: "\n").filter { !$0.hasSuffix("/s") && !$0.hasSuffix(" left") }.map(
                String.init)
        }

        /// Standard output as JSON, read by somebody else's reader.
        func json() throws -> Any {
            try JSONSerialization.jsonObject(with: Data(output.utf8))
        }
    }

    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["BOON_PATH"] { return path }
        let folder = Bundle.main.executableURL?.deletingLastPathComponent()
        return folder?.appending(path: "boon").path ?? "boon"
    }()

    /// Runs a command to its end.
    /// - Parameters:
    ///   - folder: where it runs; the tests' own folder when nil.
    ///   - environment: what is added to the environment of the tests.
    static func run(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) async throws -> Ended {
        try await run(path, arguments, in: folder, environment: environment)
    }

    /// Runs another program to its end.
    static func run(
        _ program: String, _ arguments: [String], in folder: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> Ended {
        try await Deadline.hold(for: ([program] + arguments).joined(separator: " ")) {
            let result = try await Subprocess.run(
                configuration(program, arguments, folder, environment), output: .bytes(limit: 64 << 20),
                error: .bytes(limit: 16 << 20))
            return Ended(result.terminationStatus, result.standardOutput, result.standardError)
        }
    }

    /// Starts a command and ends it with SIGKILL after a while, as a power cut would.
    /// - Returns: the exit code when the command was faster; nil when it was killed.
    static func kill(_ arguments: [String], after delay: Duration) async throws -> Int32? {
        try await Deadline.hold(for: arguments.joined(separator: " ")) {
            let result = try await Subprocess.run(
                configuration(path, arguments, nil, [:]), input: .none, output: .sequence, error: .discarded
            ) { execution in
                let killing = Task {
                    try await Task.sleep(for: delay)
                    try execution.send(signal: .kill)
                }
                // Its output ends when it does, one way or the other.
                for try await _ in execution.standardOutput {}
                killing.cancel()
                _ = await killing.result
            }
            if case .exited(let status) = result.terminationStatus { return status }
            return nil
        }
    }

    /// A command that is under way.
    struct Running {
        fileprivate let process: pid_t
        /// Sends it a signal.
        let signal: (Signal) -> Void

        /// The most memory that it has had resident so far, in bytes. Linux says `VmHWM:   61234 kB`.
        func peakMemory() throws -> Int {
            let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.filter(\.isNumber))) * 1024
        }
    }

    /// Starts a command, does something meanwhile, and waits for its end.
    /// - Parameters:
    ///   - environment: what is added to the environment of the tests.
    ///   - clock: what it takes for the time; the machine's own clock when nil.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], by clock: FakeTime? = nil,
        meanwhile: (Running) async throws -> Void
    ) async throws -> Ended {
        let watchdog = Deadline.Watchdog()
        defer { watchdog.end() }
        let result = try await Subprocess.run(
            configuration(
                clock?.launcher ?? path, (clock == nil ? [] : [path]) + arguments, nil,
                environment.merging(clock?.environment ?? [:]) { $1 }),
            input: .none, output: .bytes(limit: 1 << 20), error: .bytes(limit: 1 << 20)
        ) { execution in
            watchdog.watch { try? execution.send(signal: .kill) }
            do {
                let process = execution.processIdentifier.value
                try await meanwhile(Running(process: process) { try? execution.send(signal: $0) })
            } catch {
                try? execution.send(signal: .kill)
                throw error
            }
        }
        return Ended(result.terminationStatus, result.standardOutput, result.standardError)
    }

    private static func configuration(
        _ program: String, _ arguments: [String], _ folder: String?, _ environment: [String: String]
    ) -> Configuration {
        let added = environment.map { (Environment.Key(rawValue: $0.key), Optional($0.value)) }
        return Configuration(
            executable: .path(.init(program)), arguments: Arguments(arguments),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: added.compactMap { key, value in key.map { ($0, value) } })),
            workingDirectory: folder.map { .init($0) })
    }
}
