import Foundation
import Model
import TestSupport
import Testing

@testable import Campaigns

/// Cron is judged by another implementation: Python's `croniter`, where it is installed.
private let hasCroniter = Python.has("croniter")

@Suite("Cron, by another's opinion")
struct CronOpinionTests {
    private struct Case {
        let expression: String
        let cron: Cron
        let start: LocalTime
        let timetable: Timetable
    }

    @Test(
        "10,000 random expressions and times go off when croniter says so",
        .enabled(if: hasCroniter, "Debian's python3-croniter is not installed"))
    func agreement() async throws {
        var generator = SeededGenerator(seed: 20_261_123)
        var cases: [Case] = []
        while cases.count < 10_000 { try Self.example(&generator).map { cases.append($0) } }
        let input = cases.map { "\($0.expression)|\($0.start)" }.joined(separator: "\n")
        let answers = try await Python.run(Self.script, input: input).split(separator: "\n").map(String.init)
        try #require(answers.count == cases.count)
        var judged = 0
        for (example, answer) in zip(cases, answers) where try Self.answer(example) != answer {
            // Looking back, croniter gives February 28 days in every year, and looking ahead it may pass over the
            // first of a month after one that lacks a day of the list: a walk through the calendar is the judge.
            judged += 1
            #expect(
                try Self.answer(example) == Self.walk(example), "\(example.expression) from \(example.start)")
        }
        #expect(judged < cases.count / 100)
    }

    /// The same times, by walking day by day and trying every minute.
    private static func walk(_ example: Case) -> String {
        func times(on day: Int64) -> [LocalTime] {
            let date = CalendarDate(daysSinceEpoch: day)
            let cron = example.cron
            let (isDay, isWeekday) = (cron.days.contains(date.day), cron.weekdays.contains(date.weekday))
            let isBoth = cron.days.count == 31 || cron.weekdays.count == 7
            guard cron.months.contains(date.month), isBoth ? isDay && isWeekday : isDay || isWeekday else {
                return []
            }
            return (0..<1440).filter { cron.hours.contains($0 / 60) && cron.minutes.contains($0 % 60) }
                .map { LocalTime(date: date, clock: ClockTime(milliseconds: Int64($0) * 60_000)) }
        }
        let start = example.start.date.daysSinceEpoch
        var (day, ahead, back) = (start, [LocalTime](), [LocalTime]())
        while ahead.count < 3 {
            ahead += times(on: day).filter { $0 > example.start }
            day += 1
        }
        day = start
        while back.count < 2 {
            back += times(on: day).filter { $0 <= example.start }.reversed()
            day -= 1
        }
        return (ahead.prefix(3) + back.prefix(2)).map { "\($0)" }.joined(separator: " ")
    }

    /// The three times after the start and the two up to it.
    private static func answer(_ example: Case) throws -> String {
        let horizon = example.start.date.adding(days: 50 * 366)
        let floor = example.start.date.adding(days: -50 * 366)
        var times: [String] = []
        var time = example.start
        for _ in 0..<3 {
            time = try #require(example.timetable.first(after: time, until: horizon))
            times.append("\(time)")
        }
        var last = try #require(example.timetable.last(upTo: example.start, since: floor))
        times.append("\(last)")
        let before = Timestamp(last, in: .gmt).advanced(milliseconds: -60_000).local(in: .gmt)
        last = try #require(example.timetable.last(upTo: before, since: floor))
        return (times + ["\(last)"]).joined(separator: " ")
    }

    private static let script = """
        import croniter, datetime, sys
        for line in sys.stdin.read().split("\\n"):
            expression, start = line.split("|")
            start = datetime.datetime.fromisoformat(start) + datetime.timedelta(seconds=30)
            times = []
            for step, count in (("get_next", 3), ("get_prev", 2)):
                cron = croniter.croniter(expression, start, max_years_between_matches=50)
                times += [getattr(cron, step)(datetime.datetime).isoformat(timespec="minutes") for _ in range(count)]
            print(*times)
        """

    // MARK: Random expressions

    /// An expression that goes off at some time; nil for one that never does.
    private static func example(_ generator: inout SeededGenerator) throws -> Case? {
        let fields: [(ClosedRange<Int>, [String])] = [
            (0...59, []), (0...23, []), (1...31, []),
            (1...12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
            (0...6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
        ]
        let expression = fields.map { field($0.0, names: $0.1, &generator) }.joined(separator: " ")
        guard let cron = try? Cron(parsing: expression) else { return nil }
        // croniter gives up where one of the two kinds of days never comes, though the other one does.
        let longest = cron.months.map { CalendarDate.length(ofMonth: $0, year: 2024) }.max() ?? 0
        guard cron.days.contains(where: { $0 <= longest }) else { return nil }
        let schedule = Schedule(
            trigger: .cron(cron), timezone: .named("UTC"), between: nil, quietHours: nil, late: .send,
            place: Place(file: "x", line: 1, column: 1))
        let minutes = Int64.random(in: 0..<40 * 365 * 1440, using: &generator)
        let start = Timestamp(milliseconds: minutes * 60_000 + 631_152_000_000).local(in: .gmt)
        return Case(
            expression: expression, cron: cron, start: start, timetable: try #require(Timetable(schedule)))
    }

    private static func field(_ range: ClosedRange<Int>, names: [String], _ generator: inout SeededGenerator)
        -> String
    {
        if Int.random(in: 0..<3, using: &generator) == 0 { return "*" }
        let count = Int.random(in: 1...3, using: &generator)
        return (0..<count).map { _ in part(range, names: names, &generator) }.joined(separator: ",")
    }

    private static func part(_ range: ClosedRange<Int>, names: [String], _ generator: inout SeededGenerator)
        -> String
    {
        let low = Int.random(in: range, using: &generator)
        let high = Int.random(in: low...range.upperBound, using: &generator)
        let step = Int.random(in: 1...10, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return "*/\(step)"
        case 1 where low < high: return "\(low)-\(high)"
        case 2 where low < high: return "\(low)-\(high)/\(step)"
        case 3 where !names.isEmpty: return names[low - range.lowerBound]
        default: return "\(low)"
        }
    }
}
