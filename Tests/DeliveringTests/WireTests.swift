import MIME
import TestSupport
import Testing

@testable import Delivering

@Suite("What goes on the wire")
struct WireTests {
    @Test("The envelope and the text arrive as they were given, through one transaction")
    func plain() async throws {
        let server = try FaultyServer()
        defer { server.stop() }
        let outcomes = try await deliver([try Sample.message("Tere\r\n")], to: server.port)
        #expect(outcomes == [Outcome(.accepted, reply: "250 2.0.0 Ok: queued as 4CFaulty")])
        let message = try #require(server.log.messages.first)
        #expect(message.sender.hasPrefix("<bounce+k7@kohv.example>"))
        #expect(message.recipients == ["<kadri@shop.example>"])
        #expect(message.lines.suffix(2) == ["", "Tere"])
        #expect(server.log.commands.last == "QUIT")
    }

    @Test(
        "An address that would inject a command is refused, and nothing is sent",
        arguments: [
            "b@y>\r\nRCPT TO:<v@z", "b@y\r\nDATA", "b@y>", "<b@y>", "b y@z", "b@y z", "b@y\n", "b@y\0", "",
            "@y", "b@", "b", "\"b\"@y.example", "b@[127.0.0.1]", "a,b@y.example", "õ@y.example",
        ])
    func injection(address: String) {
        #expect(throws: AddressError.self) { try Envelope(sender: "s@x.example", recipient: address) }
        #expect(throws: AddressError.self) { try Envelope(sender: address, recipient: "r@x.example") }
    }

    @Test("A text that plays at SMTP stays one message")
    func smuggling() async throws {
        #expect(throws: WireFault.self) { try Sample.message("a\n.\nMAIL FROM:<e@x>\r\n") }
        #expect(throws: WireFault.self) { try Sample.message("a\r.\r\nMAIL FROM:<e@x>\r\n") }
        let server = try FaultyServer()
        defer { server.stop() }
        let body = ".\r\n..\r\na\r\n.\r\nMAIL FROM:<e@x>\r\nRCPT TO:<v@x>\r\nDATA\r\n.\r\n"
        #expect(try await deliver([try Sample.message(body)], to: server.port).map(\.verdict) == [.accepted])
        #expect(server.log.messages.count == 1)
        #expect(server.log.messages.first?.recipients == ["<kadri@shop.example>"])
        let lines = server.log.messages.first?.lines.suffix(8).map { $0 }
        #expect(lines == ["..", "...", "a", "..", "MAIL FROM:<e@x>", "RCPT TO:<v@x>", "DATA", ".."])
    }

    @Test("Many messages go over one connection")
    func reuse() async throws {
        let server = try FaultyServer()
        defer { server.stop() }
        let messages = try (1...50).map { try Sample.message("Number \($0)\r\n") }
        let outcomes = try await deliver(messages, to: server.port)
        #expect(outcomes.allSatisfy { $0.verdict == .accepted })
        #expect(server.log.messages.map { $0.lines.last } == (1...50).map { "Number \($0)" })
        #expect(server.log.connections == 1)
    }

    @Test(
        "A connection that the relay ended after a message is reopened at once",
        arguments: ["", "421 4.4.2 Too long idle\r\n"])
    func reopening(farewell: String) async throws {
        let server = try FaultyServer(.init(farewell: farewell))
        defer { server.stop() }
        let relay = try Relay(name: "main", url: "smtp://127.0.0.1:\(server.port)", connections: 1)
        let connections = RelayConnections(to: relay, timeouts: shortTimeouts)
        var closings = server.closings.makeAsyncIterator()
        for number in 1...3 {
            let message = EnvelopedMessage(
                try Sample.envelope(), try Sample.message("Number \(number)\r\n"))
            #expect(await connections.deliver([message]).map(\.verdict) == [.accepted])
            await closings.next()
        }
        await connections.finish()
        #expect(server.log.messages.map { $0.lines.last } == ["Number 1", "Number 2", "Number 3"])
        #expect(server.log.connections == 3)
    }

    @Test("A refused recipient does not spoil the next message")
    func afterRefusal() async throws {
        let server = try FaultyServer(.rcpt, .reply("550 5.1.1 Unknown"))
        defer { server.stop() }
        let outcomes = try await deliver([try Sample.message(), try Sample.message()], to: server.port)
        #expect(outcomes.map(\.verdict) == [.refused(suppress: true), .refused(suppress: true)])
        #expect(server.log.messages.isEmpty)
    }

    @Test(
        "Both common ways to log in are spoken",
        arguments: [("PLAIN", ["AGJvb24AczNjcmV0"]), ("LOGIN", ["Ym9vbg==", "czNjcmV0"])])
    func login(mechanism: String, secrets: [String]) async throws {
        let server = try FaultyServer(.init(extensions: ["AUTH \(mechanism)"]))
        defer { server.stop() }
        let login = Relay.Login(username: "boon", password: "s3cret")
        let outcomes = try await deliver([try Sample.message()], to: server.port, login: login)
        #expect(outcomes.map(\.verdict) == [.accepted])
        #expect(server.log.commands.contains("AUTH \(mechanism)"))
        #expect(secrets.allSatisfy(server.log.commands.contains))
    }

    @Test("Where TLS is required and not offered, nothing is sent in clear")
    func noSTARTTLS() async throws {
        let server = try FaultyServer()
        defer { server.stop() }
        let login = Relay.Login(username: "boon", password: "s3cret")
        let outcomes = try await deliver(
            [try Sample.message()], to: server.port, login: login, encrypted: true)
        #expect(outcomes.map(\.verdict) == [.unreachable])
        #expect(server.log.messages.isEmpty)
        #expect(!server.log.commands.contains { $0.hasPrefix("MAIL") || $0.hasPrefix("AUTH") })
    }
}
