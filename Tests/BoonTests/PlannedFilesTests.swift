import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// Whoever mends a campaign while it goes out changes the next run and not this one.
    @Suite("Files that change while a run is under way")
    struct PlannedFilesTests {
        private static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]

        /// A shop whose letter says "old" in its subject, its text, its words, its picture and its sender.
        private static func shop(customers count: Int) async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try write("old", to: shop)
            try shop.write(Letter.customers(count), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return (shop, inbox)
        }

        private static func write(_ word: String, to shop: Shop) throws {
            try shop.write(
                """
                campaign: letter
                audience: subscribed
                subject: "Subject \(word)"
                modules:
                  - proposition:
                      headline: Coffee
                      paragraph: Paragraph \(word)
                      image: { src: pictures/roast.png, alt: Drum }

                """, to: "campaigns/letter.yaml")
            try shop.write("Layout \(word) {{ modules }}", to: "templates/layout.html.liquid")
            try shop.write("unsubscribe: Words \(word)", to: "templates/words/en.txt")
            try FileManager.default.createDirectory(
                atPath: shop.file("pictures"), withIntermediateDirectories: true)
            try Data(picture + word.utf8).write(to: URL(filePath: shop.file("pictures/roast.png")))
            let settings = try String(decoding: shop.contents("boon.yaml"), as: UTF8.self)
            let lines = settings.split(separator: "\n").map { line in
                line.hasPrefix("from:") ? "from: Kohv \(word) <tere@kuldnekohv.example>" : String(line)
            }
            try shop.write(lines.joined(separator: "\n") + "\n", to: "boon.yaml")
        }

        /// What differs between messages of one campaign to several customers, and must not.
        private static func variants(_ inbox: Inbox, from first: Int = 0) -> Set<[String]> {
            let messages = inbox.mailbag.messages.sorted { $0.number < $1.number }.dropFirst(first)
            return Set(
                messages.map { message in
                    let text = String(decoding: message.bytes, as: UTF8.self)
                    return ["Subject", "Layout", "Words", "From: Kohv"].map { name in
                        text.contains("\(name) old") ? "old" : text.contains("\(name) new") ? "new" : "none"
                    }
                })
        }
    }
}
