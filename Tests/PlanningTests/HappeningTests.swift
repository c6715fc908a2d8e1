import Campaigns
import Foundation
import Model
import Planning
import Recording
import TestSupport
import Testing

@Suite("Following what happens")
struct HappeningTests {
    private static let hour: Int64 = 3_600_000
    private let start: Timestamp

    init() throws {
        start = try instant("2026-11-23T06:00:00Z")
    }

    /// Something that happens, and when it becomes known.
    private struct Told {
        let happened: Happened
        let at: Timestamp
    }

    @Test("Who is followed can depend on how the customer stands among all others, at the time")
    func value() throws {
        let shop = try Shop()
        for (customer, orders) in [("c-1", 1), ("c-2", 5)] {
            try shop.customer(customer)
            for number in 0..<orders {
                try shop.order(
                    "\(customer)-\(number)", by: customer, at: start.advanced(milliseconds: -86_400_000))
            }
        }
        let definitions = try Definitions.workspace(
            """
            campaign: c0
            audience: rfm in [champions, loyal]
            subject: News
            modules: [{ thanks: {} }]
            schedule: { after: order + 1 hour }
            """)
        var planner = Planner(store: shop.store, definitions: definitions, home: shop.home)
        #expect(try planner.tick(now: start).planned.isEmpty)
        for customer in ["c-1", "c-2"] { try shop.order("\(customer)-x", by: customer, at: start) }
        let planned = try planner.tick(now: start.advanced(milliseconds: Self.hour)).planned
        #expect(planned == ["c0@2026-11-23"])
        #expect(try shop.recipients(of: "c0@2026-11-23") == ["c-1 skipped", "c-2 planned"])
    }

    @Test(
        "Each thing is followed once, told late, twice or out of order, by what late says",
        arguments: 1...12 as ClosedRange<UInt64>)
    func once(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let late: Int64? = [nil, 1, 24, 200][Int.random(in: 0..<4, using: &generator)]
        let plan = try Plan(
            schedule: "after: order + 30 hours, late: \(late.map { "skip after \($0) hours" } ?? "send")")
        var told: [Told] = []
        for number in 0..<120 {
            let occurred = start.advanced(
                milliseconds: Int64.random(in: -100..<300, using: &generator) * Self.hour)
            let happened = Happened(
                key: "order:\(number)", customer: CustomerID("c-\(number % 7)"), occurred: occurred)
            // Mostly at once, sometimes days later, sometimes again.
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let delay = max(0, Int64.random(in: -200..<100, using: &generator)) * Self.hour
                told.append(Told(happened: happened, at: occurred.advanced(milliseconds: delay)))
            }
        }
        let history = PlainHistory(zones: [])
        var (now, looks) = (start, [Timestamp]())
        while now < start.advanced(milliseconds: 600 * Self.hour) {
            history.happened = told.shuffled(using: &generator).filter { $0.at <= now }.map(\.happened)
            looks.append(now)
            try history.tick(plan, at: now)
            let isAway = Int.random(in: 0..<8, using: &generator) == 0
            now = now.advanced(
                milliseconds: Int64.random(in: 1...(isAway ? 4000 : 60), using: &generator) * 60_000)
        }
        var expected: [String: Timestamp] = [:]
        for happened in Set(told.map(\.happened)) {
            let due = happened.occurred.advanced(milliseconds: 30 * Self.hour)
            let known = told.filter { $0.happened == happened }.map(\.at).min() ?? due
            guard due > start, let look = looks.first(where: { $0 >= max(due, known) }) else { continue }
            let patience = late.map { $0 * Self.hour } ?? .max
            if look.milliseconds - due.milliseconds <= max(patience, 600_000) {
                expected[happened.key] = look
            }
        }
        #expect(history.follows.count == expected.count)
        #expect(Dictionary(history.follows.map { ($0.key, $0.at) }, uniquingKeysWith: min) == expected)
    }

    @Test("The plan says when the next thing is due")
    func wake() throws {
        let plan = try Plan(schedule: "after: order + 2 hours, quiet_hours: 21:00-08:00")
        let history = PlainHistory(zones: [])
        try history.tick(plan, at: start)
        let occurred = start.advanced(milliseconds: 60_000)
        history.happened = [
            Happened(key: "order:1", customer: "c-1", occurred: occurred, timezone: "Asia/Kathmandu")
        ]
        var (now, looks) = (start.advanced(milliseconds: 60_000), 0)
        while history.follows.isEmpty, looks < 100 {
            now = try #require(try history.tick(plan, at: now).wake)
            looks += 1
        }
        // The looks are an hour apart at most, and one is at the very instant.
        #expect(history.follows.map(\.at) == [occurred.advanced(milliseconds: 2 * Self.hour)])
        #expect(looks <= 5)
    }

    @Test(
        "What is due in the customer's quiet hours waits for their end, and keeps to the days it may go out")
    func quiet() throws {
        let plan = try Plan(
            schedule: "after: joined + 2 hours, quiet_hours: 21:00-08:00, between: 2026-11-24 .. 2026-11-25")
        let history = PlainHistory(zones: [])
        try history.tick(plan, at: start)
        // 19:30 in Tallinn is 23:15 in Kathmandu; two hours later it is night there.
        history.happened = [
            Happened(
                key: "joined:1", customer: "1", occurred: try instant("2026-11-24T17:30:00Z"),
                timezone: "Asia/Kathmandu"),
            Happened(key: "joined:2", customer: "2", occurred: try instant("2026-11-23T08:00:00Z")),
            Happened(key: "joined:3", customer: "3", occurred: try instant("2026-11-24T08:00:00Z")),
            Happened(key: "joined:4", customer: "4", occurred: try instant("2026-11-25T20:00:00Z")),
        ]
        var now = start
        for _ in 0..<400 {
            now = now.advanced(milliseconds: 900_000)
            try history.tick(plan, at: now)
        }
        #expect(history.follows.map(\.key) == ["joined:3", "joined:1"])
        #expect(history.follows.last?.at == (try instant("2026-11-25T02:15:00Z")))
    }
}
