import Campaigns
import Foundation
import Model
import Recording

/// Who a campaign is for at an instant: those who are subscribed and of whom its condition holds.
package struct Audience: Sendable {
    private let condition: Condition
    private let definitions: Definitions
    private let zone: TimeZone
    private let needsHistory: Bool

    /// How many customers are looked at together; what is in memory does not grow with the shop.
    private static let page = 1000

    /// The audience of a campaign.
    /// - Throws: `PlanningError` when the condition asks what cannot be answered yet.
    package init(of campaign: Campaign, in definitions: Definitions, zone: TimeZone) throws(PlanningError) {
        condition = campaign.audience
        self.definitions = definitions
        self.zone = zone
        if let question = condition.unanswerable(segments: definitions.segments).first {
            throw .unanswerable(campaign: campaign.id, question.description)
        }
        needsHistory = condition.needsHistory(segments: definitions.segments)
    }

    /// The customers of the audience, in the order of their identifiers.
    package func members(in view: IndexView, at now: Timestamp) throws -> [CustomerID] {
        var members: [CustomerID] = []
        var last: CustomerID?
        while true {
            let customers = try view.subscribedCustomers(after: last, limit: Self.page)
            guard let final = customers.last else { return members }
            for customer in customers {
                let profile = try view.profile(of: customer, withHistory: needsHistory)
                if try condition.holds(for: profile.facts(definitions, at: now, zone: zone)) {
                    members.append(customer.id)
                }
            }
            last = final.id
        }
    }
}

extension Condition {
    /// Whether deciding the condition takes more than the customer's own fields.
    func needsHistory(segments: [String: Segment]) -> Bool {
        switch self {
        case .all(let members), .any(let members): members.contains { $0.needsHistory(segments: segments) }
        case .not(let condition): condition.needsHistory(segments: segments)
        case .subscribed: false
        case .segment(let name, _): segments[name]?.condition.needsHistory(segments: segments) ?? false
        case .mail: true
        case .compares(let operand, _, _), .isOneOf(let operand, _), .contains(let operand, _),
            .isEmpty(let operand), .within(let operand, _), .isOlder(let operand, _),
            .withinNext(let operand, _):
            operand.field.needsHistory
        }
    }
}

extension Operand.Field {
    fileprivate var needsHistory: Bool {
        switch self {
        case .customer, .attribute: false
        default: true
        }
    }
}
