import Campaigns
import Foundation
import Model
import Recording

/// Divides what a campaign with an A/B test will send into what goes to those who are tested, and what the others get
/// after the decision; by the same rules as planning does.
struct SplitForecast {
    private let campaign: Campaign
    private let home: TimeZone
    private let zones: Zones
    private let members: [CustomerID]
    /// The members by the zone that they name; read once, for the first occurrence that needs it.
    private var places: [String?: [CustomerID]]?

    init(_ campaign: Campaign, home: TimeZone, zones: Zones, members: [CustomerID]) {
        (self.campaign, self.home, self.zones, self.members) = (campaign, home, zones, members)
    }

    /// The parts of an occurrence that is ahead for all members; none has a run yet.
    mutating func parts(of entry: Forecast.Entry, _ due: DueOccurrence, in view: IndexView) throws
        -> [Forecast.Entry]
    {
        guard let test = campaign.test else { return [entry] }
        let split = Split(test, of: due.run)
        let tested = members.count { split.group(of: $0) != .rest }
        let places = try places(due, in: view)
        let last = places.filter { $0.value.contains { split.group(of: $0) != .rest } }.keys
            .compactMap { due.turn(in: zones[$0], now: entry.first).instant }.max()
        guard let last else { return [entry] }
        let decides = last.adding(test.winner.after, in: home)
        let first = entry.part(.tested(decides: decides), of: split, tested)
        let others = places.filter { $0.value.contains { split.group(of: $0) == .rest } }.keys
        guard let second = after(decides, entry, due, others) else { return [first] }
        return [first, second.part(.others(decides: decides), of: split, members.count - tested)]
    }

    /// What is due after the decision in some places; nil where there are none.
    private func after(
        _ decides: Timestamp, _ entry: Forecast.Entry, _ due: DueOccurrence, _ places: some Sequence<String?>
    ) -> Forecast.Entry? {
        let instants = places.map { due.due(after: decides, in: zones[$0]) }
        guard let first = instants.min(), let last = instants.max() else { return nil }
        let here = due.due(after: decides, in: home)
        let clock = here.local(in: home)
        return Forecast.Entry(
            campaign: campaign, kind: entry.kind, first: first, last: last, here: here, day: clock.date,
            clock: clock.clock, members: members, count: members.count)
    }

    private mutating func places(_ due: DueOccurrence, in view: IndexView) throws -> [String?: [CustomerID]] {
        if due.isSameForAll { return [nil: members] }
        if let places { return places }
        var found: [String?: [CustomerID]] = [:]
        try view.eachTimezone(of: members) { found[$1, default: []].append($0) }
        places = found
        return found
    }
}

extension Forecast.Entry {
    /// The same for some of its members.
    fileprivate func part(_ part: Forecast.Part, of split: Split, _ count: Int) -> Forecast.Entry {
        var entry = self
        (entry.part, entry.split, entry.count) = (part, split, count)
        return entry
    }
}

extension IndexView {
    /// Tells for each of some customers the zone that they name, in their order.
    fileprivate func eachTimezone(
        of customers: [CustomerID], _ tell: (_ customer: CustomerID, _ timezone: String?) throws -> Void
    ) throws {
        for start in stride(from: 0, to: customers.count, by: PlannedRun.chunk) {
            let part = customers[start..<min(start + PlannedRun.chunk, customers.count)]
            let names = try timezones(of: part)
            for customer in part { try tell(customer, names[customer]) }
        }
    }
}
