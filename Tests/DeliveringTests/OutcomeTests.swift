import Model
import TestSupport
import Testing

@testable import Delivering

/// Each place at which a relay answers, with each thing that can go wrong there, over a real connection.
@Suite("Outcomes on the wire")
struct OutcomeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let position: FaultyServer.Position
        let behaviour: FaultyServer.Behaviour
        let verdict: Kind

        var testDescription: String { "\(position): \(behaviour) -> \(verdict)" }
    }

    /// A verdict without the words that go with it.
    enum Kind: Sendable {
        case accepted, deferred, unreachable, refused, suppressed, pause, inDoubt, withdrawn

        init(_ verdict: Outcome.Verdict) {
            self =
                switch verdict {
                case .accepted: .accepted
                case .deferred: .deferred
                case .unreachable: .unreachable
                case .refused(let suppress): suppress ? .suppressed : .refused
                case .pause: .pause
                case .inDoubt: .inDoubt
                case .withdrawn: .withdrawn
                }
        }
    }

    static let everyPosition: [Case] = FaultyServer.Position.allCases.flatMap { position in
        let isSession = [.greeting, .ehlo, .auth].contains(position)
        let broken: Kind =
            switch position {
            case .greeting, .ehlo, .auth, .mail: .unreachable
            case .rcpt, .data: .deferred
            case .end: .inDoubt
            }
        let later: Kind = isSession ? .unreachable : .deferred
        return [
            Case(position: position, behaviour: .reply("451 4.3.0 Try later"), verdict: later),
            Case(position: position, behaviour: .reply("450 Greylisted"), verdict: later),
            Case(
                position: position, behaviour: .reply("554 5.3.0 No"), verdict: isSession ? .pause : .refused),
            Case(
                position: position, behaviour: .reply("421 4.3.2 Closing"),
                verdict: position == .end ? .deferred : .unreachable),
            Case(position: position, behaviour: .garbage, verdict: broken),
            Case(position: position, behaviour: .reply("999 What"), verdict: broken),
            Case(position: position, behaviour: .close, verdict: broken),
            Case(position: position, behaviour: .silence, verdict: broken),
        ]
    }

    static let particular: [Case] = [
        Case(position: .rcpt, behaviour: .reply("550 5.1.1 Unknown"), verdict: .suppressed),
        Case(position: .rcpt, behaviour: .reply("556 5.1.10 Null MX"), verdict: .suppressed),
        Case(position: .rcpt, behaviour: .reply("550-5.1.1 Unknown\r\n550 5.1.1 here"), verdict: .suppressed),
        Case(position: .end, behaviour: .reply("550 5.1.1 Unknown"), verdict: .suppressed),
        Case(position: .rcpt, behaviour: .reply("550 5.1.2 Bad domain"), verdict: .refused),
        Case(position: .rcpt, behaviour: .reply("550 Unknown user"), verdict: .refused),
        Case(position: .rcpt, behaviour: .reply("552 5.2.2 Mailbox full"), verdict: .refused),
        Case(position: .rcpt, behaviour: .reply("450 5.1.1 Confused"), verdict: .deferred),
        Case(position: .end, behaviour: .reply("250-Fine\r\n554 5.6.0 After all not"), verdict: .refused),
        Case(position: .rcpt, behaviour: .reply("251 Will forward"), verdict: .accepted),
        Case(position: .end, behaviour: .reply("251 Will forward"), verdict: .accepted),
        Case(position: .end, behaviour: .reply("252 Will try"), verdict: .accepted),
        Case(position: .end, behaviour: .reply("354 Again"), verdict: .inDoubt),
        Case(position: .end, behaviour: .reply("250-Half a reply\r\n421-and no end"), verdict: .inDoubt),
        Case(position: .mail, behaviour: .reply("530 5.7.0 Log in first"), verdict: .pause),
        Case(position: .mail, behaviour: .reply("530 Log in first"), verdict: .pause),
        Case(position: .auth, behaviour: .reply("535 5.7.8 Wrong"), verdict: .pause),
        Case(position: .auth, behaviour: .reply("454 4.7.0 Not now"), verdict: .unreachable),
        Case(position: .rcpt, behaviour: .reply("554 5.7.1 Relay access denied"), verdict: .pause),
        Case(position: .end, behaviour: .reply("550 5.7.26 Not authenticated"), verdict: .pause),
        Case(position: .mail, behaviour: .reply("452 4.2.2 Full"), verdict: .deferred),
    ]

    @Test("A relay's answer at each position decides the outcome", arguments: everyPosition + particular)
    func outcome(of example: Case) async throws {
        let server = try FaultyServer(example.position, example.behaviour)
        defer { server.stop() }
        let login = example.position == .auth ? Relay.Login(username: "boon", password: "s3cret") : nil
        let outcomes = try await deliver([try Sample.message()], to: server.port, login: login)
        let outcome = try #require(outcomes.first)
        #expect(Kind(outcome.verdict) == example.verdict, "\(outcome)")
        #expect(!outcome.reply.isEmpty)
        #expect(!outcome.reply.contains("\r") && !outcome.reply.contains("\n"))
        expectRecord(of: outcome, example.verdict)
    }

    /// What is written down of an outcome, for the second attempt an hour after the first.
    private func expectRecord(of outcome: Outcome, _ kind: Kind) {
        let first = Timestamp(seconds: 1_795_251_600)
        let now = first.advanced(milliseconds: 3_600_000)
        let record = outcome.record(
            run: "r", customer: "c", relay: "main", attempt: 2, first: first, now: now)
        let (result, attempt, wait): (MailOutcome.Result, Int, Int64?) =
            switch kind {
            case .accepted: (.accepted, 2, nil)
            case .deferred: (.deferred, 2, 600_000)
            case .unreachable: (.deferred, 1, 0)
            case .withdrawn, .pause: (.withdrawn, 1, 0)
            case .refused, .suppressed: (.refused, 2, nil)
            case .inDoubt: (.inDoubt, 2, nil)
            }
        #expect(record.result == result)
        #expect(record.attempt == attempt)
        #expect(record.retry == wait.map { now.advanced(milliseconds: $0) })
        #expect(record.reply == outcome.reply)
        #expect(record.relay == "main")
    }

    @Test("A message is in doubt when the relay hangs up while the text flows")
    func cutText() async throws {
        let server = try FaultyServer(.data, .closeInText)
        defer { server.stop() }
        let text = String(repeating: "A line that is not long at all.\r\n", count: 100_000)
        let outcomes = try await deliver([try Sample.message(text)], to: server.port)
        #expect(outcomes.map(\.verdict) == [.inDoubt])
    }

    @Test("There are at least 60 cases")
    func count() {
        #expect(Self.everyPosition.count + Self.particular.count >= 60)
    }

    @Test("A relay that nobody runs is told from one that does not take the message")
    func noRelay() async throws {
        let outcomes = try await deliver([try Sample.message()], to: try Socket.freePort())
        #expect(outcomes.map(\.verdict) == [.unreachable])
        #expect(outcomes.first?.reply.hasPrefix("Not handed over: ") == true)
    }

    @Test("A relay without EHLO is greeted with HELO where clear text is allowed")
    func helo() async throws {
        let server = try FaultyServer(.init(knowsOnlyHELO: true))
        defer { server.stop() }
        let outcomes = try await deliver([try Sample.message()], to: server.port)
        #expect(outcomes.map(\.verdict) == [.accepted])
        #expect(server.log.commands.contains { $0.hasPrefix("HELO") })
    }

    @Test("The sentence of a pause names the relay, its answer and what to do")
    func pauseReason() async throws {
        let server = try FaultyServer(.auth, .reply("535 5.7.8 Wrong"))
        defer { server.stop() }
        let login = Relay.Login(username: "boon", password: "wrong")
        let outcomes = try await deliver([try Sample.message()], to: server.port, login: login)
        let reason =
            "Relay main answers \"535 5.7.8 Wrong\"; correct its username or password in boon.yaml, then resume"
            + " the run."
        #expect(outcomes.map(\.verdict) == [.pause(reason: reason)])
    }

    @Test("A reply without an end is cut off and leaves the message in doubt")
    func endlessReply() async throws {
        let flood = String(repeating: "250-more and more and more of the same\r\n", count: 10_000)
        let server = try FaultyServer(.end, .reply(flood))
        defer { server.stop() }
        #expect(try await deliver([try Sample.message()], to: server.port).map(\.verdict) == [.inDoubt])
    }
}
