import Foundation
import Model
import Planning

/// What one customer will get, as people and programs read it.
struct OutlookReport {
    private let outlook: Outlook
    private let customer: Customer
    private let days: Int

    init(_ outlook: Outlook, of customer: Customer, days: Int) {
        (self.outlook, self.customer, self.days) = (outlook, customer, days)
    }

    private struct Row: Encodable {
        let campaign: String
        /// On the customer's own clock; nil for what is not ahead at all.
        let at: String?
        /// Why it is not sent; nil where it is.
        let reason: String?
    }

    func print(json: Bool) throws {
        let rows =
            outlook.items.map { Row(campaign: $0.entry.campaign.id, at: "\($0.turn)", reason: $0.reason) }
            + outlook.left.map { Row(campaign: $0.campaign.id, at: nil, reason: $0.reason) }
        if json { return try Console.print(json: rows) }
        Console.heading("\(customer.id), times in \(outlook.zone.identifier)")
        let width = (rows.map(\.campaign.count).max() ?? 0) + 2
        let sent = outlook.items.filter { $0.reason == nil }
        if sent.isEmpty { Console.print("  nothing in the next \(counted(days, "day"))") }
        for item in sent {
            Console.print("  \(item.turn.date) \(item.turn.clock)  \(item.entry.campaign.id)")
        }
        let left =
            outlook.items.compactMap { item in
                item.reason.map { ("\(item.turn.date) \(item.turn.clock)  ", item.entry.campaign.id, $0) }
            } + outlook.left.map { ("", $0.campaign.id, $0.reason) }
        if left.isEmpty { return }
        Console.print()
        Console.heading("Not sent")
        for (time, campaign, reason) in left {
            Console.print("  \(campaign.column(width))\(time)\(reason)")
        }
    }
}
