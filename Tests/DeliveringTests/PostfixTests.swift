import TestSupport
import Testing

@testable import Delivering

@Suite(
    "A real Postfix over TLS", .serialized,
    .enabled(if: Postfix.isMissing == nil, "Postfix, OpenSSL and root are needed for a private instance"))
struct PostfixTests {
    private func deliver(to postfix: Postfix, scheme: String, trusting authorities: String?) async throws
        -> Outcome
    {
        let relay = try Relay(
            name: "main", url: "\(scheme)://localhost:\(postfix.port)", encrypted: true, connections: 1,
            certificateAuthorities: authorities)
        let connections = RelayConnections(to: relay)
        let outcomes = await connections.deliver([
            EnvelopedMessage(try Sample.envelope(), try Sample.message())
        ])
        await connections.finish()
        return try #require(outcomes.first)
    }

    @Test("A message is accepted over STARTTLS and over smtps", arguments: ["smtp", "smtps"])
    func accepted(scheme: String) async throws {
        let postfix = try await Postfix(
            scheme == "smtps" ? .implicitTLS(host: "localhost") : .startTLS(host: "localhost"))
        defer { postfix.stop() }
        let outcome = try await deliver(to: postfix, scheme: scheme, trusting: postfix.certificateAuthorities)
        #expect(outcome.verdict == .accepted, "\(outcome)")
        #expect(outcome.reply.hasPrefix("250 2.0.0 Ok: queued as "))
    }

    @Test("A certificate for another host is refused and nothing is sent", arguments: ["smtp", "smtps"])
    func wrongHost(scheme: String) async throws {
        let postfix = try await Postfix(
            scheme == "smtps" ? .implicitTLS(host: "other.example") : .startTLS(host: "other.example"))
        defer { postfix.stop() }
        let outcome = try await deliver(to: postfix, scheme: scheme, trusting: postfix.certificateAuthorities)
        #expect(outcome.verdict == .unreachable)
        #expect(!postfix.log.contains("mail=1"))
    }

    @Test("A certificate of an unknown authority is refused and nothing is sent")
    func unknownAuthority() async throws {
        let postfix = try await Postfix(.startTLS(host: "localhost"))
        defer { postfix.stop() }
        let outcome = try await deliver(to: postfix, scheme: "smtp", trusting: nil)
        #expect(outcome.verdict == .unreachable)
        #expect(!postfix.log.contains("mail=1"))
    }

    @Test("A trial tells the version of TLS and what the relay says after it", arguments: ["smtp", "smtps"])
    func trial(scheme: String) async throws {
        let postfix = try await Postfix(
            scheme == "smtps" ? .implicitTLS(host: "localhost") : .startTLS(host: "localhost"))
        defer { postfix.stop() }
        let relay = try Relay(
            name: "main", url: "\(scheme)://localhost:\(postfix.port)", encrypted: true,
            certificateAuthorities: postfix.certificateAuthorities)
        let found = RelayProbe(relay).connect()
        #expect(found.trouble == nil)
        #expect(found.greeting?.hasPrefix("relay.example ESMTP") == true)
        #expect(found.tls?.version == "TLSv1.3")
        #expect(found.tls?.cipher.hasPrefix("TLS_") == true)
        #expect(found.offers("PIPELINING") && !found.offers("STARTTLS"))
        #expect(found.sizeLimit != nil)
    }

    @Test("A trial of a relay with an untrusted certificate says so")
    func untrusted() async throws {
        let postfix = try await Postfix(.startTLS(host: "localhost"))
        defer { postfix.stop() }
        let relay = try Relay(name: "main", url: "smtp://localhost:\(postfix.port)", encrypted: true)
        let found = RelayProbe(relay).connect()
        #expect(
            found.trouble?.hasPrefix("Relay main shows a certificate that does not hold") == true, "\(found)")
    }
}
