import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Deciding an A/B test")
struct SplitDeciderTests {
    @Test("It is decided once, when everyone tested was tried and the last acceptance is long enough ago")
    func time() throws {
        let shop = try TestedRun(customers: 100, split: 50, winner: "orders after 4 hours")
        let (first, second) = (try shop.tested[0], try shop.tested[1])
        #expect(shop.run.decides == TestedRun.instant(4))
        #expect(try shop.decide(at: 5) == nil, "nobody was tried")
        try shop.end(first, .accepted, at: 5)
        try shop.end(second.dropFirst(), .accepted, at: 6)
        #expect(try shop.decide(at: 11) == nil, "somebody who is tested was not tried")
        try shop.end(second.prefix(1), .refused, at: 7)
        #expect(try shop.decide(at: 9.99) == nil, "the last acceptance was at six")
        #expect(try shop.store.read { try $0.hold(of: shop.run.id) } == TestedRun.instant(4))
        let decision = try #require(try shop.decide(at: 10))
        #expect(decision.shares.map(\.sent) == [first.count, second.count - 1])
        #expect(try shop.store.read { try $0.hold(of: shop.run.id) } == nil)
        #expect(try shop.decide(at: 11) == nil)
        let known = try #require(try shop.store.read { try $0.decision(of: shop.run.id) })
        #expect(known.decision == decision && known.at == TestedRun.instant(10))
    }

    @Test("What is deferred or in doubt is not waited for, and a late acceptance postpones nothing")
    func deferred() throws {
        let shop = try TestedRun(customers: 100, split: 50, winner: "orders after 4 hours")
        let tested = try shop.tested.flatMap(\.self)
        try shop.end(tested.dropFirst(3), .accepted, at: 0)
        try shop.end(tested.prefix(1), .deferred, at: 0)
        try shop.end(tested.dropFirst().prefix(1), .inDoubt, at: 0)
        try shop.record(
            [.mailIntent(MailIntent(run: shop.run.id, relay: "main", customers: [tested[2]]))], at: 0)
        try shop.end(tested.prefix(1), .accepted, attempt: 2, at: 3.9)
        #expect(try shop.decide(at: 4)?.shares.map(\.sent).reduce(0, +) == tested.count - 2)
    }

    @Test("Nobody is counted for what they did before, after the decision, or for another survey")
    func counted() throws {
        let shop = try TestedRun(customers: 200, split: 100, winner: "orders after 4 hours")
        let (first, second) = (try shop.tested[0], try shop.tested[1])
        try shop.end(first + second, .accepted, at: 1)
        try shop.order(first.prefix(4), at: 0.9)
        try shop.order(first.prefix(3), at: 1)
        try shop.order(second.prefix(2), at: 5)
        try shop.order(second.prefix(2), at: 2)
        try shop.order(second.prefix(9), at: 5.1)
        #expect(try shop.decide(at: 5)?.shares.map(\.did) == [3, 2])

        let asked = try TestedRun(customers: 200, split: 100, winner: "answers after 4 hours")
        let (third, fourth) = (try asked.tested[0], try asked.tested[1])
        try asked.end(third + fourth, .accepted, at: 1)
        try asked.answer(third.prefix(5), "nps", at: 2)
        try asked.answer(fourth.prefix(6), "fit", at: 2)
        #expect(try asked.decide(at: 5)?.shares.map(\.did) == [5, 0])
    }

    @Test(
        "Whoever clicked in the run's mail counts once; opening it, or clicking in another one, does not count"
    )
    func clicked() throws {
        let shop = try TestedRun(customers: 200, split: 100, winner: "clicks after 4 hours")
        let (first, second) = (try shop.tested[0], try shop.tested[1])
        let late = try #require(second.last)
        try shop.end((first + second).filter { $0 != late }, .accepted, at: 1)
        try shop.end([late], .refused, at: 1)
        try shop.engage(first.prefix(3), at: 1)
        for hours in [2.0, 3, 5] { try shop.engage(second.prefix(2), at: hours) }
        try shop.engage(first.prefix(9), .opened, at: 2)
        try shop.engage(second.prefix(9), of: "news@before", at: 2)
        try shop.engage(second.prefix(9), at: 5.1)
        try shop.engage([late], at: 2)
        #expect(try shop.decide(at: 5)?.shares.map(\.did) == [3, 2])
    }

    @Test(
        "The winner is better by more than chance, or has most where that is enough; of equals none is",
        arguments: [
            ("orders after 4 hours", [10, 60], 2, .clear), ("orders after 4 hours", [40, 58], nil, .open),
            ("most orders after 4 hours", [40, 58], 2, .most),
            ("most orders after 4 hours", [0, 0], nil, .open),
            ("clicks after 4 hours", [10, 60], 2, .clear), ("clicks after 4 hours", [40, 58], nil, .open),
            ("most clicks after 4 hours", [40, 58], 2, .most),
        ] as [(String, [Int], Int?, RunDecision.Verdict)])
    func winner(rule: String, counts: [Int], expected: Int?, verdict: RunDecision.Verdict) throws {
        let shop = try TestedRun(customers: 600, split: 60, winner: rule)
        let tested = try shop.tested
        try shop.end(tested.flatMap(\.self), .accepted, at: 0)
        for (variant, count) in counts.enumerated() {
            let those = tested[variant].prefix(count)
            if rule.contains("clicks") { try shop.engage(those, at: 1) } else { try shop.order(those, at: 1) }
        }
        let decision = try #require(try shop.decide(at: 4))
        #expect(decision.variant == expected && decision.verdict == verdict)

        let customers = try shop.recipients()
        let choice = try #require(VariantChoice(try shop.campaign, in: shop.run))
        let variants = try shop.store.read { try choice.variants(of: customers, in: $0) }
        for (variant, those) in tested.enumerated() { #expect(those.allSatisfy { variants[$0] == variant }) }
        let rest = Set(customers).subtracting(tested.flatMap(\.self))
        #expect(rest.count > 200 && rest.allSatisfy { variants[$0] == expected.map { $0 - 1 } })
    }

    @Test("A run that is paused or cancelled is not decided, and one that goes on is")
    func paused() throws {
        let shop = try TestedRun(customers: 50, split: 50, winner: "orders after 4 hours")
        try shop.end(try shop.tested.flatMap(\.self), .accepted, at: 0)
        try shop.record([.runPaused(shop.run.id, reason: "lunch")], at: 1)
        #expect(try shop.decide(at: 5) == nil)
        try shop.record([.runResumed(shop.run.id)], at: 6)
        #expect(try shop.decide(at: 6) != nil)
    }

    @Test("A test that is taken out of the campaign, or whose run began without one, holds nobody")
    func removed() throws {
        let shop = try TestedRun(customers: 50, split: 50, winner: "orders after 4 hours")
        try shop.end(try shop.tested.flatMap(\.self), .accepted, at: 1)
        var campaign = try shop.campaign
        campaign.test = nil
        #expect(try shop.decide(at: 3, campaign) == nil)
        let decision = try #require(try shop.decide(at: 4, campaign))
        #expect(decision == RunDecision(run: shop.run.id, variant: nil, shares: [], verdict: .open))
        let before = Run(campaign: "news", occurrence: TestedRun.start, recipients: 1)
        #expect(VariantChoice(try shop.campaign, in: before) == nil)
    }

    @Test("Of many that decide at the same time one does, and the index made anew knows it as it was")
    func once() async throws {
        let shop = try TestedRun(customers: 300, split: 50, winner: "orders after 4 hours")
        let tested = try shop.tested
        try shop.end(tested.flatMap(\.self), .accepted, at: 0)
        try shop.order(tested[1].prefix(30), at: 1)
        let decider = try shop.decider()
        let decisions = try await withThrowingTaskGroup(of: RunDecision?.self) { group in
            for _ in 0..<8 { group.addTask { try decider.decide(now: TestedRun.instant(4)) } }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(decisions.count == 1 && decisions[0].variant == 2)
        try shop.store.rebuild()
        #expect(try shop.store.read { try $0.decision(of: shop.run.id)?.decision } == decisions[0])
        #expect(try shop.store.read { try $0.run(shop.run.id)?.run } == shop.run)
    }
}
