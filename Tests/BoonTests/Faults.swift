import Foundation
import TestSupport
import Testing

/// A disk of a test's own, a little one in memory, with the workspace's store on it.
struct TinyDisk {
    private let path: String

    /// Whether this user may mount one: tried, since containers forbid it in many ways.
    static let isPossible: Bool = {
        guard Executable.isRoot, let folder = try? SharedFolder() else { return false }
        defer { folder.remove() }
        return (try? TinyDisk(at: folder.url.path, bytes: 65_536).remove()) != nil
    }()

    init(at path: String, bytes: Int) throws {
        self.path = path
        try mount(["-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", path])
    }

    func grow(to bytes: Int) throws {
        try mount(["-o", "remount,size=\(bytes)", path])
    }

    func remove() throws {
        try Executable("umount")?.run([path], in: URL(filePath: "/"))
    }

    private func mount(_ arguments: [String]) throws {
        guard let mount = Executable("mount") else { throw POSIXError(.ENOENT) }
        try mount.run(arguments, in: URL(filePath: "/"))
    }
}

/// Lets system calls fail, through strace.
enum Strace {
    /// What happens in place of a call.
    enum Fault {
        case error(String)
        /// The process is killed before the call does anything.
        case kill

        fileprivate var injection: String {
            switch self {
            case .error(let name): "error=\(name)"
            case .kill: "signal=KILL"
            }
        }

        /// Stopping only at the calls in question is much faster; strace 6.1 then delivers no signals.
        fileprivate var speed: [String] {
            switch self {
            case .error: ["--seccomp-bpf"]
            case .kill: []
            }
        }
    }

    static let isPossible: Bool = {
        let folder = URL(filePath: "/")
        return (try? Executable("strace")?.run(["-qq", "-o", "/dev/null", "true"], in: folder)) != nil
    }()

    /// Runs a command some of whose calls of a kind fail.
    /// - Parameters:
    ///   - calls: `fsync,fdatasync`.
    ///   - when: which of them, each thread's calls counted apart: `3`, or `3+` for all from the third on.
    ///   - file: only calls on this file; all when nil.
    static func run(
        _ calls: String, _ fault: Fault, when: String, on file: String? = nil, _ arguments: [String]
    ) async throws -> Boon.Ended {
        let strace = try #require(Executable("strace"))
        let tracing = ["-f", "-qq", "-o", "/dev/null"] + fault.speed + (file.map { ["-P", $0] } ?? [])
        let inject = ["-e", "trace=\(calls)", "-e", "inject=\(calls):\(fault.injection):when=\(when)"]
        return try await Boon.run(strace.url.path, tracing + inject + [Boon.path] + arguments)
    }
}
