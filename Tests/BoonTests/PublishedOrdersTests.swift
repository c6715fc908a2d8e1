import Foundation
import TestSupport
import Testing
import Value

/// The published example: eight years of one shop's orders, which lie beside the project.
private enum PublishedOrders {
    static let path = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data/rfm-orders.csv").path
    static let isThere = FileManager.default.fileExists(atPath: path)

    /// What one customer has, added up by the test and not by Boon.
    struct Customer: Sendable {
        var email = ""
        var revenue = 0
    }

    static func customers() throws -> [String: Customer] {
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        return try rows.reduce(into: [:]) { customers, row in
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            customers[cells[0], default: Customer()].revenue += try #require(Int(cells[2]))
            customers[cells[0]]?.email = cells[5]
        }
    }

    /// The score of each customer, three digits, told by Python: its inclusive quantiles are R's of type 7. How long ago
    /// the last order was moves all of them alike, so any day will do.
    static func scores() async throws -> [String: Int] {
        let script = """
            import csv, datetime, json, statistics, sys
            customers = {}
            for row in csv.DictReader(open(sys.argv[1])):
                customers.setdefault(row["customer_id"], []).append(
                    (datetime.date.fromisoformat(row["order_date"]), int(row["revenue"])))
            today = datetime.date(2006, 12, 31)
            days = {c: (today - max(o)[0]).days for c, o in customers.items()}
            counts = {c: len(o) for c, o in customers.items()}
            totals = {c: sum(revenue for _, revenue in o) for c, o in customers.items()}
            def ranks(values):
                cuts = [q + 1 for q in statistics.quantiles(values.values(), n=5, method="inclusive")]
                return {c: 1 + sum(cut <= v for cut in cuts) for c, v in values.items()}
            r, f, m = ranks(days), ranks(counts), ranks(totals)
            print(json.dumps({c: 100 * (6 - r[c]) + 10 * f[c] + m[c] for c in customers}))
            """
        let output = try await Python.run(script, arguments: [path])
        return try JSONDecoder().decode([String: Int].self, from: Data(output.utf8))
    }

    /// The command that the documentation gives for the file, word for word.
    static func load(into shop: Shop) async throws -> Boon.Ended {
        try await shop.succeed(
            "orders", "import", path, "--map", "customer_id=customer", "--map", "order_date=at",
            "--map", "revenue=total", "--currency", "EUR", "--create-customers", "--consent", "subscribed",
            "--source", "shop export")
    }

    /// A shop that knows them and has a letter for all of them.
    static func shop(relay: Int = 1) async throws -> Shop {
        let shop = try Shop(relay: relay)
        try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
        try shop.write(PlainProgramme.yaml, to: "campaigns/programme.yaml")
        _ = try await load(into: shop)
        return shop
    }
}

extension EndToEnd {
    @Suite(
        "The published orders",
        .enabled(if: PublishedOrders.isThere, "../shared/data/rfm-orders.csv is not on this machine"))
    struct PublishedOrdersTests {
        @Test(
            "They import as the documentation says, with nothing refused, and importing them again changes nothing"
        )
        func imports() async throws {
            let shop = try Shop()
            let first = try await PublishedOrders.load(into: shop)
            #expect(first.output.contains("4,906 orders added, 0 updated, 0 unchanged, 0 rows refused"))
            #expect(first.output.contains("995 customers created"))
            let (customers, orders) = (
                try shop.contents("store/customers.jsonl"), try shop.contents("store/orders.jsonl")
            )
            let second = try await PublishedOrders.load(into: shop)
            #expect(second.output.contains("0 orders added, 0 updated, 4,906 unchanged, 0 rows refused"))
            #expect(try shop.contents("store/customers.jsonl") == customers)
            #expect(try shop.contents("store/orders.jsonl") == orders)
            #expect(
                try await shop.verify() == [
                    "customers": 995, "orders": 4906, "points": 0, "responses": 0, "mail": 0,
                    "definitions": 0,
                ])
        }

        @Test("Its customers are in the groups that Python puts them into, each in one")
        func groups() async throws {
            let shop = try Shop()
            let groups = RFMGroup.allCases
            let segments = groups.map { "  is-\($0.rawValue): rfm == \($0.rawValue)\n" }.joined()
            try shop.write("segments:\n\(segments)", to: "campaigns/groups.yaml")
            _ = try await PublishedOrders.load(into: shop)
            let scores = try await PublishedOrders.scores()
            let rows = try #require(await shop.json("segments", "list") as? [[String: Any]])
            let counts = rows.reduce(into: [:]) { counts, row in
                counts[row["segment"] as? String ?? ""] = row["customers"] as? Int
            }
            for group in groups {
                let expected = scores.values.count { group.scores.contains($0) }
                #expect(counts["is-\(group.rawValue)"] == expected, "\(group)")
            }
            #expect(scores.count == 995 && counts.values.reduce(0, +) == 995)
            for score in [555, 444, 111] {
                let customer = try #require(scores.first { $0.value == score }?.key)
                let explained = try await shop.succeed("segments", "explain", "is-champions", customer).output
                let digits = String(score).map(String.init)
                #expect(
                    explained.contains("(R \(digits[0]), F \(digits[1]), M \(digits[2]))"), "\(explained)")
            }
        }

        @Test("A letter to one group is planned, tried and previewed with what is meant for that group")
        func letter() async throws {
            let shop = try Shop()
            try shop.write(
                """
                campaign: letter
                audience: rfm in [champions] and ltv >= 1 EUR
                subject: News
                schedule: { every: day 09:00 }
                modules:
                  - service: { title: For champions, url: https://x.example, when: rfm == champions }
                  - service: { title: For the lost, url: https://x.example, when: rfm == lost }
                """, to: "campaigns/letter.yaml")
            _ = try await PublishedOrders.load(into: shop)
            let champions = try await PublishedOrders.scores().filter {
                RFMGroup.champions.scores.contains($0.value)
            }
            let plan = try await shop.succeed("plan", "--days", "2").output
            #expect(plan.contains("letter  \(champions.count) recipients"), "\(plan)")
            let tried = try await shop.succeed("send", "letter", "--dry-run").output
            #expect(tried.contains("\(champions.count) messages composed"), "\(tried)")
            let champion = try #require(champions.keys.min())
            let preview = try await shop.succeed("preview", "letter", "--customer", champion).output
            #expect(preview.contains("For champions") && !preview.contains("For the lost"))
        }

        @Test("Every customer's balance is what the orders add up to")
        func balances() async throws {
            let shop = try await PublishedOrders.shop()
            let customers = try PublishedOrders.customers()
            #expect(customers.count == 995)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, customer) in customers.enumerated() {
                    if index >= 4 { try await group.next() }
                    group.addTask {
                        let balance = try await shop.json("points", "balance", customer.key) as? [String: Any]
                        #expect(balance?["available"] as? Int == customer.value.revenue, "\(customer.key)")
                        #expect(balance?["pending"] as? Int == 0)
                    }
                }
                try await group.waitForAll()
            }
        }

        @Test(
            "A letter to all of them arrives once each at Postfix's smtp-sink",
            .enabled(if: Sink.isInstalled, "smtp-sink is not installed"))
        func sink() async throws {
            let sink = try await Sink()
            defer { sink.stop() }
            let shop = try await PublishedOrders.shop(relay: Int(sink.port))
            try await shop.succeed("send", "letter")
            #expect(try sink.recipients() == PublishedOrders.customers().values.map(\.email).sorted())
        }

        @Test(
            "A letter to all of them arrives once each in the mailbox of a real Postfix",
            .enabled(
                if: Postfix.isMissing == nil, "Postfix, OpenSSL and root are needed for a private instance"))
        func postfix() async throws {
            let postfix = try await Postfix()
            defer { postfix.stop() }
            let shop = try await PublishedOrders.shop(relay: Int(postfix.port))
            try await shop.succeed("send", "letter")
            let expected = try PublishedOrders.customers().values.map(\.email).sorted()
            try await waitUntil(within: .seconds(60)) { try postfix.delivered() >= expected.count }
            #expect(try postfix.recipients() == expected)
        }
    }
}
