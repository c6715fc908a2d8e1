import TestSupport
import Testing

@testable import Delivering

@Suite("Postfix's smtp-sink")
struct SinkTests {
    @Test(
        "Every one of 2,000 messages over 8 connections arrives exactly once",
        .enabled(if: Sink.isInstalled, "smtp-sink is not installed"))
    func exactlyOnce() async throws {
        let sink = try await Sink()
        defer { sink.stop() }
        let expected = (1...2000).map { "reader\($0)@shop.example" }
        let outcomes = try await deliver(to: expected, port: sink.port)
        #expect(outcomes.allSatisfy { $0.verdict == .accepted })
        #expect(try sink.recipients() == expected.sorted())
    }

    private func deliver(to recipients: [String], port: UInt16) async throws -> [Outcome] {
        let relay = try Relay(name: "sink", url: "smtp://127.0.0.1:\(port)", connections: 8)
        let connections = RelayConnections(to: relay)
        let message = try Sample.message()
        let outcomes = await connections.deliver(
            try recipients.map { EnvelopedMessage(try Sample.envelope(to: $0), message) })
        await connections.finish()
        return outcomes
    }
}
