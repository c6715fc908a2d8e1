import Foundation
import Inbox
import Subprocess
import TestSupport
import Testing

extension EndToEnd {
    @Suite("boon send and boon preview")
    struct SendTests {
        /// A shop of 30 customers with a letter, and the inbox that is its relay.
        private static func shop() async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(30), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return (shop, inbox)
        }

        private static func recipients(_ inbox: Inbox) -> [String] {
            inbox.mailbag.messages.flatMap(\.recipients)
        }

        @Test("A dry run composes for everyone, and sends and records nothing")
        func dryRun() async throws {
            let (shop, inbox) = try await Self.shop()
            let ended = try await shop.succeed("send", "letter", "--dry-run")
            #expect(
                ended.output.contains("30 recipients")
                    && ended.output.contains("30 messages composed (en 30)"))
            #expect(inbox.mailbag.received == 0)
            let counts = try await shop.verify()
            #expect(counts["mail"] == 0)
            #expect(try await shop.succeed("runs", "list", "--json").json() as? [String] == [])
            try await inbox.stop()
        }

        @Test(
            "--limit sends to so many, the next send goes on, and a third is refused until --again asks for it"
        )
        func limit() async throws {
            let (shop, inbox) = try await Self.shop()
            try await shop.succeed("send", "letter", "--limit", "7")
            #expect(inbox.mailbag.received == 7)
            let ahead = try await shop.succeed("send", "letter", "--dry-run").output
            #expect(ahead.contains("'boon send' goes on with letter@"), "\(ahead)")
            let second = try await shop.succeed("send", "letter")
            #expect(second.output.contains("30 accepted"))
            #expect(Set(Self.recipients(inbox)).count == 30 && inbox.mailbag.received == 30)

            let third = try await shop.boon("send", "letter")
            #expect(third.code == 1)
            #expect(third.complaints.count == 1 && third.errors.contains("--again"), "\(third.errors)")
            let dry = try await shop.boon("send", "letter", "--dry-run")
            #expect(dry.code == 1 && dry.errors == third.errors, "\(dry.errors)")
            #expect(dry.output.contains("30 messages composed (en 30)"), "\(dry.output)")
            try await shop.succeed("send", "letter", "--dry-run", "--again")
            #expect(inbox.mailbag.received == 30)

            try await shop.succeed("send", "letter", "--again")
            #expect(inbox.mailbag.received == 60)
            #expect((try await shop.json("runs", "list") as? [Any])?.count == 2)
            try await inbox.stop()
        }

        @Test("Whoever is not subscribed is never mailed, and who unsubscribes meanwhile is left out")
        func consent() async throws {
            let (shop, inbox) = try await Self.shop()
            try shop.write(
                "id,email,consent\nc-1,c1@shop.example,unsubscribed\np-1,p1@shop.example,pending\n",
                to: "more.csv")
            try await shop.succeed("send", "letter", "--limit", "10")
            let first = Set(Self.recipients(inbox).map(Letter.customer))
            let left = try #require((1...30).map { "c-\($0)" }.first { !first.contains($0) })
            try shop.write(
                "id,consent\n\(left),unsubscribed\n", to: "left.csv")
            try await shop.succeed("customers", "import", shop.file("more.csv"))
            try await shop.succeed("customers", "import", shop.file("left.csv"))
            try await shop.succeed("send", "letter")
            let all = Set(Self.recipients(inbox).map(Letter.customer))
            #expect(!all.contains(left) && !all.contains("p-1"))
            #expect(all.union([left, "c-1"]).count == 30)
            try await inbox.stop()
        }

        @Test(
            "SIGTERM, and a terminal that closes, end a send in order: what was begun is finished, and the next goes on",
            arguments: [Signal.terminate, .terminalClosed])
        func interrupted(by signal: Signal) async throws {
            let (shop, inbox) = try await Self.shop()
            let ended = try await Boon.start(["send", "letter", "--workspace", shop.path]) { sending in
                try await waitUntil { inbox.mailbag.received > 0 }
                sending.signal(signal)
            }
            #expect(ended.code == 3 || inbox.mailbag.received == 30, "\(ended.errors)")
            if ended.code == 3 {
                #expect(ended.errors.contains("goes on with it"), "\(ended.errors)")
                try await shop.succeed("send", "letter")
            }
            #expect(Self.recipients(inbox).count == 30 && Set(Self.recipients(inbox)).count == 30)
            try await inbox.stop()
        }

        @Test("A preview is written in the form that the ending says, and leaves no trace in the store")
        func preview() async throws {
            let shop = try await CoffeeShop.copy()
            let names = ["customers", "orders", "points"].map { "store/\($0).jsonl" }
            let before = try names.map(shop.contents)
            for ending in ["html", "txt", "eml"] {
                let ended = try await shop.succeed(
                    "preview", "november-thanks", "--customer", "c-1001", "--out", shop.file("mail.\(ending)")
                )
                #expect(ended.output == "")
            }
            let html = String(decoding: try shop.contents("mail.html"), as: UTF8.self)
            #expect(html.lowercased().hasPrefix("<!doctype html"))
            let text = String(decoding: try shop.contents("mail.txt"), as: UTF8.self)
            #expect(!text.isEmpty && !text.contains("<table"))
            let mail = try shop.contents("mail.eml")
            let feeds = mail.indices.filter { mail[$0] == UInt8(ascii: "\n") }
            #expect(!feeds.isEmpty && feeds.allSatisfy { $0 > 0 && mail[$0 - 1] == UInt8(ascii: "\r") })
            #expect(mail.allSatisfy { $0 < 0x80 }, "what goes to a relay is 7-bit")
            #expect(try names.map(shop.contents) == before)
            #expect(!FileManager.default.fileExists(atPath: shop.file("store/mail.jsonl")))
            let printed = try await shop.succeed(
                "preview", "november-thanks", "--customer", "et.1001@example.com")
            #expect(printed.output.contains("Õnne-Mai"))
        }
    }
}
