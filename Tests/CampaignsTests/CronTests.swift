import Model
import Testing

@testable import Campaigns

@Suite("Schedules")
struct ScheduleTests {
    @Test(
        "Cron goes off on the days that its fields name",
        arguments: [
            ("0 9 * * 1", "2026-11-23", true), ("0 9 * * 1", "2026-11-24", false),
            ("0 9 1 * *", "2026-12-01", true),
            ("0 9 1 * mon", "2026-11-23", true), ("0 9 1 * mon", "2026-12-01", true),
            ("0 9 1 * mon", "2026-12-02", false),
            ("0 9 * dec-feb *", "2026-12-02", false), ("0 9 * nov,dec *", "2026-12-02", true),
            ("*/15 9-17/2 * * 0", "2026-11-22", true),
            ("0 0 29 2 *", "2028-02-29", true), ("5/20 * * * 7", "2026-11-22", true),
        ])
    func cron(text: String, day: String, goesOff: Bool) throws {
        let date = try #require(CalendarDate(day))
        #expect((try? Cron(parsing: text))?.matches(date) ?? false == goesOff)
    }

    @Test(
        "Counting the times of a schedule comes to as many as naming them one by one",
        arguments: [
            "cron: \"* * * * *\"", "cron: \"*/20 9-17 1,15 * fri\"", "every: weekday 09:00",
            "at: 2026-11-24 09:00",
            "on: birthday 08:00", "every: day 09:00, between: 2026-11-25 .. 2026-11-26",
        ])
    func count(schedule: String) throws {
        let text =
            "campaign: c\naudience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\nschedule: { \(schedule) }"
        let campaign = Workspace.read(["campaigns/c.yaml": text]).campaigns["c"]
        let schedule = try #require(campaign?.schedule)
        let timetable = try #require(Timetable(schedule))
        let begin = try #require(LocalTime("2026-11-22 16:20"))
        for end in ["2026-11-22 16:20", "2026-11-22 16:21", "2026-11-25 09:00", "2026-12-06 23:59"] {
            let end = try #require(LocalTime(end))
            var (time, named) = (begin, 0)
            while let next = timetable.first(after: time, until: end.date), next <= end {
                (time, named) = (next, named + 1)
            }
            #expect(timetable.count(after: begin, through: end) == named, "\(end)")
        }
        #expect(timetable.count(after: begin, through: try #require(LocalTime("2026-11-20 09:00"))) == 0)
    }

    @Test(
        "The fields of cron are read",
        arguments: [
            ("*/15 * * * *", [0, 15, 30, 45]), ("5/20 * * * *", [5, 25, 45]),
            ("1,3-5 * * * *", [1, 3, 4, 5]),
        ])
    func minutes(text: String, minutes: [Int]) throws {
        #expect(try Cron(parsing: text).minutes.sorted() == minutes)
    }

    @Test(
        "What is no cron is refused",
        arguments: [
            "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *",
            "a * * * *", "", "* * * *",
            "1, * * * *", "* * 30 2 *", "- * * * *", "99999999999999999999 * * * *",
        ])
    func badCron(text: String) {
        #expect(throws: Cron.Problem.self) { try Cron(parsing: text) }
    }

    @Test(
        "Triggers are read",
        arguments: [
            ("every", "day 18:30"), ("every", "weekday 09:00"), ("every", "monday, friday 09:00"),
            ("after", "order"),
            ("after", "first order + 2 hours"), ("after", "answer+1 day"), ("on", "birthday 08:00"),
        ])
    func triggers(key: String, text: String) {
        let trigger = [Schedule.every(text), Schedule.after(text), Schedule.on(text)].compactMap { $0 }
        #expect(trigger.count == 1)
    }

    @Test("A stretch of the day may go over midnight")
    func quietHours() throws {
        let night = try #require(ClockRange("21:00-08:00"))
        let clocks = ["20:59", "21:00", "00:00", "07:59", "08:00"].compactMap { ClockTime($0) }
        #expect(clocks.map(night.contains) == [false, true, true, true, false])
    }

    @Test(
        "The language of a customer is chosen by tag, then by primary subtag, then the first",
        arguments: [
            ("et", "et"), ("pt-PT", "pt-BR"), ("pt_BR", "pt-BR"), ("fr", "en"), (nil, "en"),
            ("PT-br", "pt-BR"),
        ])
    func languages(locale: String?, chosen: String) {
        #expect(Language.choose(for: locale, among: ["en", "et", "pt-BR"]) == chosen)
    }
}
