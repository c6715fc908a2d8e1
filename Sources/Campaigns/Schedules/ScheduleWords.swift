import Model

/// What stands after `schedule:` is read word by word here.
extension Schedule {
    /// Reads `monday 09:00`, `day 09:00`, `monday, friday 18:30`.
    static func every(_ text: String) -> Trigger? {
        guard let (days, clock) = splitClock(text), let weekdays = Weekdays(days) else { return nil }
        return .every(weekdays, at: clock)
    }

    /// Reads `birthday 08:00`.
    static func on(_ text: String) -> Trigger? {
        guard let (day, clock) = splitClock(text), day == "birthday" else { return nil }
        return .onBirthday(at: clock)
    }

    /// Reads `order`, `order + 3 days`, `first order + 2 hours`, `trial_ended + 1 day`.
    static func after(_ text: String) -> Trigger? {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false).map(trim)
        guard let happening = Happening(parts[0]), parts.count <= 2 else { return nil }
        if parts.count == 1 { return .after(happening, nil) }
        return Formats.period.parse(parts[1]).map { .after(happening, $0) }
    }

    /// Reads `send`, `skip` and `skip after 6 hours`.
    static func late(_ text: String) -> Late? {
        switch text {
        case "send": return .send
        case "skip": return .skip
        default:
            guard text.hasPrefix("skip after ") else { return nil }
            return Formats.period.parse(String(text.dropFirst("skip after ".count))).map(Late.skipAfter)
        }
    }

    private static func splitClock(_ text: String) -> (String, ClockTime)? {
        guard let blank = text.lastIndex(of: " ") else { return nil }
        let clock = text[text.index(after: blank)...]
        guard clock.utf8.count == 5, let clock = ClockTime(clock) else { return nil }
        return (trim(text[..<blank]), clock)
    }

    private static func trim(_ text: Substring) -> String {
        let start = text.drop { $0 == " " }
        return String(
            start.prefix(
                upTo: start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex))
    }
}

extension Schedule.Happening {
    /// What Boon knows of without being told, and how it is written.
    static let known: [String: Schedule.Happening] = [
        "order": .order, "first order": .firstOrder, "answer": .answer, "joined": .joined,
    ]

    /// Reads one of the known words, or the name of an event; nil for what can be neither.
    init?(_ text: String) {
        guard let happening = Self.known[text] ?? Formats.identifier.parse(text).map(Self.event) else {
            return nil
        }
        self = happening
    }
}
