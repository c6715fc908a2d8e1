import Foundation

/// Postfix's `smtp-sink` on a port of its own: takes every message and writes it to a file, which it removes when
/// the sender goes away before the end.
package struct Sink: Postbox {
    package static let isInstalled = Executable("smtp-sink") != nil

    package let port: UInt16
    private let folder: SharedFolder
    private let process: Child

    /// Starts it.
    package init() async throws {
        guard let sink = Executable("smtp-sink") else { throw POSIXError(.ENOENT) }
        folder = try SharedFolder()
        port = try Socket.freePort()
        let user = Executable.isRoot ? ["-u", "nobody"] : []
        let dump = folder.url.appending(path: "dump-").path
        process = try sink.start(user + ["-d", dump, "127.0.0.1:\(port)", "100"], in: folder.url)
        try await waitUntilListening(port: port)
    }

    /// The envelope recipients of all messages that have come, sorted.
    package func recipients() throws -> [String] {
        try arrivals().map(\.recipient).sorted()
    }

    package func arrivals() throws -> [Arrival] {
        try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil).map {
            file in
            let bytes = try Data(contentsOf: file)
            return Arrival(
                recipient: bytes.text(after: "\nX-Rcpt-Args: <", until: ">"),
                messageID: bytes.text(after: "\nMessage-ID: ", until: "\n"), at: nil)
        }
    }

    /// Ends it and forgets what it took.
    package func stop() {
        process.end()
        folder.remove()
    }
}

extension String {
    /// What follows a text at the beginning of lines.
    package func values(ofHeader start: String) -> [Substring] {
        split(whereSeparator: \.isNewline).filter { $0.hasPrefix(start) }.map { $0.dropFirst(start.count) }
    }
}
