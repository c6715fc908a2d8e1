import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("Times that were missed")
struct MissedTests {
    private let shop: Shop
    private let now: Timestamp

    init() throws {
        shop = try Shop()
        now = try instant("2026-11-22T07:01:00Z")
        try shop.customer("c-1")
        try shop.customer("c-2", zone: "America/New_York")
    }

    private func definitions(_ schedules: String...) throws -> Definitions {
        try .shop(
            schedules.enumerated().map { number, schedule in
                "audience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\ncampaign: c\(number)\nschedule: \(schedule)"
            })
    }

    private func planner(_ definitions: Definitions) -> Planner {
        Planner(store: shop.store, definitions: definitions, home: shop.home)
    }

    private func missed(_ definitions: Definitions, at now: Timestamp) throws -> [String] {
        try shop.store.read { view in
            try Plan(definitions, home: shop.home).missed(in: view, now: now).map(\.campaign)
        }
    }

    @Test("A single time that was over a minute before is told, once by the daemon and always by who asks")
    func told() throws {
        let definitions = try definitions(
            "{ at: 2026-11-22 09:00 }", "{ at: 2026-11-22 09:02 }", "{ every: day 09:00 }")
        var planner = planner(definitions)
        #expect(try missed(definitions, at: now) == ["c0"])
        let first = try planner.tick(now: now)
        #expect(
            first.missed.map(\.description) == [
                "nobody gets 'c0': its time, 2026-11-22 09:00 (Europe/Tallinn), was over before Boon first saw it"
            ])
        for minutes in [0, 1, 600] as [Int64] {
            #expect(try planner.tick(now: now.advanced(milliseconds: minutes * 60_000)).missed.isEmpty)
        }
        #expect(try missed(definitions, at: now.advanced(milliseconds: 36_000_000)) == ["c0"])
    }

    @Test("What is sent to those whose clocks are behind was not missed")
    func behind() throws {
        let behind = try definitions("{ at: 2026-11-22 09:00, timezone: recipient }")
        #expect(try missed(behind, at: now).isEmpty)
    }

    @Test("What was sent was not missed")
    func notMissed() throws {
        let seen = try definitions("{ at: 2026-11-22 09:00 }")
        var planner = planner(seen)
        _ = try planner.tick(now: now.advanced(milliseconds: -3_600_000))
        #expect(try missed(seen, at: now).isEmpty)
        #expect(try planner.tick(now: now).planned.count == 1)
        #expect(try missed(seen, at: now).isEmpty)
    }

    @Test("A missed campaign that was sent by hand since is not told of")
    func byHand() throws {
        let definitions = try definitions("{ at: 2026-11-20 07:00 }")
        var planner = planner(definitions)
        #expect(try planner.tick(now: now).missed.count == 1)
        let campaign = try #require(definitions.campaigns["c0"])
        _ = try RunPlanner(store: shop.store, definitions: definitions, zone: shop.home)
            .run(of: campaign, again: false, now: now)
        #expect(try missed(definitions, at: now).isEmpty)
    }
}
