import Foundation
import Inbox
import MIME
import TestSupport
import Testing

extension EndToEnd {
    /// Whoever changes a campaign while it goes out changes the next run, and not this one.
    @Suite("Files that change while a run is under way")
    struct PlannedFilesTests {
        private static let customers = 30

        /// A shop whose letter says a word wherever a file can say it, and the inbox that is its relay.
        private static func shop(_ word: String) async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try write(word, to: shop)
            try shop.write(Letter.customers(customers), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return (shop, inbox)
        }

        /// Says another word in the subject, the text, the template, its words, the picture and the sender.
        private static func write(_ word: String, to shop: Shop, schedule: String = "") throws {
            try shop.write(
                """
                campaign: letter
                audience: subscribed
                subject: Subject \(word)
                \(schedule)
                modules:
                  - proposition:
                      headline: Coffee
                      paragraph: Paragraph \(word)
                      image: { src: pictures/roast.png, alt: Drum }

                """, to: "campaigns/letter.yaml")
            try shop.write(
                "Layout \(word)\n{{ content }}\n{{ words.unsubscribe }}\n", to: "templates/layout.text.liquid"
            )
            try shop.write("unsubscribe: Words \(word)\n", to: "templates/words/en.txt")
            try FileManager.default.createDirectory(
                atPath: shop.file("pictures"), withIntermediateDirectories: true)
            try Data(picture(word)).write(to: URL(filePath: shop.file("pictures/roast.png")))
            let lines = try String(decoding: shop.contents("boon.yaml"), as: UTF8.self).split(separator: "\n")
            let settings = lines.map { $0.hasPrefix("from:") ? "from: Kohv \(word) <a@kohv.example>" : $0 }
            try shop.write(settings.joined(separator: "\n") + "\n", to: "boon.yaml")
        }

        private static func picture(_ word: String) -> [UInt8] {
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(word.utf8)
        }

        /// The words of the messages that arrived, each message's with its customer: one word for each message, unless
        /// parts of it say another.
        private static func words(_ inbox: Inbox) -> [String: [String]] {
            inbox.mailbag.messages.reduce(into: [:]) { words, message in
                let parsed = message.parsed
                let (text, from) = (parsed.text ?? "", parsed.from.first?.name ?? "")
                let word = ["old", "new"].first { word in
                    parsed.subject == "Subject \(word)" && from == "Kohv \(word)"
                        && ["Layout", "Paragraph", "Words"].allSatisfy { text.contains("\($0) \(word)") }
                        && bodies(parsed.root).contains(picture(word))
                }
                for recipient in message.recipients { words[recipient, default: []].append(word ?? text) }
            }
        }

        private static func bodies(_ part: ParsedPart) -> [[UInt8]] {
            [part.body] + part.parts.flatMap(bodies)
        }

        private static func kept(_ shop: Shop) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: shop.file("store/definitions"))
        }

        @Test(
            "A run goes on with the files it was planned with, also when its campaign is gone; the next has the new ones"
        )
        func byHand() async throws {
            let (shop, inbox) = try await Self.shop("old")
            try await shop.succeed("send", "letter", "--limit", "10")
            let files = try Self.kept(shop)
            try Self.write("new", to: shop)
            try await shop.succeed("send", "letter", "--limit", "10")
            try shop.remove("campaigns/letter.yaml")
            try shop.remove("pictures/roast.png")
            try shop.write("campaign: [", to: "campaigns/broken.yaml")
            try await shop.succeed("send", "letter")
            #expect(Set(Self.words(inbox).values) == [["old"]] && inbox.mailbag.received == Self.customers)
            #expect(try Self.kept(shop) == files && files.count == 1)

            #expect(try await shop.boon("send", "letter").code == 1)
            try shop.remove("campaigns/broken.yaml")
            #expect(try await shop.boon("send", "letter").errors.contains("no campaign 'letter'"))
            try Self.write("new", to: shop)
            try await shop.succeed("send", "letter", "--again")
            #expect(Set(Self.words(inbox).values) == [["old", "new"]])
            #expect(try Self.kept(shop).count == 1 && Self.kept(shop) != files)
            try await inbox.stop()
        }

        @Test("The same files planned again are kept once, and not written again")
        func once() async throws {
            let (shop, inbox) = try await Self.shop("old")
            try await shop.succeed("send", "letter")
            let name = try #require(try Self.kept(shop).first)
            let path = shop.file("store/definitions/\(name)/boon.yaml")
            let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            try await shop.succeed("send", "letter", "--again")
            #expect(try Self.kept(shop) == [name])
            #expect(
                try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
            let records = try shop.records(of: "mail").filter { $0.contains("\"run.planned\"") }
            #expect(records.count == 2 && records.allSatisfy { $0.contains("\"definitions\":\"\(name)\"") })
            try await inbox.stop()
        }

        @Test(
            "A run whose files are damaged is paused with a sentence, verifying names it, and it goes on when they are back",
            arguments: ["send", "daemon"])
        func damaged(by sender: String) async throws {
            let (shop, inbox) = try await Self.shop("old")
            try await shop.succeed("send", "letter", "--limit", "10")
            let name = try #require(try Self.kept(shop).first)
            let file = "store/definitions/\(name)/campaigns/letter.yaml"
            let before = try String(decoding: shop.contents(file), as: UTF8.self)
            try shop.write(before.replacing("old", with: "new"), to: file)
            let planned = try #require((try await shop.json("runs", "list") as? [[String: Any]])?.first)
            let id = try #require(planned["run"] as? String)
            if sender == "send" {
                let ended = try await shop.boon("send", "letter")
                #expect(ended.code == 3 && ended.complaints.count == 1, "\(ended.errors)")
                #expect(ended.errors.contains(name) && ended.errors.contains("backup"), "\(ended.errors)")
            } else {
                try await shop.succeed("runs", "resume", id)
                let ended = try await DaemonTests.daemon(shop) { _, _ in
                    try await waitUntil {
                        try shop.records(of: "mail").contains { $0.contains("run.paused") }
                    }
                }
                #expect(ended.code == 0 && ended.errors.contains("backup"), "\(ended.errors)")
            }
            #expect(inbox.mailbag.received == 10)
            let run = try #require((try await shop.json("runs", "list") as? [[String: Any]])?.first)
            #expect(run["state"] as? String == "paused")
            let verified = try await shop.boon("store", "verify")
            #expect(verified.code == 1 && verified.output.contains("\(id): the files"), "\(verified.output)")

            try shop.write(before, to: file)
            try await shop.succeed("store", "verify")
            try await shop.succeed("runs", "resume", id)
            try await shop.succeed("send", "letter")
            #expect(Set(Self.words(inbox).values) == [["old"]] && inbox.mailbag.received == Self.customers)
            try await inbox.stop()
        }

        @Test(
            "A daemon that is killed goes on with the old files, beside a run of what happens under the new ones"
        )
        func daemon() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try shop.setRelay(port: inbox.smtpPort, "domains: { slow.example: 1/min }")
            let schedule = "schedule: { after: joined }"
            try Self.write("old", to: shop, schedule: schedule)
            let killed = try await Boon.start(["daemon", "--health-port", "0", "--workspace", shop.path]) {
                daemon in
                try await waitUntil { FileManager.default.fileExists(atPath: shop.file("store/mail.jsonl")) }
                try await DaemonTests.join(shop, 1...20, at: "slow.example")
                try await waitUntil { inbox.mailbag.received > 0 }
                daemon.signal(.kill)
            }
            #expect(killed.code == nil)
            try Self.write("new", to: shop, schedule: schedule)
            let beside = try await DaemonTests.daemon(shop) { _, _ in
                try await DaemonTests.join(shop, 21...25)
                let others = Set((21...25).map { "c\($0)@shop.example" })
                try await waitUntil { others.isSubset(of: Self.words(inbox).keys) }
            }
            #expect(beside.code == 0, "\(beside.errors)")
            try shop.setRelay(port: inbox.smtpPort)
            let last = try await DaemonTests.daemon(shop) { _, _ in
                try await waitUntil {
                    try shop.records(of: "mail").count { $0.contains("run.finished") } == 2
                }
            }
            #expect(last.code == 0, "\(last.errors)")
            #expect(Self.words(inbox).count >= 20, "only who was in doubt after the crash may be missing")
            for (recipient, words) in Self.words(inbox) {
                let number = Int(recipient.dropFirst().prefix { $0 != "@" }) ?? 0
                #expect(words == [number <= 20 ? "old" : "new"], "\(recipient)")
            }
            try await inbox.stop()
        }

        @Test("The daemon neither begins with a template or picture that cannot be used, nor takes one up")
        func unusable() async throws {
            let (shop, inbox) = try await Self.shop("old")
            try shop.write("{% if %}", to: "templates/layout.text.liquid")
            let refused = try await shop.boon("daemon", "--health-port", "0")
            #expect(refused.code == 1 && refused.errors.contains("boon check"), "\(refused.errors)")
            try Self.write("old", to: shop)
            let ended = try await DaemonTests.daemon(shop) { daemon, status in
                try shop.write("no picture", to: "pictures/roast.png")
                daemon.signal(.terminalClosed)
                try await waitUntil { try await status.text("health").contains("stay in force") }
                try Self.write("new", to: shop)
                daemon.signal(.terminalClosed)
                try await waitUntil { try await status.text("health") == "ok\n" }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            try await inbox.stop()
        }
    }
}
