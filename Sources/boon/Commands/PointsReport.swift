import Foundation
import Loyalty
import Model

/// A customer's points at one instant, as support staff want them.
struct PointsReport: Encodable {
    let customer: String
    let asOf: Timestamp
    let available: Int64
    let pending: Int64
    let tier: String?
    let nextTier: String?
    let missingToNextTier: Int64?
    let nextReward: String?
    let missingToNextReward: Int64?
    let worth: String?
    let activations: [Change]
    let expiries: [Change]

    /// Points that change at an instant.
    struct Change: Encodable {
        let at: Timestamp
        let points: Int64
    }

    init(_ customer: Customer, _ ledger: Ledger, at instant: Timestamp, programme: Programme?) {
        let balance = ledger.balance(at: instant)
        let standing = programme.flatMap { ledger.standing(at: instant, under: $0) }
        let offers = programme?.offers(for: balance.available)
        (self.customer, asOf) = (customer.id.text, instant)
        (available, pending) = (balance.available, balance.pending)
        tier = standing?.tier?.name
        nextTier = standing?.next?.name
        missingToNextTier = standing?.next == nil ? nil : standing?.missing
        nextReward = offers?.next?.id
        missingToNextReward = offers?.next == nil ? nil : offers?.missing
        worth = programme?.payable(with: balance.available).flatMap {
            $0.worth.minor > 0 ? $0.worth.description : nil
        }
        activations = ledger.activations(after: instant).prefix(3).map {
            Change(at: $0.at, points: $0.points)
        }
        expiries = ledger.expiries(after: instant).prefix(3).map {
            Change(at: $0.at, points: $0.points)
        }
    }

    func lines(in zone: TimeZone) -> [String] {
        func row(_ name: String, _ value: String) -> String {
            name.column(13) + value
        }
        var lines = [
            row("customer", customer), row("as of", asOf.fullText(in: zone)),
            row("available", grouped(available) + (worth.map { ", worth \($0)" } ?? "")),
            row("pending", grouped(pending)),
        ]
        if let tier { lines.append(row("tier", tier)) }
        if let nextTier, let missingToNextTier {
            lines.append(row("next tier", "\(nextTier), \(grouped(missingToNextTier)) to go"))
        }
        if let nextReward, let missingToNextReward {
            lines.append(row("next reward", "\(nextReward), \(grouped(missingToNextReward)) to go"))
        }
        for change in activations {
            lines.append(row("activates", "\(grouped(change.points)) at \(change.at.text(in: zone))"))
        }
        for change in expiries {
            lines.append(row("expires", "\(grouped(change.points)) at \(change.at.text(in: zone))"))
        }
        return lines
    }
}
