import Foundation

/// A process that a test has started, ended by its id and waited for by nothing else: Foundation's `Process` waits for
/// the end of a socket too, which any other child may hold. It takes signals, whatever its starting thread blocks.
package final class Child: Sendable {
    /// What one of the three streams is connected to.
    package enum Stream: Sendable {
        /// That of the tests.
        case inherited
        /// A file; written ones are made or emptied first.
        case file(String)
        /// An open descriptor, which the caller closes.
        case descriptor(Int32)

        package static let nowhere = Stream.file("/dev/null")
    }

    private let process: pid_t

    /// Starts it.
    /// - Throws: `ExecutableError` when it cannot be started.
    package init(
        _ program: URL, _ arguments: [String], in folder: URL? = nil, input: Stream = .nowhere,
        output: Stream = .nowhere, errors: Stream = .nowhere
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in [input, output, errors].enumerated() {
            stream.add(to: &actions, as: Int32(number))
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let change = folder.map { ["/usr/bin/env", "--chdir=\($0.path)"] } ?? []
        let command = change + [program.path] + arguments
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        guard posix_spawn(&process, command[0], &actions, &attributes, &words, environ) == 0 else {
            throw ExecutableError(command: command.joined(separator: " "))
        }
        self.process = process
    }

    /// Waits for its end and blocks the thread: only for what needs nothing of this process meanwhile.
    /// - Returns: its exit code; nil when a signal ended it.
    package func wait() -> Int32? {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return Self.code(status)
    }

    /// Waits for its end, but not for ever: one that hangs is killed, so that its test fails and says so.
    /// - Returns: its exit code; nil when a signal ended it.
    package func ended(within time: Duration = .seconds(120)) async throws -> Int32? {
        var status: Int32 = 0
        do {
            try await waitUntil(within: time) { waitpid(process, &status, WNOHANG) != 0 }
        } catch {
            end()
            throw error
        }
        return Self.code(status)
    }

    /// Ends it for sure.
    package func end() {
        kill(process, SIGKILL)
        _ = wait()
    }

    private static func code(_ status: Int32) -> Int32? {
        status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }
}

extension Child.Stream {
    fileprivate func add(to actions: inout posix_spawn_file_actions_t, as number: Int32) {
        switch self {
        case .inherited: break
        case .file(let path):
            let mode = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
            posix_spawn_file_actions_addopen(&actions, number, path, mode, 0o600)
        case .descriptor(let descriptor):
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
    }
}
