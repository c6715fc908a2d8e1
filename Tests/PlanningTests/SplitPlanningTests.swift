import Campaigns
import Foundation
import Model
import Planning
import Recording
import TestSupport
import Testing

@Suite("Planning a run with an A/B test")
struct SplitPlanningTests {
    /// A schedule with a test, as a test of it varies them.
    private struct Example {
        let time: ClockTime
        let isLocal: Bool
        let quiet: ClockRange?
        let wait: Period

        init(_ random: inout SeededGenerator) throws {
            let clocks = ["09:00", "02:30", "00:00", "23:45"].compactMap { ClockTime($0) }
            time = try #require(clocks.randomElement(using: &random))
            isLocal = Bool.random(using: &random)
            quiet = Bool.random(using: &random) ? ClockRange("21:00-08:00") : nil
            let periods = ["1 hour", "4 hours", "30 hours", "1 day", "2 days"].compactMap { Period($0) }
            wait = try #require(periods.randomElement(using: &random))
        }

        /// The lines of a campaign that is sent once, on a day on which clocks change in many zones.
        func lines(on day: String) -> String {
            """
            schedule:
              at: \(day) \(time)
              timezone: \(isLocal ? "recipient" : "Europe/Tallinn")
              \(quiet == nil ? "" : "quiet_hours: 21:00-08:00")
            test: { split: 40%, variants: [{ subject: A }, { subject: B }], winner: orders after \(wait) }
            """
        }
    }

    private static let zones = [
        "Europe/Tallinn", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Honolulu",
        "Australia/Lord_Howe", "Asia/Kathmandu",
    ]

    @Test(
        "Nobody of the others is due before the decision, and each is at the time that a plain model says",
        arguments: ["2026-03-28", "2026-03-07", "2026-10-24", "2026-10-31", "2026-06-10"], 0..<8)
    func model(day: String, seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let example = try Example(&random)
        let shop = try Shop()
        for number in 0..<40 {
            try shop.customer("c-\(number)", zone: Self.zones.randomElement(using: &random))
        }
        var planner = try shop.planner(example.lines(on: day))
        let begin = try instant("\(day)T00:00:00Z").advanced(milliseconds: -3 * 86_400_000)
        let end = begin.advanced(milliseconds: 9 * 86_400_000)
        _ = try planner.tick(now: begin)
        var now = begin
        var planned: [RunID] = []
        while planned.isEmpty, now < end {
            now = now.advanced(milliseconds: 900_000)
            planned = try planner.tick(now: now).planned
        }
        let run = try #require(planned.first)
        let clocks = try Dictionary(
            uniqueKeysWithValues: Self.zones.map { name in
                (name, PlainClock(try #require(TimeZone(identifier: name)), from: begin, until: end))
            })
        let model = PlainSplit(
            time: example.time, day: try #require(CalendarDate(day)), isLocal: example.isLocal,
            quiet: example.quiet, wait: example.wait, clocks: clocks, planned: now)
        try check(run, of: shop, against: model)
    }

    private func check(_ run: RunID, of shop: Shop, against model: PlainSplit) throws {
        let recipients = try shop.store.read { view in
            try view.recipients(of: run, in: [.planned], limit: .max).map { recipient in
                (recipient, try view.customer(recipient.customer)?.timezone ?? "Europe/Tallinn")
            }
        }
        #expect(recipients.count == 40)
        let test = try SplitTests.test("orders after \(model.wait)", split: 40, variants: 2)
        let split = Split(test, of: run)
        let tested = recipients.filter { split.group(of: $0.0.customer) != .rest }
        let decides = try #require(try shop.summary(run).run.decides)
        for (recipient, zone) in tested { #expect(recipient.due == model.due(in: zone), "\(zone)") }
        #expect(decides == model.decides(after: tested.map(\.1)))
        for (recipient, zone) in recipients where split.group(of: recipient.customer) == .rest {
            let due = try #require(recipient.due)
            #expect(due >= decides, "\(zone)")
            #expect(due == model.due(in: zone, after: decides), "\(zone)")
        }
    }

    @Test("Where nobody who is tested has a turn there is no test, and everyone has the schedule's")
    func nobody() throws {
        let shop = try Shop()
        try shop.customer("c-1", zone: "Asia/Tokyo")
        var planner = try shop.planner(
            """
            schedule: { at: 2026-11-23 09:00, timezone: recipient }
            test: { split: 1%, variants: [{ subject: A }, { subject: B }], winner: orders after 1 day }
            """)
        _ = try planner.tick(now: instant("2026-11-20T12:00:00Z"))
        let run = try #require(try planner.tick(now: instant("2026-11-23T00:00:00Z")).planned.first)
        #expect(try shop.summary(run).run.decides == nil)
        let due = try shop.store.read { try $0.recipients(of: run, in: [.planned], limit: 1) }.first?.due
        #expect(due == (try instant("2026-11-23T00:00:00Z")))
    }

    @Test("By hand those who are tested are due at once, all others after the decision and the quiet hours")
    func byHand() throws {
        let shop = try TestedRun(
            customers: 200, split: 30, winner: "orders after 12 hours",
            "schedule: { every: monday 09:00, quiet_hours: 21:00-08:00 }")
        // Noon in Tallinn, and twelve hours later midnight, which the quiet hours hold until eight.
        let start = TestedRun.start
        #expect(start == (try instant("2026-11-21T09:00:00Z")) && shop.run.decides == TestedRun.instant(12))
        let tested = try Set(shop.tested.flatMap(\.self))
        let recipients = try shop.store.read {
            try $0.recipients(of: shop.run.id, in: [.planned], limit: .max)
        }
        for recipient in recipients {
            let isTested = tested.contains(recipient.customer)
            #expect(recipient.due == (isTested ? start : try instant("2026-11-22T06:00:00Z")))
        }
    }

    @Test(
        "Who waits for the decision is late only by what passed since it could be made",
        arguments: [(26.0, 0), (29.0, 70)])
    func interrupted(hours: Double, expected: Int) throws {
        let shop = try Shop()
        for number in 0..<100 { try shop.customer("c-\(number)") }
        let lines = """
            schedule: { at: 2026-11-21 11:00, late: skip after 24 hours }
            test: { split: 30%, variants: [{ subject: A }, { subject: B }], winner: orders after 4 hours }
            """
        var planner = try shop.planner(lines)
        _ = try planner.tick(now: instant("2026-11-20T12:00:00Z"))
        // The clock of the store stands there, so the run was planned and the test sent then.
        let now = try instant("2026-11-21T09:00:00Z")
        let run = try #require(try planner.tick(now: now).planned.first)
        let decides = try #require(try shop.summary(run).run.decides)
        let tested = try shop.store.read {
            try $0.recipients(
                of: run, in: [.planned], due: decides.advanced(milliseconds: -1), limit: .max)
        }
        try shop.store.record(
            tested.map {
                .mailOutcome(
                    MailOutcome(run: run, customer: $0.customer, result: .accepted, attempt: 1, reply: ""))
            })
        let dropped = try planner.dropInterrupted(
            now: now.advanced(milliseconds: Int64(hours * 3_600_000)))
        #expect(dropped == (expected == 0 ? 0 : 100 - tested.count))
    }
}
