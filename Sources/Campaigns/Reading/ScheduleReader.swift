import Model

extension FileReader {
    /// Reads `schedule: ...` of a campaign, and tells of schedules that can never be met.
    mutating func schedule() -> Schedule? {
        guard let fields = root.fields("schedule"), !fields.node.entries.isEmpty else { return nil }
        let trigger = trigger(fields)
        let between = dateRange("between", of: fields)
        let quietHours = quietHours(fields)
        guard let trigger else { return nil }
        let schedule = Schedule(
            trigger: trigger,
            timezone: fields.value("timezone", Formats.scheduleZone) ?? .named(defaults.timezone),
            between: between, quietHours: quietHours, late: fields.value("late", Formats.late) ?? .standard,
            place: fields.place)
        tellUnreachable(schedule, fields)
        return schedule
    }

    private mutating func trigger(_ fields: Fields) -> Schedule.Trigger? {
        if let cron = fields.scalar("cron") { return self.cron(cron) }
        if let time = fields.value("at", Formats.localTime) { return .at(time) }
        if let after = fields.value("after", Formats.after) {
            tellMisspelt(after, fields)
            return after
        }
        return fields.value("every", Formats.every) ?? fields.value("on", Formats.on)
    }

    /// Any name may be an event of the shop's own; one that nearly is a known word is more likely a slip.
    private mutating func tellMisspelt(_ trigger: Schedule.Trigger, _ fields: Fields) {
        guard case .after(.event(let name), _) = trigger,
            let near = Nearest.word(to: name, among: Schedule.Happening.known.keys.sorted()),
            name.utf8.count > 2
        else { return }
        diagnostics.warn(
            "`\(name)` is waited for as an event of your own", at: fields.place(of: "after"),
            hint: "did you mean `\(near)`?")
    }

    private mutating func cron(_ scalar: ScalarSource) -> Schedule.Trigger? {
        do {
            let cron = try Cron(parsing: scalar.text)
            tellCrowded(cron, scalar)
            return .cron(cron)
        } catch {
            diagnostics.error(
                error.message, at: scalar.place(at: error.offset), hint: "`0 9 * * 1` is Monday at 9")
            return nil
        }
    }

    /// So often in an hour can be meant; oftener is rather a `*` where a minute was to stand.
    private static let mostInAnHour = 4

    private mutating func tellCrowded(_ cron: Cron, _ scalar: ScalarSource) {
        let (minutes, hours) = (cron.minutes.sorted(), cron.hours.sorted())
        guard minutes.count > Self.mostInAnHour, let first = hours.first, let last = hours.last,
            let begin = ClockTime(hour: first, minute: minutes[0]),
            let end = ClockTime(hour: last, minute: minutes[minutes.count - 1])
        else { return }
        let fields = scalar.text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        let once = (["\(minutes[0])", "\(hours.count == 24 ? 9 : first)"] + fields.dropFirst(2)).joined(
            separator: " ")
        diagnostics.warn(
            "the campaign goes out \(minutes.count * hours.count) times from \(begin) to \(end) \(cron.daysInWords)",
            at: scalar.place(at: 0), hint: "`\(once)` goes out once")
    }

    private mutating func quietHours(_ fields: Fields) -> ClockRange? {
        guard let range = fields.value("quiet_hours", Formats.clockRange) else { return nil }
        if range.start == range.end {
            diagnostics.error("`quiet_hours` end when they begin", at: fields.place(of: "quiet_hours"))
        }
        return range
    }

    private mutating func tellUnreachable(_ schedule: Schedule, _ fields: Fields) {
        if let range = schedule.between, range.first <= range.last, let timetable = Timetable(schedule),
            timetable.last(
                upTo: LocalTime(date: range.last.adding(days: 1), clock: .midnight), since: range.first)
                == nil
        {
            diagnostics.error(
                "the campaign never goes out: nothing of the schedule lies in `between`",
                at: fields.place(of: "between"), hint: "make `between` longer, or change the day")
        }
        if let quiet = schedule.quietHours, let clock = schedule.trigger.clock, quiet.contains(clock),
            schedule.timezone == .recipient
        {
            diagnostics.warn(
                "every mail falls into the quiet hours and is held until they end",
                at: fields.place(of: "quiet_hours"), hint: "choose a time outside them")
        }
    }
}

extension Cron {
    /// `each day`, `each Monday, Friday`.
    fileprivate var daysInWords: String {
        if days.count < 31 || months.count < 12 { return "on each of its days" }
        if weekdays.count == 7 { return "each day" }
        return "each " + weekdays.sorted().map { Weekdays.names[$0 - 1].capitalized }.joined(separator: ", ")
    }
}

extension Schedule.Trigger {
    /// The time of day, where there is one and only one.
    fileprivate var clock: ClockTime? {
        switch self {
        case .every(_, let clock), .onBirthday(let clock): clock
        case .at(let time): time.clock
        case .cron, .after: nil
        }
    }
}
