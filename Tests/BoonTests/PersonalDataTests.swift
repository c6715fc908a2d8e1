import Foundation
import Inbox
import Testing

extension EndToEnd {
    @Suite("Customers and their data")
    struct PersonalDataTests {
        @Test("After a run no other store and no output holds an address")
        func addresses() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await CoffeeShop.copy(relay: inbox.smtpPort)
            let ended = try await shop.boon("send", "brewing-letter")
            #expect(ended.code == 0 && inbox.mailbag.received > 0, "\(ended.errors)")
            try await inbox.stop()

            let addresses = Set(inbox.mailbag.messages.flatMap(\.recipients))
            let now = Date.now.ISO8601Format()
            let clicks = addresses.map { "\($0),brewing-letter,\(now)\n" }.joined()
            try shop.write("email,campaign,at\n" + clicks, to: "clicks.csv")
            try await shop.succeed("clicks", "import", shop.file("clicks.csv"))
            #expect(try shop.records(of: "responses").count == addresses.count)
            for store in ["orders", "points", "responses", "mail"] {
                let records = try shop.records(of: store).joined(separator: "\n")
                #expect(!addresses.contains { records.contains($0) }, "\(store)")
            }
            #expect(!addresses.contains { ended.output.contains($0) || ended.errors.contains($0) })
        }

        @Test("No command takes an address for why something is done, or by whom")
        func remarks() async throws {
            let shop = try await CoffeeShop.copy()
            // Planned, and then no relay takes it.
            #expect(try await shop.boon("send", "brewing-letter").code == 3)
            let runs = try #require(await shop.json("runs", "list") as? [[String: Any]])
            let run = try #require(runs.first?["run"] as? String)
            let address = "mari@kohv.example"
            for arguments in [
                ["customers", "suppress", "c-1002", "--reason", "asked", "--actor", address],
                ["customers", "restore", "c-1002", "--reason", "for \(address)"],
                ["runs", "pause", run, "--reason", "\(address) asked"],
                ["points", "adjust", "c-1002", "5", "--reason", "for \(address)"],
                ["points", "adjust", "c-1002", "5", "--reason", "a gift", "--actor", address],
            ] {
                let ended = try await Boon.run(arguments + ["--workspace", shop.path])
                #expect(
                    ended.code == 1 && ended.errors.contains("has an address"), "\(arguments) \(ended.errors)"
                )
            }
            for store in ["points", "mail"] {
                #expect(try shop.records(of: store).allSatisfy { !$0.contains(address) })
            }
        }

        @Test(
            "Support staff find a customer by id, address, phone number or order, and hear of two with one number"
        )
        func lookUp() async throws {
            let shop = try Shop()
            try shop.write(
                "id,email,phone,consent\nc-1,mari@shop.example,+372 5551,subscribed\n"
                    + "c-2,jaan@shop.example,+372 5552,subscribed\nc-3,juku@shop.example,+372 5552,subscribed\n",
                to: "customers.csv")
            try shop.write("id,customer,at,total\no-7,c-1,2026-11-21,5\n", to: "orders.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("orders", "import", shop.file("orders.csv"))
            for name in ["c-1", "Mari@shop.example", "+372 5551", "00372-5551", "(372)5551", "o-7"] {
                let found = try await shop.json("customers", "show", name) as? [String: Any]
                #expect(found?["id"] as? String == "c-1", "\(name)")
            }
            let both = try await shop.boon("customers", "show", "+372 5552")
            #expect(both.code == 1 && both.errors.contains("c-2, c-3"), "\(both.errors)")
            #expect(try await shop.boon("customers", "show", "o-8").code == 1)
        }

        @Test("Without the variables of its log-in nothing is sent, and everything else goes on")
        func missingVariables() async throws {
            let shop = try Shop()
            let settings = try String(decoding: shop.contents("boon.yaml"), as: UTF8.self)
            try shop.write(
                settings.replacing(
                    "tls: none,", with: "tls: none, username: boon, password: \"${BOON_TEST_NO_PASSWORD}\","),
                to: "boon.yaml")
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(1), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("send", "letter", "--dry-run")
            let ended = try await shop.boon("send", "letter")
            #expect(ended.code == 1 && ended.errors.contains("BOON_TEST_NO_PASSWORD"), "\(ended.errors)")
            #expect(try await shop.verify()["mail"] == 0)
        }
    }
}
