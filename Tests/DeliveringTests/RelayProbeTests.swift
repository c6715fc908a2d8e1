import TestSupport
import Testing

@testable import Delivering

@Suite("Trying a relay out")
struct RelayProbeTests {
    private func findings(
        _ port: UInt16, login: Relay.Login? = nil, encrypted: Bool? = nil
    ) throws -> RelayFindings {
        let relay = try Relay(
            name: "main", url: "smtp://127.0.0.1:\(port)", encrypted: encrypted, login: login)
        return RelayProbe(relay, timeouts: shortTimeouts).connect()
    }

    @Test("Greeting, capabilities and log-in are told, and no message is spoken of")
    func findings() throws {
        let server = try FaultyServer(
            .init(extensions: ["PIPELINING", "SIZE 10485760", "AUTH PLAIN LOGIN", "smtputf8"]))
        defer { server.stop() }
        let found = try findings(server.port, login: .init(username: "boon", password: "s3cret"))
        #expect(found.trouble == nil)
        #expect(found.greeting == "faulty.example ESMTP")
        #expect(found.tls == nil)
        #expect(found.capabilities == ["PIPELINING", "SIZE 10485760", "AUTH PLAIN LOGIN", "smtputf8"])
        #expect(found.mechanisms == ["PLAIN", "LOGIN"])
        #expect(found.sizeLimit == 10_485_760)
        #expect(found.offers("SMTPUTF8") && !found.offers("STARTTLS"))
        #expect(found.loggedIn == true)
        #expect(!server.log.commands.contains { $0.hasPrefix("MAIL") || $0.hasPrefix("RCPT") })
        #expect(server.log.commands.last == "QUIT")
    }

    @Test(
        "What goes wrong is a sentence that says what to do",
        arguments: [
            (
                .greeting, .reply("554 5.3.2 Go away"),
                "Relay main answers \"554 5.3.2 Go away\"; ask who runs it"
            ),
            (.greeting, .garbage, "Relay main answers with something that is no SMTP; see that its url"),
            (.greeting, .silence, "Relay main does not answer in time; see that its url"),
            (.greeting, .close, "Relay main hangs up before it says anything ("),
            (.ehlo, .reply("421 4.3.2 Busy"), "Relay main answers \"421 4.3.2 Busy\"; ask who runs it"),
            (
                .auth, .reply("535 5.7.8 Wrong"),
                "Relay main answers \"535 5.7.8 Wrong\" to the log-in; correct its"
            ),
        ] as [(FaultyServer.Position, FaultyServer.Behaviour, String)])
    func trouble(position: FaultyServer.Position, behaviour: FaultyServer.Behaviour, sentence: String) throws
    {
        let server = try FaultyServer(position, behaviour)
        defer { server.stop() }
        let login = position == .auth ? Relay.Login(username: "boon", password: "wrong") : nil
        let found = try findings(server.port, login: login)
        #expect(found.trouble?.hasPrefix(sentence) == true, "\(found)")
        #expect(found.loggedIn == (position == .auth ? false : nil))
    }

    @Test("A relay without STARTTLS, without a log-in or without anybody there is told apart")
    func missing() throws {
        let server = try FaultyServer()
        defer { server.stop() }
        let inClear = try findings(server.port, encrypted: true)
        #expect(inClear.trouble?.hasPrefix("Relay main offers no STARTTLS; ") == true, "\(inClear)")
        #expect(inClear.offers("SIZE"))
        let anonymous = try findings(server.port, login: .init(username: "boon", password: "s3cret"))
        #expect(anonymous.loggedIn == false)
        #expect(anonymous.trouble?.hasPrefix("Relay main offers no log-in; ") == true, "\(anonymous)")
        let nobody = try findings(Socket.freePort())
        #expect(nobody.trouble?.hasPrefix("Relay main: nothing answers at smtp://127.0.0.1:") == true)
        #expect(nobody.greeting == nil)
    }

    @Test("A message can be sent along")
    func sending() throws {
        let server = try FaultyServer()
        defer { server.stop() }
        let probe = RelayProbe(try .local("main", port: server.port))
        #expect(probe.send(try Sample.envelope(), try Sample.message()).verdict == .accepted)
        #expect(server.log.messages.count == 1)
    }
}
