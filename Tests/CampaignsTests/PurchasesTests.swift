import Foundation
import Model
import Testing
import Value

@testable import Campaigns

@Suite("What a customer has bought")
struct PurchasesTests {
    private let zone: TimeZone
    private let now: Timestamp

    init() throws {
        zone = try #require(TimeZone(identifier: "Europe/Tallinn"))
        now = try #require(Timestamp(rfc3339: "2026-11-21T00:30:00+02:00"))
    }

    private func order(_ text: String, _ total: Int64 = 1000, _ currency: Currency = .euro) throws -> Order {
        Order(
            id: OrderID(text), customer: "c-1", at: try #require(Timestamp(rfc3339: text)),
            currency: currency,
            lines: [OrderLine(total: total)])
    }

    @Test(
        "Days are those of the shop's calendar, also over daylight saving",
        arguments: [
            ("2026-11-21T00:30:00+02:00", 0), ("2026-11-21T00:00:00+02:00", 0),
            ("2026-11-20T23:59:59+02:00", 1), ("2026-10-21T12:00:00+03:00", 31),
            ("2026-10-22T00:00:00+03:00", 30), ("2025-11-21T23:59:59+02:00", 365),
        ] as [(String, Int64)])
    func days(at: String, days: Int64) throws {
        let purchases = try Purchases(of: [order(at)], in: .euro, at: now, zone: zone)
        #expect(
            purchases == Purchases(orders: 1, daysSinceFirst: days, daysSinceLast: days, total: 1000))
    }

    @Test("Returned money is taken away, other currencies are left out, and what lies ahead is not there")
    func sums() throws {
        let dollar = try #require(Currency("USD"))
        let orders = [
            try order("2026-11-20T12:00:00+02:00", -300), try order("2026-11-19T12:00:00+02:00", 1000),
            try order("2026-11-01T12:00:00+02:00", 9900, dollar),
            try order("2026-11-21T00:30:00.001+02:00", 5000),
        ]
        #expect(
            Purchases(of: orders, in: .euro, at: now, zone: zone)
                == Purchases(orders: 3, daysSinceFirst: 20, daysSinceLast: 1, total: 700))
        #expect(Purchases(of: [], in: .euro, at: now, zone: zone) == nil)
        #expect(Purchases(of: [orders[3]], in: .euro, at: now, zone: zone) == nil)
    }

    @Test("A sum that leaves the range of money is held at its end")
    func range() throws {
        let orders = try [1, 2].map { try order("2026-11-0\($0)T12:00:00Z", .max) }
        #expect(Purchases(of: orders, in: .euro, at: now, zone: zone)?.total == .max)
    }
}
