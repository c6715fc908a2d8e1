import Foundation
import Testing

@testable import Delivering

@Suite("Postfix's smtp-sink")
struct SinkTests {
    @Test(
        "Every one of 2,000 messages over 8 connections arrives exactly once",
        .enabled(if: Executable("smtp-sink") != nil, "smtp-sink is not installed"))
    func exactlyOnce() async throws {
        let sink = try #require(Executable("smtp-sink"))
        let folder = try SharedFolder()
        defer { folder.remove() }
        let port = try Socket.freePort()
        let user = Executable.isRoot ? ["-u", "nobody"] : []
        let dump = folder.url.appending(path: "dump-").path
        let process = try sink.start(user + ["-D", dump, "127.0.0.1:\(port)", "100"], in: folder.url)
        defer { process.end() }
        try await waitUntilListening(port: port)

        let expected = (1...2000).map { "reader\($0)@shop.example" }
        let outcomes = try await deliver(to: expected, port: port)
        #expect(outcomes.allSatisfy { $0.verdict == .accepted })
        #expect(try recipients(dumpedIn: folder).sorted() == expected.sorted())
    }

    private func deliver(to recipients: [String], port: UInt16) async throws -> [Outcome] {
        let relay = try Relay(name: "sink", url: "smtp://127.0.0.1:\(port)", connections: 8)
        let connections = RelayConnections(to: relay)
        let message = try Sample.message()
        let outcomes = try await withThrowingTaskGroup { group in
            for recipient in recipients {
                let envelope = try Sample.envelope(to: recipient)
                group.addTask { await connections.deliver(envelope, message) }
            }
            return try await group.reduce(into: [Outcome]()) { $0.append($1) }
        }
        await connections.finish()
        return outcomes
    }

    private func recipients(dumpedIn folder: SharedFolder) throws -> [String] {
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.url, includingPropertiesForKeys: nil)
        return try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .filter { $0.hasPrefix("X-Rcpt-Args: ") }
                .map { $0.dropFirst("X-Rcpt-Args: <".count).prefix { $0 != ">" } }
                .map(String.init)
        }
    }
}
