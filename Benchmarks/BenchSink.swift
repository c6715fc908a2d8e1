import Foundation

/// A server that takes mail and forgets it, as a process of its own on a port of 127.0.0.1.
final class BenchSink {
    enum Kind: String, CaseIterable {
        case postfix = "smtp-sink"
        /// This program once more; see `ReadingSink`.
        case reader = "a sink that only reads"
    }

    let kind: Kind
    let port: UInt16
    private let process: pid_t

    /// Starts it and waits until it listens.
    /// - Throws: `BenchError` when it cannot be started.
    init(_ kind: Kind) throws {
        self.kind = kind
        port = UInt16.random(in: 20_000..<30_000)
        let place = "127.0.0.1:\(port)"
        let user = getuid() == 0 ? ["-u", "nobody"] : []
        process = try ChildProcess.start(
            kind == .postfix
                ? ["smtp-sink"] + user + [place, "1000"] : [CommandLine.arguments[0], "sink", "\(port)"])
        for _ in 0..<500 where !isListening { usleep(10_000) }
        guard isListening else { throw BenchError("\(kind.rawValue) does not listen on \(place)") }
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// How fast Postfix's `smtp-source` hands it messages.
    /// - Parameter keepingConnections: as Boon does; otherwise each message has a connection of its own, as
    ///   `smtp-source` does when it is not told.
    func receive(_ messages: Int, bytes: Int, sessions: Int, keepingConnections: Bool) throws -> ChildProcess
    {
        let load = ["-s", "\(sessions)", "-m", "\(messages)", "-l", "\(bytes)"]
        let keeping = keepingConnections ? ["-d"] : []
        return try ChildProcess.run(["smtp-source"] + keeping + load + ["127.0.0.1:\(port)"])
    }

    private var isListening: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in.loopback(port: port)
        return address.withPointer { connect(descriptor, $0, $1) } == 0
    }
}

extension sockaddr_in {
    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    mutating func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: &self) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
