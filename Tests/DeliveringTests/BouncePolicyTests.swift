import Model
import Testing

@testable import Delivering

@Suite("When a bounce suppresses")
struct BouncePolicyTests {
    private static let day: Int64 = 86_400_000

    private func bounce(
        _ kind: MailBounce.Kind, _ status: String? = "4.2.2", run: Int = 1, day: Int64 = 0,
        plus milliseconds: Int64 = 0
    ) -> MailBounce {
        MailBounce(
            report: "r\(run)-\(day)", run: RunID("run-\(run)"), customer: "c-1", kind: kind, status: status,
            reply: "x",
            occurred: Timestamp(milliseconds: 1_795_500_000_000 + day * Self.day + milliseconds))
    }

    private func outcome(_ new: MailBounce, after others: [MailBounce]) -> Suppression.Reason? {
        BouncePolicy.suppression(after: new, others: others)
    }

    @Test("A hard bounce and a complaint suppress at once")
    func atOnce() {
        #expect(outcome(bounce(.hard, "5.1.1"), after: []) == .unknownAddress)
        #expect(outcome(bounce(.hard, "5.1.10"), after: []) == .unknownAddress)
        #expect(outcome(bounce(.hard, "5.0.0"), after: []) == .unknownAddress)
        #expect(outcome(bounce(.hard, nil), after: []) == .unknownAddress)
        #expect(outcome(bounce(.hard, "5.2.1"), after: []) == .bounces)
        #expect(outcome(bounce(.hard, "5.4.4"), after: []) == .bounces)
        #expect(outcome(bounce(.complaint, nil), after: []) == .complaint)
    }

    @Test(
        "The third message that came back softly within 30 days suppresses, in whatever order they are read")
    func third() {
        let three = [bounce(.soft, run: 1), bounce(.soft, run: 2, day: 10), bounce(.soft, run: 3, day: 30)]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            #expect(outcome(three[order[0]], after: []) == nil)
            #expect(outcome(three[order[1]], after: [three[order[0]]]) == nil)
            #expect(outcome(three[order[2]], after: [three[order[0]], three[order[1]]]) == .bounces)
        }
    }

    @Test("Three over a longer time, or about fewer messages, do not")
    func notYet() {
        let late = bounce(.soft, run: 3, day: 30, plus: 1)
        #expect(outcome(late, after: [bounce(.soft, run: 1), bounce(.soft, run: 2, day: 10)]) == nil)
        let again = bounce(.soft, run: 2, day: 11)
        #expect(outcome(again, after: [bounce(.soft, run: 1), bounce(.soft, run: 2, day: 10)]) == nil)
        // Three lie around the new one, and no three of them with it in one window.
        let around = [bounce(.soft, run: 1, day: -29), bounce(.soft, run: 2, day: 29)]
        #expect(outcome(bounce(.soft, run: 3), after: around) == nil)
    }

    @Test(
        "What is about us is never counted",
        arguments: ["5.7.1", "5.7.26", "5.6.0", "5.1.8", "5.3.4", "5.2.3"])
    func aboutUs(status: String) {
        let others = [bounce(.soft, run: 1), bounce(.soft, run: 2)]
        #expect(outcome(bounce(.soft, status, run: 3), after: others) == nil)
        let counted = [bounce(.soft, run: 1), bounce(.soft, status, run: 2), bounce(.soft, status, run: 4)]
        #expect(outcome(bounce(.soft, run: 3), after: counted) == nil)
    }

    @Test("Hard bounces and complaints are not counted as soft ones")
    func others() {
        let others = [bounce(.hard, "5.1.1", run: 1), bounce(.complaint, nil, run: 2), bounce(.soft, run: 4)]
        #expect(outcome(bounce(.soft, run: 3), after: others) == nil)
    }
}
