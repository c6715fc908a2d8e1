import Campaigns
import Foundation
import Model
import Recording

extension Forecast {
    /// What runs that are planned already have still to send, as the stores know it: who was sent to is not promised
    /// the letter again, and a run that has ended promises nothing.
    static func runs(
        _ definitions: Definitions, home: TimeZone, in view: IndexView, from now: Timestamp,
        until end: Timestamp
    ) throws -> [Entry] {
        try view.unendedRuns().flatMap { run -> [Entry] in
            guard let campaign = definitions.campaigns[run.campaign] else { return [] }
            let parts: [Part] =
                run.decides.map { [.tested(decides: $0), .others(decides: $0)] } ?? [.everyone]
            return try parts.compactMap { part in
                guard let left = try view.left(in: run.id, tried: part.tried), left.first <= end else {
                    return nil
                }
                let first = max(left.first, now)
                let clock = first.local(in: home)
                return Entry(
                    campaign: campaign, kind: .run(run.id), part: part, first: first,
                    last: max(left.last, now), here: first, day: clock.date, clock: clock.clock, members: [],
                    count: left.count, state: run.state)
            }
        }
    }
}

extension Forecast.Part {
    /// When those of a run are tried for the first time.
    var tried: Range<Timestamp> {
        let always = Range<Timestamp>.always
        return switch self {
        case .everyone: always
        case .tested(let decides): always.lowerBound..<decides
        case .others(let decides): decides..<always.upperBound
        }
    }
}

extension Range<Timestamp> {
    /// From the first instant to the last.
    package static var always: Self { Timestamp(milliseconds: .min)..<Timestamp(milliseconds: .max) }
}
