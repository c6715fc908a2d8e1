import Testing

@testable import Delivering

@Suite("Relays")
struct RelayTests {
    @Test(
        "Encryption is required unless the relay is loopback or the settings say none",
        arguments: [
            ("smtp://mail.example", nil, Relay.TLS.required), ("smtp://mail.example", false, .none),
            ("smtp://127.0.0.1:2525", nil, .none), ("smtp://127.0.0.1:2525", true, .required),
            ("smtp://localhost", nil, .none), ("smtp://[::1]:25", nil, .none),
            ("smtp://127.0.0.1.evil.example", nil, .required), ("smtp://128.0.0.1", nil, .required),
            ("smtp://127.0.0.1000", nil, .required), ("smtps://mail.example", nil, .implicit),
            ("smtps://127.0.0.1", nil, .implicit),
        ])
    func encryption(url: String, encrypted: Bool?, tls: Relay.TLS) throws {
        #expect(try Relay(name: "main", url: url, encrypted: encrypted).tls == tls)
    }

    @Test(
        "An address is a scheme, a host and a port",
        arguments: [
            ("smtp://mail.example", "smtp://mail.example:587"),
            ("SMTPS://Mail.Example/", "smtps://mail.example:465"),
            ("smtp://mail.example:25", "smtp://mail.example:25"),
            ("smtp://[2001:DB8::1]:25", "smtp://[2001:db8::1]:25"),
        ])
    func address(url: String, read: String) throws {
        #expect(try RelayAddress(url).description == read)
    }

    @Test(
        "What is no relay's address is refused with what to write instead",
        arguments: [
            ("", RelayError.notSMTP), ("mail.example", .notSMTP), ("http://mail.example", .notSMTP),
            ("smtp:mail.example", .notSMTP), ("smtp://", .badHost), ("smtp://:25", .badHost),
            ("smtp://mail example", .badHost), ("smtp://mail\r\n.example", .badHost),
            ("smtp://[::1", .badHost),
            ("smtp://[evil.example]", .badHost), ("smtp://-x.example", .badHost),
            ("smtp://x.example.", .badHost),
            ("smtp://x.example:", .badPort), ("smtp://x.example:0", .badPort),
            ("smtp://x.example:65536", .badPort),
            ("smtp://x.example:+25", .badPort), ("smtp://x.example:25x", .badPort),
            ("smtp://[::1]x", .badPort),
            ("smtp://boon:pw@x.example", .extraParts), ("smtp://x.example/path", .extraParts),
            ("smtp://evil.example\\@good.example", .extraParts), ("smtp://x.example?a", .extraParts),
        ])
    func badAddress(url: String, error: RelayError) {
        #expect(throws: error) { try RelayAddress(url) }
        #expect(error.description.hasSuffix("."))
    }

    @Test("Settings that contradict each other or are out of range are refused")
    func settings() throws {
        let url = "smtps://mail.example"
        #expect(throws: RelayError.encryptionContradicts) { try Relay(name: "m", url: url, encrypted: false) }
        #expect(throws: RelayError.connections) { try Relay(name: "m", url: url, connections: 0) }
        #expect(throws: RelayError.batch) { try Relay(name: "m", url: url, batch: 0) }
        let logins = [
            ("", "x", RelayError.emptyUsername), ("a\0b", "x", .controlInLogin),
            ("a", "x\n", .controlInLogin),
        ]
        for (username, password, error) in logins {
            let login = Relay.Login(username: username, password: password)
            #expect(throws: error) { try Relay(name: "m", url: url, login: login) }
        }
    }
}
