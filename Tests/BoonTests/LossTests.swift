import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// Journals that are cut or deleted behind Boon's back. The index knows what was there.
    @Suite("Journals that have lost acknowledged records")
    struct LossTests {
        /// A shop that has mailed its 12 customers, and the inbox that has got the mails.
        private static func shop() async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(OrderTable.csv(orders: 20, customers: 12), to: "orders.csv")
            try await shop.succeed(
                "orders", "import", shop.file("orders.csv"), "--create-customers", "--consent", "subscribed",
                "--source", "till")
            try await shop.succeed("send", "letter")
            #expect(inbox.mailbag.received == 12)
            return (shop, inbox)
        }

        @Test("Nobody is mailed twice after mail.jsonl was cut: every command stops as verify does")
        func cutMail() async throws {
            let (shop, inbox) = try await Self.shop()
            let whole = try shop.contents("store/mail.jsonl")
            let lines = whole.split(separator: UInt8(ascii: "\n"))
            let last = try #require(lines.indices.last) + 1
            try shop.write(
                lines.prefix(3).map { String(decoding: $0, as: UTF8.self) + "\n" }.joined(),
                to: "store/mail.jsonl")
            let verified = try await shop.boon("store", "verify")
            #expect(verified.code == 1)
            let sentence = try #require(
                verified.output.split(separator: "\n").first {
                    $0.contains("mail.jsonl: records 4 to \(last) are gone")
                })
            for words in [
                ["send", "letter"], ["send", "letter", "--again"], ["runs", "list"], ["store", "rebuild"],
                ["points", "balance", "c-1"], ["daemon"],
            ] {
                let ended = try await Boon.run(words + ["--workspace", shop.path])
                #expect(ended.code == 3, "\(words): \(ended.errors)")
                #expect(
                    ended.errors.contains(sentence.drop { $0 == " " }), "\(words): \(ended.errors)")
            }
            #expect(inbox.mailbag.received == 12)
            // The file restored, all is as it was.
            try whole.write(to: URL(filePath: shop.file("store/mail.jsonl")))
            #expect(try await shop.boon("send", "letter").code == 1)
            #expect(inbox.mailbag.received == 12)
            try await shop.verify()
            try await inbox.stop()
        }

        @Test("A deleted journal is missed, and forgotten only when a person says so")
        func deletedOrders() async throws {
            let (shop, inbox) = try await Self.shop()
            try shop.remove("store/orders.jsonl")
            let refused = try await shop.boon("customers", "show", "c-1")
            #expect(refused.code == 3 && refused.errors.contains("orders.jsonl: records 1 to 20 are gone"))
            #expect(refused.errors.contains("boon store rebuild --accept-loss"), "\(refused.errors)")
            let accepted = try await shop.succeed("store", "rebuild", "--accept-loss")
            #expect(accepted.errors.contains("records 1 to 20 are gone; the index was made without that"))
            try await shop.verify()
            try await shop.succeed("customers", "show", "c-1")
            try await inbox.stop()
        }

        @Test(
            "Whoever may only read is told of the loss, too",
            .enabled(if: ReadOnlyTests.isPossible, "needs root and setpriv, to become another user"))
        func readers() async throws {
            let shop = try await ReadOnlyTests.shop()
            try shop.write("", to: "store/customers.jsonl")
            for (words, code) in [(["customers", "show", "c-1"], Int32(3)), (["store", "verify"], 1)] {
                let ended = try await ReadOnlyTests.look(words, in: shop)
                #expect(ended.code == code, "\(ended.errors)")
                #expect(
                    (ended.output + ended.errors).contains("customers.jsonl: records 1 to 3 are gone"),
                    "\(words): \(ended.output)\(ended.errors)")
            }
        }
    }
}
