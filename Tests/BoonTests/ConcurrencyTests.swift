import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Processes at the same time")
    struct ConcurrencyTests {
        @Test("Two imports and two people who adjust points all succeed, and nothing is lost")
        func everything() async throws {
            let shop = try Shop()
            try shop.write(PlainProgramme.yaml, to: "campaigns/programme.yaml")
            try shop.write("id,email,consent\nguest,guest@shop.example,subscribed\n", to: "guest.csv")
            try await shop.succeed("customers", "import", shop.file("guest.csv"))
            try shop.write(OrderTable.csv(orders: 12_000, customers: 700), to: "orders.csv")
            let rows = (1...12_000).map { "r-\($0),r\($0)@shop.example,subscribed\n" }
            try shop.write("id,email,consent\n" + rows.joined(), to: "customers.csv")

            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await shop.succeed(
                        "orders", "import", shop.file("orders.csv"), "--create-customers", "--consent",
                        "subscribed",
                        "--source", "till")
                }
                group.addTask { try await shop.succeed("customers", "import", shop.file("customers.csv")) }
                for person in ["mari", "jaan"] {
                    group.addTask {
                        for number in 1...25 {
                            try await shop.succeed(
                                "points", "adjust", "guest", "3", "--reason", "number \(number)", "--actor",
                                person)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let counts = try await shop.verify()
            #expect(counts["customers"] == 1 + 700 + 12_000)
            #expect(counts["orders"] == 12_000)
            #expect(counts["points"] == 12_000 + 50)
            let balance = try await shop.json("points", "balance", "guest") as? [String: Any]
            #expect(balance?["available"] as? Int == 150)
        }

        @Test("While a campaign is being sent, a second send of it is refused, and says why")
        func twoSends() async throws {
            // A relay that takes connections and never says a word keeps the first send where it is.
            let relay = try Socket.listening()
            defer { relay.close() }
            let shop = try Shop(relay: Int(relay.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let first = try await Boon.start(["send", "letter", "--workspace", shop.path]) { sending in
                try await waitUntil { try shop.records(of: "mail").contains { $0.contains("mail.intent") } }
                let second = try await shop.boon("send", "letter")
                #expect(second.code == 1)
                #expect(second.output == "")
                #expect(second.complaints.count == 1)
                #expect(second.errors.contains("is being sent by another process"))
                sending.signal(.kill)
            }
            #expect(first.code == nil)
        }
    }
}
