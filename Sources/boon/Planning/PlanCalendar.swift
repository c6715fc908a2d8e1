import Foundation
import Model
import Planning

/// A forecast as iCalendar (RFC 5545).
struct PlanCalendar {
    /// The calendar: lines of at most 75 octets (section 3.1) that end in CRLF.
    let text: String

    init(_ forecast: Forecast) {
        let stamp = Self.instant(forecast.now)
        let events = forecast.entries.flatMap { Self.event($0, stamp: stamp) }
        let lines =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Boon//boon plan//EN", "CALSCALE:GREGORIAN"]
            + events + ["END:VCALENDAR"]
        text = lines.map { Self.fold($0) + "\r\n" }.joined()
    }

    private static func event(_ entry: Forecast.Entry, stamp: String) -> [String] {
        let part = entry.part.name.map { "#\($0)" } ?? ""
        let identity = (entry.run?.text ?? "\(entry.campaign.id)@\(entry.day)") + part
        let count = counted(entry.count, "recipient")
        var description: [String] = []
        if let state = entry.state, state.isStanding { description.append(state.rawValue) }
        if let part = entry.part.name, let decides = entry.part.decides {
            description.append("A/B test: \(part), decided at \(decides) at the earliest")
        }
        if entry.capped > 0 { description.append("\(grouped(entry.capped)) left out by limits") }
        for (campaign, count) in entry.neighbours.sorted(by: { $0.key < $1.key }) {
            description.append("\(grouped(count)) also get \(campaign) within four hours")
        }
        let name = entry.campaign.name
        return [
            "BEGIN:VEVENT", "UID:\(escape(identity))", "DTSTAMP:\(stamp)", start(of: entry),
            "SUMMARY:\(escape("\(name) (\(count))"))",
        ] + (description.isEmpty ? [] : ["DESCRIPTION:\(escape(description.joined(separator: "\n")))"])
            + ["TRANSP:TRANSPARENT", "END:VEVENT"]
    }

    /// A time on each recipient's own clock is a floating one (section 3.3.5, form 1), any other is in UTC; what
    /// follows events is the day's. Those who wait for an A/B test may live where it is another day by then.
    private static func start(of entry: Forecast.Entry) -> String {
        let day = digits(entry.day.description)
        guard let clock = entry.clock else { return "DTSTART;VALUE=DATE:\(day)" }
        let isFloating = entry.isLocal && !entry.part.isOthers
        return "DTSTART:" + (isFloating ? "\(day)T\(digits(clock.description))00" : instant(entry.first))
    }

    /// `20261123T070000Z`
    private static func instant(_ instant: Timestamp) -> String {
        "\(digits(String(instant.description.prefix(10))))T\(digits(String(instant.description.dropFirst(11).prefix(8))))Z"
    }

    private static func digits(_ text: String) -> String {
        text.filter(\.isNumber)
    }

    /// Section 3.3.11; control characters, which have no place there, are left out.
    private static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped.append(contentsOf: ["\\", scalar])
            case "\n": escaped.append(contentsOf: ["\\", "n"])
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// Breaks a line so that none has more than 75 octets, never within a character.
    private static func fold(_ line: String) -> String {
        var (folded, width) = ("", 0)
        for scalar in line.unicodeScalars {
            let octets = scalar.utf8.count
            if width + octets > 75 {
                folded += "\r\n "
                width = 1
            }
            folded.unicodeScalars.append(scalar)
            width += octets
        }
        return folded
    }
}

extension Unicode.Scalar {
    fileprivate var utf8: String.UTF8View { String(self).utf8 }
}
