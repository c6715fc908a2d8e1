import Campaigns
import Foundation
import Model
import Recording

/// Makes a run of an occurrence: who gets it, and from when on.
struct OccurrencePlanning: Sendable {
    private let due: DueOccurrence
    private let audience: Audience
    private let home: TimeZone
    /// Names the files that the run is sent with.
    private let files: String?

    /// How many recipients stand in one record, and are looked up together.
    static let chunk = 1000

    init(_ due: DueOccurrence, _ definitions: Definitions, home: TimeZone, files: String?) {
        (self.due, self.home, self.files) = (due, home, files)
        audience = Audience(of: due.campaign, in: definitions, zone: home)
    }

    /// The records of the run, or the one that says why nobody gets it.
    func events(in view: IndexView, at now: Timestamp) throws -> [Event] {
        let turn = due.isSameForAll ? due.turn(in: home, now: now) : nil
        if let reason = turn?.reason { return skipped(because: reason) }
        let members = try members(in: view, at: now)
        if members.isEmpty { return skipped(because: "nobody is in the audience") }
        var found = SplitTurns(due.campaign.test, of: due.run)
        if let turn {
            for customer in members { found.add(customer, from: nil, turn) }
            found.close(home: home) { decision, _ in due.due(after: decision, in: home) }
        } else {
            try look(at: members, in: view, at: now, &found)
        }
        return events(found)
    }

    private func members(in view: IndexView, at now: Timestamp) throws -> [CustomerID] {
        guard let birthdays = due.birthdays else { return try audience.members(in: view, at: now) }
        let celebrating = try view.customers(bornOn: birthdays)
        let areMembers = try audience.includes(celebrating, in: view, at: now)
        return zip(celebrating, areMembers).filter { $0.1 }.map(\.0)
    }

    /// Finds the members' turns, which depend on where they live.
    private func look(
        at members: [CustomerID], in view: IndexView, at now: Timestamp, _ found: inout SplitTurns
    ) throws {
        let zones = Zones(home: home, names: try view.timezones())
        var turns: [String?: Turn] = [:]
        try view.eachTimezone(of: members) { customer, name in
            let turn = turns[name] ?? due.turn(in: zones[name], now: now)
            turns[name] = turn
            found.add(customer, from: name, turn)
        }
        found.close(home: home) { decision, name in due.due(after: decision, in: zones[name]) }
    }

    private func events(_ found: SplitTurns) -> [Event] {
        let turns = found.turns
        guard turns.keys.contains(where: { $0.reason == nil }) else {
            return skipped(because: turns.keys.compactMap(\.reason).min() ?? "")
        }
        let count = turns.values.reduce(0) { $0 + $1.count }
        var run = run(of: count)
        (run.definitions, run.decides) = (files, found.decides)
        var events: [Event] = [.runPlanned(run)]
        for (turn, customers) in turns.sorted(by: { $0.key < $1.key }) {
            events += customers.chunks.map { .runRecipients(due.run, $0, due: turn.instant) }
            guard let reason = turn.reason else { continue }
            events += customers.map {
                .mailOutcome(
                    MailOutcome(run: due.run, customer: $0, result: .skipped, attempt: 0, reply: reason))
            }
        }
        return events
    }

    private func skipped(because reason: String) -> [Event] {
        [.runSkipped(run(of: 0), reason: reason)]
    }

    private func run(of recipients: Int) -> Run {
        Run(id: due.run, campaign: due.campaign.id, occurrence: due.instant, recipients: recipients)
    }
}

extension [CustomerID] {
    /// These, so many together as stand in one record.
    var chunks: [[CustomerID]] {
        stride(from: 0, to: count, by: OccurrencePlanning.chunk).map {
            Array(self[$0..<Swift.min($0 + OccurrencePlanning.chunk, count)])
        }
    }
}

extension IndexView {
    /// Tells for each of some customers the zone that they name, in their order.
    func eachTimezone(
        of customers: [CustomerID], _ tell: (_ customer: CustomerID, _ timezone: String?) throws -> Void
    ) throws {
        for part in customers.chunks {
            let names = try timezones(of: part)
            for customer in part { try tell(customer, names[customer]) }
        }
    }
}

extension Turn: Comparable {
    /// By instant; those who get nothing last.
    package static func < (left: Turn, right: Turn) -> Bool {
        (left.instant?.milliseconds ?? .max, left.reason ?? "")
            < (right.instant?.milliseconds ?? .max, right.reason ?? "")
    }

    /// From when on the recipient is mailed; nil for never.
    package var instant: Timestamp? {
        if case .due(let instant) = self { instant } else { nil }
    }

    /// Why the recipient gets nothing; nil for one who is mailed.
    package var reason: String? {
        switch self {
        case .due: nil
        case .late: "its time had passed by more than `late` allows"
        case .overtaken: "the campaign's next occurrence is due no later"
        }
    }
}
