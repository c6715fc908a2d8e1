import Campaigns
import Foundation
import Model
import Recording

/// What one customer will get of what is ahead, and why not the rest.
package struct Outlook: Sendable {
    /// What becomes of one entry of a forecast.
    package struct Item: Sendable {
        package let entry: Forecast.Entry
        /// When it is the customer's turn, on their own clock.
        package let turn: LocalTime
        /// Why it is not sent; nil where it is.
        package let reason: String?
    }

    /// In the order of time.
    package let items: [Item]
    /// Scheduled campaigns that will not come to the customer at all, each with the reason.
    package let left: [(campaign: Campaign, reason: String)]
    /// Where the customer lives.
    package let zone: TimeZone

    /// Looks ahead for a customer.
    /// - Throws: `StoreError`.
    package init(
        of customer: Customer, in forecast: Forecast, _ definitions: Definitions, home: TimeZone,
        view: IndexView
    ) throws {
        let zone = Zones(home: home, names: [])[customer.timezone]
        let caps = MailCaps(definitions, zone: home)
        var mails =
            try caps.reach(at: forecast.now).map { since in
                try view.mails(to: customer.id, since: since).map(MailCaps.Sent.init)
            } ?? []
        var items: [Item] = []
        for entry in forecast.entries {
            guard let turn = try entry.turn(of: customer, in: zone, home: home, now: forecast.now, view)
            else { continue }
            guard let instant = turn.instant else {
                items.append(Item(entry: entry, turn: entry.first.local(in: zone), reason: turn.reason))
                continue
            }
            if let state = entry.state, state.isStanding {
                items.append(
                    Item(entry: entry, turn: instant.local(in: zone), reason: "its run is \(state.rawValue)"))
                continue
            }
            let refusal = caps.refusal(of: entry.campaign.id, at: instant, after: mails)
            if refusal == nil { mails.append(.init(campaign: entry.campaign.id, at: instant)) }
            let reason = instant > forecast.now ? refusal?.ahead : refusal?.description
            items.append(Item(entry: entry, turn: instant.local(in: zone), reason: reason))
        }
        self.zone = zone
        self.items = items.sorted { $0.turn < $1.turn }
        left = try Self.left(
            of: customer, in: forecast, Set(items.map(\.entry.campaign.id)), definitions, home, view)
    }

    /// The scheduled campaigns that are not among those that come, and why.
    private static func left(
        of customer: Customer, in forecast: Forecast, _ coming: Set<String>, _ definitions: Definitions,
        _ home: TimeZone, _ view: IndexView
    ) throws -> [(campaign: Campaign, reason: String)] {
        let suppression = try view.suppression(of: customer.id)
        return try definitions.campaigns.values.sorted { $0.id < $1.id }.compactMap { campaign in
            guard let schedule = campaign.schedule, !coming.contains(campaign.id) else { return nil }
            if customer.consent != .subscribed {
                return (campaign, "the customer is \(customer.consent.rawValue)")
            }
            let audience = Audience(of: campaign, in: definitions, zone: home)
            if try audience.includes(customer.id, in: view, at: forecast.now) {
                return (campaign, schedule.waiting)
            }
            if suppression != nil { return (campaign, "the address is suppressed") }
            return (campaign, "not in the audience: \(campaign.audience)")
        }
    }
}

extension Forecast.Entry {
    /// Whether a customer is among its members.
    private func includes(_ customer: CustomerID) -> Bool {
        members.includesInOrder(customer) && isFor(customer)
    }

    /// The turn of a customer who lives in a zone; nil when it is not for them.
    fileprivate func turn(
        of customer: Customer, in zone: TimeZone, home: TimeZone, now: Timestamp, _ view: IndexView
    ) throws -> Turn? {
        switch kind {
        case .run(let run):
            // Others were left out when the audience was decided; who was planned before may not be mailed any more.
            guard customer.consent == .subscribed, try view.suppression(of: customer.id) == nil else {
                return nil
            }
            return try view.due(customer.id, in: run, tried: part.tried).map { .due(max($0, now)) }
        case _ where !includes(customer.id): return nil
        case .happenings: return .due(turns[customer.id] ?? first)
        case .occurrence(let occurrence), .birthdays(let occurrence):
            guard let schedule = campaign.schedule else { return .due(first) }
            let due = DueOccurrence(campaign, schedule, occurrence, next: nil, home: home)
            if case .others(let decides) = part { return .due(due.due(after: decides, in: zone)) }
            return due.turn(in: zone, now: now)
        }
    }
}

extension Schedule {
    /// Why nothing of it is ahead.
    fileprivate var waiting: String {
        switch trigger {
        case .after(let happening, _): "waits for `\(happening)`"
        case .onBirthday: "no birthday in these days"
        case .every, .cron, .at: "nothing of its schedule lies in these days"
        }
    }
}
