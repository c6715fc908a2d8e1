import Foundation
import TestSupport
import Testing

@testable import Value

/// The orders that the package rfm for R is documented with, and what it makes of them.
private enum PublishedExample {
    static let orders = Checkout.shared("rfm-orders.csv")
    static let vectors = Checkout.shared("value-vectors.json")
    static let isThere = [orders, vectors].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }

    /// What is published.
    struct Vectors: Decodable {
        let rfm: RFM
        let ltv: LTV

        struct RFM: Decodable {
            let cuts: Cuts
            let champions: Champions

            enum CodingKeys: String, CodingKey {
                case cuts
                case champions = "old_map_champions"
            }
        }

        struct Cuts: Decodable {
            let R: [Double]
            let F: [Double]
            let M: [Double]
        }

        struct Champions: Decodable, Equatable {
            var customers: Int
            var orders: Int
            var revenue: Int
        }

        struct LTV: Decodable {
            /// Order value, orders a year, years, turnover.
            let simple: [Int64]
        }
    }

    static func published() throws -> Vectors {
        try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: vectors))
    }

    /// What every customer has bought by the end of 2006, in whole units of money.
    static func purchases() throws -> [Purchases] {
        let today = try day("2006-12-31")
        let rows = try String(contentsOf: orders, encoding: .utf8).split(separator: "\n").dropFirst()
        let customers = Dictionary(grouping: rows.map { $0.split(separator: ",") }, by: { $0[0] })
        return try customers.values.map { orders in
            let days = try orders.map { today - (try day($0[1])) }
            return Purchases(
                orders: Int64(orders.count), daysSinceFirst: try #require(days.max()),
                daysSinceLast: try #require(days.min()),
                total: try orders.reduce(0) { try $0 + #require(Int64($1[2])) })
        }
    }

    private static func day(_ text: some StringProtocol) throws -> Int64 {
        let date = try Date(String(text), strategy: .iso8601.year().month().day())
        return Int64(date.timeIntervalSince1970) / 86_400
    }

    static func scales(_ customers: [Purchases]) -> RFMScales {
        var census = RFMCensus()
        for purchases in customers { census.count(purchases) }
        return census.scales(moneyUnit: 1)
    }
}

@Suite(
    "The published example of RFM",
    .enabled(if: PublishedExample.isThere, "../shared/data is not on this machine"))
struct PublishedExampleTests {
    @Test("The cut points are the published ones")
    func cuts() throws {
        let cuts = try PublishedExample.published().rfm.cuts
        let scales = PublishedExample.scales(try PublishedExample.purchases())
        #expect(scales.recency.cuts == cuts.R)
        #expect(scales.frequency.cuts == cuts.F)
        #expect(scales.monetary.cuts == cuts.M)
    }

    /// The package's own map, whose ranges overlap, has champions where all three scores are 4 or 5. Here 444 is loyal,
    /// as in the tables that divide all scores; so the scores are compared, and by them the groups.
    @Test("As many customers as published score 4 or 5 in everything, with as many orders and as much money")
    func champions() throws {
        let customers = try PublishedExample.purchases()
        let scales = PublishedExample.scales(customers)
        let best = customers.filter { purchases in
            let score = scales.score(of: purchases)
            return min(score.recency, score.frequency, score.monetary) >= 4
        }
        let sums = PublishedExample.Vectors.Champions(
            customers: best.count, orders: best.reduce(0) { $0 + Int($1.orders) },
            revenue: best.reduce(0) { $0 + Int($1.total) })
        #expect(try sums == PublishedExample.published().rfm.champions)
        #expect(best.allSatisfy { [.champions, .loyal].contains(scales.score(of: $0).group) })
    }

    @Test("Of all 995 customers each is in a group")
    func groups() throws {
        let customers = try PublishedExample.purchases()
        let scales = PublishedExample.scales(customers)
        let groups = Dictionary(grouping: customers) { scales.score(of: $0).group }
        #expect(groups.mapValues(\.count).values.reduce(0, +) == 995 && groups.count == 11)
    }

    @Test("The published turnover of a customer's time is reproduced")
    func lifetime() throws {
        let simple = try PublishedExample.published().ltv.simple
        try #require(simple.count == 4)
        let month = Purchases(
            orders: 1, daysSinceFirst: 0, daysSinceLast: 0, total: simple[0] * simple[1] / 12)
        let value = LifetimeValue(margin: 100, months: Int(simple[2]) * 12)
        #expect(value.amount(of: month) == simple[3])
    }
}
