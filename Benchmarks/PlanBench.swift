import Campaigns
import Foundation
import Model
import Planning
import Recording

/// Planning a run for a million customers by a condition over their orders and points, beside the `sqlite3` shell with
/// the same query.
enum PlanBench {
    private static let now = Timestamp(seconds: 1_795_251_600)
    private static let audience = "orders.count within 180 days >= 2 and points.available >= 100"
    /// Answered after everyone is measured against everyone.
    private static let group = "rfm in [at_risk, cant_lose] and ltv >= 100 EUR"

    static func run(_ folder: BenchFolder) throws {
        print("planning, \(BenchFolder.customerCount) customers, 2 orders and 2 points entries each")
        let stores = "\(folder.path)/planned"
        try fill(stores)
        let definitions = try definitions()
        let store = try Store(folder: stores) { now }
        let query = try CustomerQuery(
            condition(of: definitions), in: definitions, rfm: nil, at: now, zone: .gmt)
        let sql = try store.read { try $0.sql(query) }
        // The first to read finds the file's pages cold: neither of the two that are compared is it.
        let members = try store.read { try $0.count(query) }
        let shell = ["sqlite3", "\(stores)/index.sqlite", "SELECT count(*) FROM (\(sql))"]
        let peer = try (0..<3).map { _ in try ChildProcess.run(shell).processorSeconds }.sorted()[1]
        let asking = try medianSeconds(of: 3) { _ = try store.read { try $0.mailable(query) } }
        let planning = try ChildProcess.run([CommandLine.arguments[0], "planned", stores, "plan"])
        let measuring = try ChildProcess.run([CommandLine.arguments[0], "planned", stores, "group"])
        figure("recipients", Double(members.mailable), "")
        figure("sqlite3, the same query", peer, "s of a core")
        figure("Boon, the query", asking, "s of a core")
        figure("Boon, the whole run, as a process", planning.seconds, "s (goal: under 5)")
        figure("Boon, the same", planning.processorSeconds, "s of a core")
        figure("Boon, largest memory", Double(planning.peakMemory) / 1_000_000, "MB (goal: under 150)")
        figure("Boon, a run by RFM group and lifetime value", measuring.seconds, "s (goal: under 10)")
        figure("Boon, the same", measuring.processorSeconds, "s of a core")
        figure("Boon, largest memory", Double(measuring.peakMemory) / 1_000_000, "MB (goal: under 150)")
        ratio("audience-to-sqlite3", asking / peer)
        ratio("plan-to-sqlite3", planning.processorSeconds / peer)
    }

    /// What the process of its own does: plans the run in stores that are there.
    static func plan(_ campaign: String, in stores: String) throws {
        let definitions = try definitions()
        guard let campaign = definitions.campaigns[campaign] else { throw BenchError("there is no campaign") }
        let store = try Store(folder: stores) { now }
        _ = try RunPlanner(store: store, definitions: definitions, zone: .gmt)
            .run(of: campaign, again: false, now: now)
    }

    private static func condition(of definitions: Definitions) throws -> Condition {
        guard let campaign = definitions.campaigns["plan"] else { throw BenchError("there is no campaign") }
        return campaign.audience
    }

    private static func definitions() throws -> Definitions {
        let files = [
            "boon.yaml": """
            brand: { name: Bench, address: "Pikk 1, 10123 Tallinn" }
            from: Bench <bench@example.com>
            timezone: UTC
            relays: [ { relay: main, url: "smtp://127.0.0.1:2525", tls: none } ]
            """,
            "campaigns/plan.yaml": """
            campaign: plan
            audience: \(audience)
            subject: Bench
            modules: [ { thanks: {} } ]
            """,
            "campaigns/group.yaml": """
            campaign: group
            audience: \(group)
            subject: Bench
            modules: [ { thanks: {} } ]
            """,
            "campaigns/beans.yaml": """
            programme: beans
            unit: { one: bean, many: beans }
            earn: [ { rule: purchase, per: 1 EUR, points: 1 } ]
            """,
        ]
        let definitions = Definitions.read(files: files.mapValues { Array($0.utf8) }, environment: [:])
        guard !definitions.hasErrors else { throw BenchError("\(definitions.diagnostics)") }
        return definitions
    }

    // MARK: - Stores

    private static let ordersPerCustomer = 2

    private static func fill(_ stores: String) throws {
        let store = try Store(folder: stores, expectsBulk: true) { now }
        try record(in: store) { number in
            Customer(id: id(number), email: "customer\(number)@example.com", consent: .subscribed)
        } as: {
            .customerSaved($0)
        }
        for round in 0..<ordersPerCustomer {
            try record(in: store) {
                order($0, round: round)
            } as: {
                .orderSaved($0)
            }
            try record(in: store) {
                entry(for: order($0, round: round))
            } as: {
                .points($0)
            }
        }
    }

    private static func record<Value>(
        in store: Store, _ value: (Int) -> Value, as event: (Value) -> Event
    ) throws {
        for start in stride(from: 0, to: BenchFolder.customerCount, by: 5000) {
            try store.record((start..<start + 5000).map { event(value($0)) })
        }
    }

    /// A multiplicative order, so that identifiers do not come sorted.
    private static func id(_ number: Int) -> CustomerID {
        CustomerID("c-\(number * 7_919 % BenchFolder.customerCount)")
    }

    private static func order(_ number: Int, round: Int) -> Order {
        let mixed = (number &* 31 &+ round &* 17) &* 2_654_435_761 >> 8 & 0xFFFF
        return Order(
            id: OrderID("\(round)-\(number)"), customer: id(number * 104_729 % BenchFolder.customerCount),
            at: now.advanced(milliseconds: -86_400_000 * Int64(mixed % 365)), currency: .euro,
            lines: [OrderLine(total: Int64(500 + mixed % 9_500), category: "coffee", quantity: 1)])
    }

    private static func entry(for order: Order) -> PointsEntry {
        PointsEntry(
            kind: .earned, customer: order.customer, key: "purchase:\(order.id)",
            points: (order.total?.minor ?? 0) / 100, occurred: order.at, activates: order.at,
            expires: order.at.advanced(milliseconds: 86_400_000 * 365), source: "order:\(order.id)",
            rule: "purchase@5be1c0de", actor: "boon")
    }
}
