import Model
import Testing

@testable import Delivering

@Suite("Delivery policy")
struct DeliveryPolicyTests {
    static let minute: Int64 = 60_000
    static let start = Timestamp(seconds: 1_795_251_600)

    @Test("A deferred message waits 5 minutes, then twice as long each time, never more than 4 hours")
    func schedule() {
        let waits = (1...10).map { attempt in
            DeliveryPolicy.retry(afterAttempt: attempt, first: Self.start, now: Self.start)
                .map { ($0.milliseconds - Self.start.milliseconds) / Self.minute }
        }
        #expect(waits == [5, 10, 20, 40, 80, 160, 240, 240, 240, 240])
    }

    @Test("Two days after its first attempt a message has failed, and not before")
    func patience() {
        var now = Self.start
        var attempt = 1
        while let next = DeliveryPolicy.retry(afterAttempt: attempt, first: Self.start, now: now) {
            now = next
            attempt += 1
        }
        let hours = (now.milliseconds - Self.start.milliseconds) / (60 * Self.minute)
        #expect(attempt == 17)
        #expect((44...48).contains(hours))
    }

    @Test("An attempt number far out of range does not overflow")
    func hugeAttempt() {
        #expect(DeliveryPolicy.retry(afterAttempt: .max, first: Self.start, now: Self.start) != nil)
        #expect(DeliveryPolicy.retry(afterAttempt: .min, first: Self.start, now: Self.start) != nil)
    }

    /// How far the relay had gone when it answered for the last time.
    enum Stage: Sendable { case session, sender, text }

    static let decisions: [(code: Int, stage: Stage, reply: String, verdict: Outcome.Verdict)] = [
        (6, .session, "", .unreachable), (7, .session, "", .unreachable), (35, .session, "", .unreachable),
        (60, .session, "220 Ready", .unreachable), (64, .session, "250 Ok", .unreachable),
        (64, .session, "502 No", .unreachable), (64, .session, "454 Later", .unreachable),
        (8, .session, "450 Busy", .unreachable), (9, .session, "451 Busy", .unreachable),
        (67, .session, "454 Later", .unreachable), (28, .session, "220 Ready", .unreachable),
        (28, .session, "250 Ok", .unreachable), (55, .session, "250 Ok", .unreachable),
        (56, .session, "235 Ok", .unreachable), (23, .session, "250 Ok", .unreachable),
        (55, .session, "421 Enough", .unreachable), (55, .sender, "421 Enough", .unreachable),
        (55, .session, "451 Later", .deferred), (55, .sender, "450 Later", .deferred),
        (55, .sender, "250 Ok", .deferred), (56, .sender, "250 Ok", .deferred),
        (28, .sender, "250 Ok", .deferred), (23, .sender, "250 Ok", .deferred),
        (28, .session, "502 Stale", .unreachable), (56, .text, "354 Go", .inDoubt),
        (28, .text, "354 Go", .inDoubt), (55, .text, "354 Go", .inDoubt), (23, .text, "354 Go", .inDoubt),
        (8, .text, "251 Ok", .accepted), (8, .text, "451 Later", .deferred),
        (8, .text, "421 Later", .deferred),
        (8, .text, "554 No", .refused(suppress: false)),
        (55, .sender, "550 5.1.1 Unknown", .refused(suppress: true)),
    ]

    @Test("libcurl's code and the last reply decide together", arguments: decisions)
    func table(code: Int, stage: Stage, reply: String, verdict: Outcome.Verdict) {
        let attempt = Attempt(
            error: CurlError(code: code), reply: SMTPReply(Array(reply.utf8), hiding: "a@b.example"),
            replyCount: 3, tookSender: stage != .session, heardGoAhead: stage == .text)
        #expect(DeliveryPolicy.outcome(of: attempt, relay: "main").verdict == verdict)
    }

    @Test("Only a kept connection that said nothing or 421 is reopened")
    func reopening() {
        func attempt(_ code: Int, _ reply: String, count: Int, reused: Bool = true) -> Attempt {
            Attempt(
                error: CurlError(code: code), reply: SMTPReply(Array(reply.utf8), hiding: ""),
                replyCount: count, tookSender: false, heardGoAhead: false, reusedConnection: reused)
        }
        #expect(DeliveryPolicy.shouldReopen(after: attempt(56, "", count: 0)))
        #expect(DeliveryPolicy.shouldReopen(after: attempt(55, "421 Idle", count: 1)))
        #expect(!DeliveryPolicy.shouldReopen(after: attempt(55, "421 Idle", count: 1, reused: false)))
        #expect(!DeliveryPolicy.shouldReopen(after: attempt(55, "421 Enough", count: 2)))
        #expect(!DeliveryPolicy.shouldReopen(after: attempt(55, "450 Later", count: 1)))
        #expect(!DeliveryPolicy.shouldReopen(after: attempt(28, "", count: 0)))
    }

    @Test("The record of an outcome carries the next attempt, and failure when there is none")
    func records() {
        func record(_ verdict: Outcome.Verdict, attempt: Int, hoursLater: Int64 = 0) -> MailOutcome {
            let now = Self.start.advanced(milliseconds: hoursLater * 60 * Self.minute)
            return Outcome(verdict, reply: "words").record(
                run: "r", customer: "c", relay: "main", attempt: attempt, first: Self.start, now: now)
        }
        #expect(record(.accepted, attempt: 1).result == .accepted)
        #expect(record(.refused(suppress: true), attempt: 1).result == .refused)
        #expect(record(.inDoubt, attempt: 1).result == .inDoubt)
        #expect(record(.deferred, attempt: 2).retry == Self.start.advanced(milliseconds: 10 * Self.minute))
        #expect(record(.deferred, attempt: 17, hoursLater: 47).result == .failed)
        #expect(record(.deferred, attempt: 17, hoursLater: 47).retry == nil)
        for verdict in [Outcome.Verdict.pause(reason: "Do."), .withdrawn] {
            #expect(record(verdict, attempt: 2).result == .withdrawn)
            #expect(record(verdict, attempt: 2).attempt == 1)
            #expect(record(verdict, attempt: 2).retry == Self.start)
        }
    }

    @Test("An attempt that says nothing about the message is not counted, but its patience runs")
    func unreachable() {
        func record(_ verdict: Outcome.Verdict, attempt: Int, hoursLater: Int64) -> MailOutcome {
            let now = Self.start.advanced(milliseconds: hoursLater * 60 * Self.minute)
            return Outcome(verdict, reply: "words").record(
                run: "r", customer: "c", relay: "main", attempt: attempt, first: Self.start, now: now)
        }
        let hour = Self.start.advanced(milliseconds: 60 * Self.minute)
        #expect(record(.unreachable, attempt: 3, hoursLater: 1).attempt == 2)
        #expect(record(.unreachable, attempt: 0, hoursLater: 1).attempt == 0)
        #expect(record(.unreachable, attempt: 1, hoursLater: 1).result == .deferred)
        #expect(record(.unreachable, attempt: 1, hoursLater: 1).retry == hour)
        #expect(record(.unreachable, attempt: 1, hoursLater: 48).result == .deferred)
        #expect(record(.unreachable, attempt: 1, hoursLater: 49).result == .failed)
        #expect(record(.unreachable, attempt: 1, hoursLater: 49).retry == nil)
        #expect(record(.withdrawn, attempt: 1, hoursLater: 49).result == .withdrawn)
    }

    @Test("Refusals and deferrals in a row count towards a pause; an accepted message ends the row")
    func streak() {
        let verdicts: [Outcome.Verdict] = [
            .deferred, .refused(suppress: true), .unreachable, .inDoubt, .withdrawn, .deferred,
        ]
        #expect(verdicts.reduce(0, DeliveryPolicy.streak) == 3)
        #expect(DeliveryPolicy.streak(999, after: .accepted) == 0)
        #expect(DeliveryPolicy.failuresInARow == 1000)
    }

    @Test("A relay is set aside for a second, then twice as long each time, never more than 5 minutes")
    func pauses() {
        let seconds = (0...11).map { DeliveryPolicy.pause(afterFailedProbes: $0) / 1_000_000 }
        #expect(seconds == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
        #expect(DeliveryPolicy.pause(afterFailedProbes: .max) == 300_000_000)
    }
}
