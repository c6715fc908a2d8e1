import Foundation
import Model
import Testing

@testable import Loyalty

enum Fixture {
    static let customer: CustomerID = "c-1"

    static func zone(_ name: String = "Europe/Tallinn") throws -> TimeZone {
        try #require(TimeZone(identifier: name))
    }

    static func money(_ text: String) throws -> Money {
        try #require(Money(text))
    }

    static func period(_ text: String) throws -> Period {
        try #require(Period(text))
    }

    static func instant(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text.utf8.count == 10 ? text + "T09:00:00Z" : text))
    }

    /// One point per euro; the rest as said.
    static func programme(
        pending: String? = nil, expire: ExpiryPolicy = .never, times: [Multiplier] = [],
        per: String = "1 EUR", points: Int64 = 1
    ) throws -> Programme {
        var programme = Programme(
            id: "beans", version: "5be1c0de", zone: try zone(), unit: PointsUnit(one: [:], many: [:]))
        programme.pending = try pending.map(period)
        programme.expire = expire
        programme.earn = [
            .purchase(try #require(PurchaseRule(per: money(per), points: points, times: times)))
        ]
        return programme
    }

    static func order(
        _ id: OrderID, at: Timestamp, _ lines: [(Int64, String?)], currency: String = "EUR"
    ) throws -> Order {
        Order(
            id: id, customer: customer, at: at, currency: try #require(Currency(currency)),
            lines: lines.map { OrderLine(total: $0, category: $1) })
    }

    static func occasion(_ key: String, at: Timestamp, reason: String? = nil) -> Occasion {
        Occasion(key: key, at: at, source: "person", actor: "Mari", reason: reason)
    }
}

extension Ledger {
    init() throws {
        try self.init(customer: Fixture.customer)
    }

    /// Earns a whole number of euros' points and keeps the entry.
    @discardableResult
    mutating func earn(
        _ euros: Int64, _ id: OrderID, at: Timestamp, under programme: Programme
    ) throws -> PointsEntry {
        let order = try Fixture.order(id, at: at, [(euros * 100, nil)])
        guard case .points(let decision) = try programme.earn(for: order, in: self) else {
            throw FixtureError.earnedNothing
        }
        try append(decision.entry)
        return decision.entry
    }

    @discardableResult
    mutating func spend(
        _ points: Int64, _ key: String, at: Timestamp, under programme: Programme
    ) throws -> PointsEntry {
        let entry = try spend(points, on: Fixture.occasion(key, at: at), under: programme).entry
        try append(entry)
        return entry
    }
}

enum FixtureError: Error {
    case earnedNothing
}
