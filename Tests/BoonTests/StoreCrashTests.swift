import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What `kill -9` at random moments leaves of an import and of a points run. What was acknowledged is what a
    /// command that ended with 0 has recorded: between the crashes such commands add records of their own.
    @Suite("Crashes of commands that write")
    struct StoreCrashTests {
        private static let orders = 8_000
        private static let customers = 1_200
        private static let kills = LongRun.isWanted ? 100 : 30

        private static func shop() throws -> Shop {
            let shop = try Shop()
            try shop.write(OrderTable.csv(orders: orders, customers: customers), to: "orders.csv")
            return shop
        }

        private static func importing(into shop: Shop) -> [String] {
            ["orders", "import", shop.file("orders.csv"), "--create-customers", "--consent", "subscribed"]
                + ["--source", "shop export", "--workspace", shop.path]
        }

        @Test("An import killed at random moments keeps what was acknowledged and ends as if undisturbed")
        func imports() async throws {
            let undisturbed = try Self.shop()
            let span = try await Crash.time {
                let ended = try await Boon.run(Self.importing(into: undisturbed))
                #expect(ended.code == 0, "\(ended.errors)")
            }
            let (customers, orders) = (
                try undisturbed.records(of: "customers"), try undisturbed.records(of: "orders")
            )
            var crash = Crash(seed: 1, span: span)
            var midway = 0
            while crash.kills < Self.kills {
                let shop = try Self.shop()
                var guests: [String] = []
                var known: [String: Int] = [:]
                var code: Int32?
                repeat {
                    code =
                        crash.kills < Self.kills
                        ? try await crash.run(Self.importing(into: shop))
                        : try await Boon.run(Self.importing(into: shop)).code
                    // The crash may have come before there was a store.
                    let counts = shop.hasStore ? try await shop.verify() : [:]
                    #expect(
                        known.allSatisfy { counts[$0.key, default: 0] >= $0.value },
                        "\(known), then \(counts)")
                    if code == nil, (1..<Self.orders) ~= counts["orders", default: 0] { midway += 1 }
                    let guest = "guest-\(guests.count)"
                    try shop.write(
                        "id,email,consent\n\(guest),\(guest)@shop.example,subscribed\n", to: "guest.csv")
                    try await shop.succeed("customers", "import", shop.file("guest.csv"))
                    guests.append(guest)
                    known = counts.merging(["customers": 1], uniquingKeysWith: +)
                } while code == nil
                #expect(code == 0)
                try Self.expectSame(shop, customers: customers, orders: orders, guests: Set(guests))
            }
            #expect(
                midway > 0,
                "of \(Self.kills) crashes only \(midway) came between the first and the last order")
        }

        /// What is in the shop is what an undisturbed import records, and the guests.
        private static func expectSame(
            _ shop: Shop, customers: [String], orders: [String], guests: Set<String>
        ) throws {
            let recorded = try shop.records(of: "customers")
            let isGuest = { (record: String) in
                record.hasPrefix("\"type\":\"customer.saved\",\"customer\":\"guest-")
            }
            #expect(recorded.filter { !isGuest($0) } == customers)
            #expect(try shop.records(of: "orders") == orders)
            let arrived = recorded.filter(isGuest).map { $0.split(separator: "\"")[6] }.map(String.init)
            #expect(arrived.count == guests.count && Set(arrived) == guests, "every guest was acknowledged")
        }

        @Test(
            "A points run killed at random moments keeps what was acknowledged and ends as if undisturbed"
        )
        func points() async throws {
            let imported = try Self.shop()
            #expect(try await Boon.run(Self.importing(into: imported)).code == 0)
            try imported.write(PlainProgramme.yaml, to: "campaigns/programme.yaml")
            try imported.write("id,email,consent\nguest,guest@shop.example,subscribed\n", to: "guest.csv")
            try await imported.succeed("customers", "import", imported.file("guest.csv"))
            let undisturbed = try Shop(copying: imported)
            let span = try await Crash.time { try await undisturbed.succeed("points", "earn") }
            let expected = try undisturbed.records(of: "points").sorted()
            #expect(expected.count == Self.orders)

            var crash = Crash(seed: 2, span: span)
            var midway = 0
            while crash.kills < Self.kills {
                let shop = try Shop(copying: imported)
                let earning = ["points", "earn", "--workspace", shop.path]
                var given = 0
                var known = 0
                var code: Int32?
                repeat {
                    code =
                        crash.kills < Self.kills
                        ? try await crash.run(earning) : try await Boon.run(earning).code
                    let count = try await shop.verify()["points", default: 0]
                    #expect(count >= known)
                    if code == nil, (1..<Self.orders) ~= count - given { midway += 1 }
                    try await shop.succeed("points", "adjust", "guest", "1", "--reason", "patience")
                    given += 1
                    known = count + 1
                } while code == nil
                #expect(code == 0)
                let records = try shop.records(of: "points")
                #expect(records.filter { !$0.contains("\"customer\":\"guest\"") }.sorted() == expected)
                let balance = try await shop.json("points", "balance", "guest") as? [String: Any]
                #expect(balance?["available"] as? Int == given)
            }
            #expect(
                midway > 0,
                "of \(Self.kills) crashes only \(midway) came between the first and the last entry")
        }
    }
}
