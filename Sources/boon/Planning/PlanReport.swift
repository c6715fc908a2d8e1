import Campaigns
import Foundation
import Model
import Planning
import Rainbow

/// A forecast as people read it: day by day, what goes out to how many, and what is in the way.
struct PlanReport {
    private let forecast: Forecast
    private let zone: TimeZone
    private let days: Int

    init(_ forecast: Forecast, zone: TimeZone, days: Int) {
        (self.forecast, self.zone, self.days) = (forecast, zone, days)
    }

    func print() {
        let entries = Dictionary(grouping: forecast.entries, by: \.day)
        if entries.isEmpty { Console.print("Nothing is planned for the next \(counted(days, "day")).") }
        if !entries.isEmpty {
            Console.print("Times in \(zone.identifier), but where each recipient's own clock counts.")
            Console.print()
        }
        let width = (forecast.entries.map { $0.campaign.id.count }.max() ?? 0) + 2
        for (number, day) in entries.keys.sorted().enumerated() {
            if number > 0 { Console.print() }
            Console.heading(day.spelled)
            for entry in entries[day] ?? [] {
                print(entry, width: width)
            }
            for conflict in conflicts(on: day, entries[day] ?? []) {
                Console.print(conflict, after: "  ! ", in: .yellow)
            }
        }
        if !forecast.more.isEmpty { Console.print() }
        for line in forecast.moreLines(in: zone) { Console.print(line) }
        if !forecast.idle.isEmpty {
            if !entries.isEmpty { Console.print() }
            Console.print("Scheduled, with nothing ahead: \(forecast.idle.map(\.id).joined(separator: ", "))")
        }
        for one in forecast.missed { Console.warning("\(one.description); \(MissedCampaign.remedy)") }
    }

    private func print(_ entry: Forecast.Entry, width: Int) {
        let time = entry.clock?.description ?? ""
        Console.print("  \(time.column(7))\(entry.campaign.id.column(width))\(audience(of: entry))")
        for note in notes(on: entry) { Console.print("         \(note)") }
    }

    /// `54 recipients`
    private func audience(of entry: Forecast.Entry) -> String {
        if let state = entry.state {
            let standing =
                state.isStanding ? state.rawValue : entry.first > forecast.now ? "waiting" : "under way"
            return "\(standing), \(grouped(entry.count)) still to send"
        }
        return (entry.count > 0 && entry.capped == entry.count ? "0 of " : "")
            + counted(entry.count, "recipient")
    }

    private func notes(on entry: Forecast.Entry) -> [String] {
        var notes: [String] = []
        if entry.isLocal, entry.clock != nil {
            let span = entry.first == entry.last ? "" : "; here \(short(entry.first)) to \(short(entry.last))"
            notes.append("by each recipient's own clock\(span)")
        }
        if let own = ScheduleClock(of: entry, besides: zone) {
            let day = own.day == entry.day.description ? "" : "\(own.day) "
            notes.append("\(day)\(own.time) in \(own.timezone)")
        }
        switch entry.kind {
        case .occurrence: break
        case .run: if entry.first < entry.last { notes.append("until \(short(entry.last))") }
        case .birthdays: notes.append("birthdays")
        case .happenings(let happening): notes.append("after `\(happening)`, as far as it is known today")
        }
        return notes + test(of: entry)
    }

    /// What the campaign's A/B test has to do with it.
    private func test(of entry: Forecast.Entry) -> [String] {
        guard let decides = entry.part.decides else { return [] }
        let (time, measure) = (short(decides), entry.campaign.test?.winner.measure.rawValue ?? "none")
        return switch entry.part {
        case .everyone: []
        case .tested: ["A/B test by \(measure), decided \(time) at the earliest"]
        case .others: ["the others, with what the A/B test has shown by \(time)"]
        }
    }

    /// What is in the way: a line for each kind of it, however many campaigns meet.
    private func conflicts(on day: CalendarDate, _ entries: [Forecast.Entry]) -> [String] {
        let capped = entries.filter { $0.capped > 0 }.map { "\(grouped($0.capped)) of \($0.campaign.id)" }
        let full =
            capped.isEmpty
            ? []
            : ["left out, having had as many mails as they may by then: \(capped.joined(separator: ", "))"]
        return full
            + forecast.mornings.filter { $0.day == day }.map { morning in
                "\(grouped(morning.customers)) get\(morning.customers == 1 ? "s" : "") more than one within hours: "
                    + morning.campaigns.joined(separator: ", ")
            }
    }

    /// `23 Nov 09:00`
    private func short(_ instant: Timestamp) -> String {
        let local = instant.local(in: zone)
        return "\(local.date.day) \(local.date.monthName.prefix(3)) \(local.clock)"
    }
}

extension CalendarDate {
    /// `Monday 23 November 2026`
    var spelled: String {
        let weekday = Weekdays.names[self.weekday - 1].capitalized
        return "\(weekday) \(day) \(monthName) \(year)"
    }

    var monthName: String {
        [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ][month - 1]
    }
}
