import Campaigns
import Foundation
import Model

/// A million decisions of a module's `when:`, beside the same question as Swift code.
enum WhenBench {
    private static let now = Timestamp(seconds: 1_795_251_600)
    private static let count = 1_000_000
    private static let text =
        "country == EE and (orders.count within 90 days >= 2 or points.available >= 500) and not tags contains vip"

    static func run(_ folder: BenchFolder) throws {
        print("when, \(count) decisions over a thousand customers with 2 orders each")
        let condition = try condition()
        let facts = (0..<1000).map(Self.facts)
        var (held, expected) = (0, 0)
        let boon = try medianSeconds(of: 3) {
            held = 0
            for index in 0..<count where try condition.holds(for: facts[index % 1000]) { held += 1 }
        }
        let plain = medianSeconds(of: 3) {
            expected = 0
            for index in 0..<count where isMeant(facts[index % 1000]) { expected += 1 }
        }
        guard held == expected else { throw BenchError("\(held) decisions hold, not \(expected)") }
        figure("Boon", Double(count) / boon, "decisions/s")
        figure("the same in Swift", Double(count) / plain, "decisions/s")
        ratio("when-to-swift", boon / plain)
    }

    private static func condition() throws -> Condition {
        let files = ["campaigns/when.yaml": "segments:\n  asked: \(text)\n"]
        let definitions = Definitions.read(files: files.mapValues { Array($0.utf8) }, environment: [:])
        guard let segment = definitions.segments["asked"] else {
            throw BenchError("\(definitions.diagnostics)")
        }
        return segment.condition
    }

    private static func facts(_ number: Int) -> Facts {
        let id = CustomerID("c-\(number)")
        var customer = Customer(id: id, email: "customer\(number)@example.com", consent: .subscribed)
        customer.country = number % 3 == 0 ? "FI" : "EE"
        customer.tags = number % 5 == 0 ? ["vip", "barista"] : ["barista"]
        var facts = Facts(customer: customer, now: now, zone: TimeZone(identifier: "Europe/Tallinn") ?? .gmt)
        facts.points = Facts.Points(available: Int64(number))
        facts.orders = [number % 100, number % 140].map { days in
            Order(
                id: OrderID("\(number)-\(days)"), customer: id,
                at: now.advanced(milliseconds: -86_400_000 * Int64(days)), currency: .euro,
                lines: [OrderLine(total: 1200)])
        }
        return facts
    }

    private static func isMeant(_ facts: Facts) -> Bool {
        guard facts.customer.country == "EE", !facts.customer.tags.contains("vip") else { return false }
        if facts.points.available >= 500 { return true }
        let start = Period(90, .days).map { facts.now.subtracting($0, in: facts.zone) } ?? facts.now
        return facts.orders.count { start <= $0.at && $0.at <= facts.now } >= 2
    }
}
