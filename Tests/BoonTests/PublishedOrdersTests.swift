import Foundation
import TestSupport
import Testing

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
