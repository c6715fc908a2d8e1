import Model

extension Schedule {
    /// When it falls due, in one line: two schedules with the same rule are the same one to whoever remembers what
    /// was sent. Quiet hours and what happens to missed occurrences may change without making it another.
    package var rule: String {
        let days = between.map { " between \($0.first) .. \($0.last)" } ?? ""
        return "\(trigger.rule) \(timezone.name)\(days)"
    }
}

extension Schedule.Zone {
    /// `recipient` or the zone's name.
    package var name: String {
        switch self {
        case .recipient: "recipient"
        case .named(let name): name
        }
    }
}

extension Schedule.Trigger {
    fileprivate var rule: String {
        switch self {
        case .every(let weekdays, let clock): "every \(Self.list(weekdays.days)) at \(clock)"
        case .cron(let cron):
            "cron "
                + [cron.minutes, cron.hours, cron.days, cron.months, cron.weekdays]
                .map { Self.list($0) }.joined(separator: " ")
        case .at(let time): "at \(time)"
        case .after(let happening, let period): "after \(happening) + \(period.map { "\($0)" } ?? "0")"
        case .onBirthday(let clock): "on birthday at \(clock)"
        }
    }

    private static func list(_ numbers: Set<Int>) -> String {
        numbers.sorted().map(String.init).joined(separator: ",")
    }
}

extension Schedule.Happening: CustomStringConvertible {
    /// As written in campaign files.
    package var description: String {
        if case .event(let name) = self { return name }
        return Self.known.first { $0.value == self }?.key ?? ""
    }
}
