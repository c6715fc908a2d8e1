import Campaigns
import Foundation
import Model
import Planning
import Recording
import TestSupport
import Testing

private let zones = [
    "Europe/Tallinn", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Kiritimati",
    "Australia/Lord_Howe",
]

/// A schedule, and the stretch of time over which it is tried minute by minute.
struct Trial: CustomStringConvertible {
    let schedule: String
    let from: String
    let until: String

    init(_ schedule: String, _ from: String = "2026-01-01", _ until: String = "2027-01-01") {
        (self.schedule, self.from, self.until) = (schedule, from, until)
    }

    var description: String { "\(schedule) \(from) .. \(until)" }

    static let all = [
        Trial("every: monday 09:00, timezone: recipient"),
        Trial("every: day 03:30, timezone: Europe/Tallinn"),
        Trial("every: day 02:15, timezone: recipient"),
        Trial("every: day 22:30, timezone: recipient, quiet_hours: 21:00-08:00, late: skip"),
        Trial("every: weekday 07:45, quiet_hours: 21:00-08:00, late: send"),
        Trial("cron: \"30 2 1,15 * fri\", timezone: recipient, late: skip after 5 hours"),
        Trial("every: day 09:00, timezone: recipient, between: 2026-03-20 .. 2026-04-10"),
        Trial("at: 2026-03-29 03:30, timezone: recipient"),
        Trial("at: 2026-10-25 03:30"),
        // Often, over each change of daylight saving and the day that Samoa left out.
        Trial("cron: \"*/30 * * * *\", timezone: Europe/Tallinn", "2026-03-24", "2026-04-05"),
        Trial("cron: \"*/30 * * * *\", timezone: Europe/Tallinn", "2026-10-20", "2026-11-01"),
        Trial(
            "cron: \"0 * * * *\", timezone: recipient, quiet_hours: 23:00-02:30", "2026-03-05", "2026-04-08"),
        Trial("cron: \"0 * * * *\", timezone: recipient", "2026-10-20", "2026-11-05"),
        Trial("cron: \"15 */6 * * *\", timezone: Pacific/Apia", "2011-12-20", "2012-01-10"),
        Trial("every: day 12:00, timezone: recipient, quiet_hours: 21:00-08:00", "2011-12-20", "2012-01-10"),
    ]

    func plan() throws -> (Plan, Schedule, Timestamp, Timestamp) {
        let definitions = try Definitions.workspace(
            """
            campaign: news
            audience: subscribed
            subject: News
            schedule: { \(schedule) }
            modules: [{ thanks: {} }]
            """)
        let home = try #require(TimeZone(identifier: "Europe/Tallinn"))
        return (
            Plan(definitions, home: home), try #require(definitions.campaigns["news"]?.schedule),
            try instant("\(from)T00:00:00Z"), try instant("\(until)T00:00:00Z")
        )
    }
}

@Suite("The plan")
struct PlanTests {
    @Test(
        "Whoever looks when the plan says so sends what the clocks show, minute by minute",
        arguments: Trial.all)
    func always(trial: Trial) throws {
        let (plan, schedule, start, end) = try trial.plan()
        let model = try PlainPlan(schedule, zones: zones, from: start, until: end)
        let history = PlainHistory(zones: zones)
        // A day from either end nothing is left over from before, and all that was begun is done.
        var now = start.advanced(milliseconds: 3 * 86_400_000)
        let last = end.advanced(milliseconds: -3 * 86_400_000)
        var looks: [Timestamp] = []
        while now < last {
            looks.append(now)
            guard let wake = try history.tick(plan, at: now).wake else { break }
            try #require(wake > now, "the plan wants to be asked again at once")
            now = wake
        }
        try agree(history, model, looks)
    }

    @Test(
        "Whoever was away does what late says with what was missed", arguments: Trial.all, [1, 2] as [UInt64])
    func away(trial: Trial, seed: UInt64) throws {
        let (plan, schedule, start, end) = try trial.plan()
        let model = try PlainPlan(schedule, zones: zones, from: start, until: end)
        let history = PlainHistory(zones: zones)
        var generator = SeededGenerator(seed: seed)
        var now = start.advanced(milliseconds: 3 * 86_400_000)
        let last = end.advanced(milliseconds: -3 * 86_400_000)
        var looks: [Timestamp] = []
        while now < last {
            looks.append(now)
            try history.tick(plan, at: now)
            // Mostly there, now and then away for hours or days.
            let isAway = Int.random(in: 0..<5, using: &generator) == 0
            let pause =
                isAway
                ? Int64.random(in: 60..<6000, using: &generator) : Int64.random(in: 1..<90, using: &generator)
            now = now.advanced(milliseconds: pause * 60_000)
        }
        try agree(history, model, looks)
    }

    private func agree(_ history: PlainHistory, _ model: PlainPlan, _ looks: [Timestamp]) throws {
        #expect(!history.mails.isEmpty)
        for zone in zones {
            let planned = history.mails.filter { $0.zone == zone }.map(\.from).sorted()
            #expect(try planned == model.mails(in: zone, looks: looks).sorted(), "\(zone)")
        }
    }

    @Test(
        "A clock that is set forward and back sends nothing twice and nothing early", arguments: Trial.all,
        [1, 2, 3] as [UInt64])
    func steps(trial: Trial, seed: UInt64) throws {
        let (plan, schedule, start, _) = try trial.plan()
        let history = PlainHistory(zones: zones)
        var generator = SeededGenerator(seed: seed)
        let day: Int64 = 86_400_000
        var now = start.advanced(milliseconds: 3 * day)
        for _ in 0..<400 {
            try history.tick(plan, at: now)
            let step: Int64 =
                switch Int.random(in: 0..<20, using: &generator) {
                case 0: day
                case 1: -day
                case 2: 3653 * day
                case 3: -3653 * day
                default: Int64.random(in: 1..<1_200, using: &generator) * 60_000
                }
            now = now.advanced(milliseconds: step)
        }
        #expect(Set(history.mails.map { [$0.zone, $0.run.text] }).count == history.mails.count)
        for mail in history.mails { #expect(mail.from >= (try due(mail, by: schedule)), "\(mail)") }
    }

    /// When a mail is due by its own identity.
    private func due(_ mail: PlainHistory.Mail, by schedule: Schedule) throws -> Timestamp {
        let text = mail.run.text.dropFirst("news@".count)
        let time = try #require(Timestamp(rfc3339: "\(text.prefix(16)):00Z"))
        if schedule.timezone == .recipient {
            return Timestamp(time.local(in: .gmt), in: try #require(TimeZone(identifier: mail.zone)))
        }
        return try #require(Timestamp(rfc3339: "\(text.prefix(16)):00\(text.dropFirst(16))"))
    }

    @Test("Asked twice, the plan says the same, and once it was done, nothing")
    func twice() throws {
        let plan = try Plan(schedule: "every: monday 09:00")
        let history = PlainHistory(zones: zones)
        try history.tick(plan, at: instant("2026-11-22T12:00:00Z"))
        let now = try instant("2026-11-23T07:00:00Z")
        let (first, second) = (try plan.step(history, now: now), try plan.step(history, now: now))
        #expect(first.occurrences.map(\.run) == ["news@2026-11-23T09:00+02:00"])
        #expect(second.occurrences.map(\.run) == first.occurrences.map(\.run))
        try history.tick(plan, at: now)
        #expect(try plan.step(history, now: now).occurrences.isEmpty)
    }

    @Test(
        "Identities are what clocks show, with the zone's offset or without",
        arguments: [
            ("every: day 09:00", "2026-07-06T06:00:00Z", "news@2026-07-06T09:00+03:00"),
            (
                "every: day 09:00, timezone: America/St_Johns", "2026-01-06T12:30:00Z",
                "news@2026-01-06T09:00-03:30"
            ),
            ("every: day 03:30", "2026-03-29T01:00:00Z", "news@2026-03-29T04:00+03:00"),
            ("every: day 03:30", "2026-10-25T00:30:00Z", "news@2026-10-25T03:30+03:00"),
            ("at: 2026-11-23 09:00, timezone: recipient", "2026-11-22T19:00:00Z", "news@2026-11-23T09:00"),
        ])
    func identities(schedule: String, now: String, run: String) throws {
        let plan = try Plan(schedule: schedule)
        let history = PlainHistory(zones: zones)
        try history.tick(plan, at: instant(now).advanced(milliseconds: -60_000))
        #expect(try plan.step(history, now: instant(now)).occurrences.map(\.run.text) == [run])
    }
}
