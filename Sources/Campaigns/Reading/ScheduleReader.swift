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
        return fields.value("every", Formats.every) ?? fields.value("after", Formats.after)
            ?? fields.value("on", Formats.on)
    }

    private mutating func cron(_ scalar: ScalarSource) -> Schedule.Trigger? {
        do {
            return .cron(try Cron(parsing: scalar.text))
        } catch {
            diagnostics.error(error.message, at: scalar.place, hint: "`0 9 * * 1` is Monday at 9")
            return nil
        }
    }

    private mutating func quietHours(_ fields: Fields) -> ClockRange? {
        guard let range = fields.value("quiet_hours", Formats.clockRange) else { return nil }
        if range.start == range.end {
            diagnostics.error("`quiet_hours` end when they begin", at: fields.place(of: "quiet_hours"))
        }
        return range
    }

    private mutating func tellUnreachable(_ schedule: Schedule, _ fields: Fields) {
        if let range = schedule.between, range.first <= range.last, !schedule.trigger.fallsInto(range) {
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

extension Schedule.Trigger {
    /// The time of day, where there is one and only one.
    fileprivate var clock: ClockTime? {
        switch self {
        case .every(_, let clock), .onBirthday(let clock): clock
        case .at(let time): time.clock
        case .cron, .after: nil
        }
    }

    /// Whether any of it can lie between two days. A span of four years has every day there is.
    fileprivate func fallsInto(_ range: DateRange) -> Bool {
        let matches: (CalendarDate) -> Bool
        switch self {
        case .every(let weekdays, _): matches = { weekdays.days.contains($0.weekday) }
        case .cron(let cron): matches = cron.matches
        case .at(let time): return range.contains(time.date)
        case .after, .onBirthday: return true
        }
        let length = min(range.last.daysSinceEpoch - range.first.daysSinceEpoch, 8 * 366)
        return (0...max(length, 0)).contains { matches(range.first.adding(days: $0)) }
    }
}
