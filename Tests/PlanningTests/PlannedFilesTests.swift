import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("The files that planned runs name")
struct PlannedFilesTests {
    private static let (old, new) = (DefinitionFiles(["a": [1]]), DefinitionFiles(["a": [2]]))

    private static func definitions(_ schedule: String) throws -> Definitions {
        try .shop([
            "campaign: news\naudience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\nschedule: { \(schedule) }"
        ])
    }

    private static func planner(_ shop: Shop, _ schedule: String, _ files: DefinitionFiles?) throws -> Planner
    {
        Planner(store: shop.store, definitions: try definitions(schedule), home: shop.home, files: files)
    }

    @Test("What happens joins the day's run that has the same files, and begins another where there is none")
    func happenings() throws {
        let shop = try Shop()
        let midnight = try instant("2026-11-23T00:00:00Z")
        var (minute, runs): (Int64, [RunID]) = (0, [])
        for (number, files) in [nil, Self.old, Self.old, Self.new, Self.old, nil].enumerated() {
            var planner = try Self.planner(shop, "after: joined", files)
            minute += 10
            _ = try planner.tick(now: midnight.advanced(milliseconds: minute * 60_000))
            let joined = midnight.advanced(milliseconds: (minute + 1) * 60_000)
            try shop.customer("c-\(number)", joined: joined)
            runs += try planner.tick(now: joined).planned
        }
        let names = ["", ".2", ".2", ".3", ".2", ""].map { RunID("news@2026-11-23\($0)") }
        #expect(runs == names)
        let named = try names.map { try shop.summary($0).run.definitions }
        #expect(named == [nil, Self.old.id, Self.old.id, Self.new.id, Self.old.id, nil])
    }

    @Test("An occurrence names the files it was planned with, and none when nobody gets it")
    func occurrences() throws {
        let shop = try Shop()
        try shop.customer("c-1")
        var planner = try Self.planner(shop, "every: monday 09:00, late: skip after 6 hours", Self.old)
        _ = try planner.tick(now: instant("2026-11-22T00:00:00Z"))
        let planned = try planner.tick(now: instant("2026-11-23T07:00:00Z")).planned
        #expect(try planned.map { try shop.summary($0).run.definitions } == [Self.old.id])
        let skipped = try planner.tick(now: instant("2026-12-01T07:00:00Z")).skipped
        #expect(try skipped.map { try shop.summary($0.run).run.definitions } == [nil])
    }

    @Test("A run that was interrupted is late by the schedule it was planned with")
    func interrupted() throws {
        let shop = try Shop()
        try shop.customer("c-1")
        var planner = try Self.planner(shop, "every: monday 09:00, late: skip after 6 hours", Self.old)
        _ = try planner.tick(now: instant("2026-11-22T00:00:00Z"))
        let run = try #require(try planner.tick(now: instant("2026-11-23T07:00:00Z")).planned.first)
        let later = try Self.planner(shop, "every: tuesday 09:00, late: send", Self.new)
        let evening = try instant("2026-11-23T17:00:00Z")
        #expect(try later.dropInterrupted(now: evening) == 0)
        let planned = try Self.definitions("every: monday 09:00, late: skip after 6 hours")
        #expect(
            try later.dropInterrupted(now: evening) { $0.definitions == Self.old.id ? planned : nil } == 1)
        #expect(try shop.recipients(of: run) == ["c-1 skipped"])
    }
}
