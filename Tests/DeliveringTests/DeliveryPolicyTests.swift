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

    static let withoutReply: [(code: Int, goAhead: Bool, reply: String, verdict: Outcome.Verdict)] = [
        (6, false, "", .deferred), (7, false, "", .deferred), (35, false, "", .deferred),
        (60, false, "220 Ready", .deferred), (64, false, "250 Ok", .deferred),
        (64, false, "502 No", .deferred),
        (55, false, "250 Ok", .deferred), (56, false, "250 Ok", .deferred), (28, false, "250 Ok", .deferred),
        (28, false, "502 Stale", .deferred), (56, true, "354 Go", .inDoubt), (28, true, "354 Go", .inDoubt),
        (55, true, "354 Go", .inDoubt), (23, true, "354 Go", .inDoubt), (8, true, "251 Ok", .accepted),
        (8, true, "451 Later", .deferred), (8, true, "554 No", .refused(suppress: false)),
        (55, false, "550 5.1.1 Unknown", .refused(suppress: true)),
    ]

    @Test("libcurl's code and the last reply decide together", arguments: withoutReply)
    func table(code: Int, goAhead: Bool, reply: String, verdict: Outcome.Verdict) {
        let attempt = Attempt(
            error: CurlError(code: code), reply: SMTPReply(Array(reply.utf8), hiding: "a@b.example"),
            replyCount: 3, heardGoAhead: goAhead)
        #expect(DeliveryPolicy.outcome(of: attempt, relay: "main").verdict == verdict)
    }

    @Test("Only a kept connection that said nothing or 421 is reopened")
    func reopening() {
        func attempt(_ code: Int, _ reply: String, count: Int, reused: Bool = true) -> Attempt {
            Attempt(
                error: CurlError(code: code), reply: SMTPReply(Array(reply.utf8), hiding: ""),
                replyCount: count, heardGoAhead: false, reusedConnection: reused)
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
        #expect(record(.pause(reason: "Do."), attempt: 1).retry == Self.start)
        #expect(record(.withdrawn, attempt: 1).result == .deferred)
    }
}
