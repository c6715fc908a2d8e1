import Campaigns
import Foundation
import Model

/// What a shop has told so far, in plain lists.
struct PlainShop {
    private let definitions: Definitions
    private let home: TimeZone
    private(set) var customers: [CustomerID: Customer] = [:]
    private(set) var orders: [CustomerID: [Order]] = [:]
    private(set) var suppressed: Set<CustomerID> = []

    init(_ definitions: Definitions, home: TimeZone) {
        (self.definitions, self.home) = (definitions, home)
    }

    mutating func take(_ event: Event) {
        switch event {
        case .customerSaved(let customer): customers[customer.id] = customer
        case .orderSaved(let order):
            orders[order.customer, default: []].removeAll { $0.id == order.id }
            orders[order.customer, default: []].append(order)
        case .addressSuppressed(let suppression): suppressed.insert(suppression.customer)
        default: break
        }
    }

    /// Whether a customer may be mailed and a campaign's audience holds them, decided in memory.
    func isMember(_ customer: CustomerID, of campaign: Campaign, at minute: Int64) throws -> Bool {
        guard let known = customers[customer], known.consent == .subscribed, !suppressed.contains(customer)
        else { return false }
        return try campaign.audience.holds(
            for: Facts(
                about: known, orders: orders[customer] ?? [], ledger: nil, responses: Responses(),
                rfm: nil, in: definitions, at: Timestamp(minute: minute), zone: home))
    }

    func members(of campaign: Campaign, at minute: Int64) throws -> [CustomerID] {
        try customers.keys.sorted().filter { try isMember($0, of: campaign, at: minute) }
    }
}
