import Foundation
import Model
import Recording
import TestSupport
import Testing

extension EndToEnd {
    /// What goes wrong while the daemon has several runs to send.
    @Suite("boon daemon in trouble")
    struct DaemonTroubleTests {
        /// A scheduled letter of which nothing falls due by itself.
        private static let letter = Letter.yaml + "schedule: { at: 2099-01-01 09:00 }\n"

        private static func shop(relay: UInt16, customers: Int) async throws -> Shop {
            let shop = try Shop(relay: Int(relay))
            try shop.write(letter, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(customers), to: "customers.csv")
            return shop
        }

        private static func importCustomers(_ shop: Shop) async throws {
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
        }

        /// Plans an occurrence, as another process would.
        private static func plan(
            _ day: String, for customers: ClosedRange<Int>, due: Timestamp? = nil, in shop: Shop
        ) throws {
            let store = try Store(folder: shop.file("store")) {
                Timestamp(seconds: Int64(Date.now.timeIntervalSince1970))
            }
            let id = RunID("letter@\(day)T09:00+02:00")
            let run = Run(
                id: id, campaign: "letter", occurrence: Timestamp(seconds: 0), recipients: customers.count)
            let members = customers.map { CustomerID("c-\($0)") }
            try store.record([.runPlanned(run), .runRecipients(id, members, due: due)])
        }

        @Test("Somebody who is tried again later holds back no later occurrence of the campaign")
        func deferred() async throws {
            let relay = try FaultyServer(.rcpt, .reply("450 4.2.1 The mailbox is busy"))
            defer { relay.stop() }
            let shop = try await Self.shop(relay: relay.port, customers: 2)
            try await Self.importCustomers(shop)
            try Self.plan("2026-11-20", for: 1...1, in: shop)
            let ended = try await DaemonTests.daemon(shop) { _, _ in
                try await waitUntil {
                    try shop.records(of: "mail").contains { $0.contains(#""result":"deferred""#) }
                }
                relay.script = FaultyServer.Script()
                try Self.plan("2026-11-21", for: 2...2, in: shop)
                try await waitUntil {
                    try shop.records(of: "mail").contains { $0.contains("run.finished") }
                }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(relay.log.messages.flatMap(\.recipients) == ["<c2@shop.example>"])
            let finished = try shop.records(of: "mail").filter { $0.contains("run.finished") }
            #expect(finished.count == 1 && finished[0].contains("letter@2026-11-21T09:00+02:00"))
        }

        @Test(
            "On a full disk it ends with 3 and a sentence, also while a run waits, and goes on when there is room",
            .enabled(if: TinyDisk.isPossible, "only root, where mounting is allowed, has a disk to fill"))
        func full() async throws {
            let relay = try MailLog()
            defer { relay.stop() }
            let shop = try await Self.shop(relay: relay.port, customers: 3001)
            try FileManager.default.createDirectory(
                atPath: shop.file("store"), withIntermediateDirectories: true)
            let disk = try TinyDisk(at: shop.file("store"), bytes: 64 << 20)
            defer { #expect(throws: Never.self) { try disk.remove() } }
            try await Self.importCustomers(shop)
            try Self.plan(
                "2026-11-20", for: 3001...3001, due: Timestamp(rfc3339: "2099-01-01T07:00:00Z"), in: shop)
            try Self.plan("2026-11-21", for: 1...3000, in: shop)
            try disk.grow(to: try size(of: shop.file("store")) + 400_000)

            let ended = try await Boon.run(["daemon", "--health-port", "0", "--workspace", shop.path])
            #expect(ended.code == 3, "\(ended.errors)")
            let complaints = ended.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
            #expect(
                complaints.count == 1 && (complaints[0].contains("full") || complaints[0].contains("space")),
                "\(complaints)")
            let (before, accepted) = (Set(relay.arrivals().map(\.recipient)), try Self.accepted(shop))
            #expect(!accepted.isEmpty && accepted.isSubset(of: before) && before.count < 3000)

            try disk.grow(to: 64 << 20)
            try await shop.verify()
            let resumed = try await DaemonTests.daemon(shop) { _, _ in
                try await waitUntil {
                    try shop.records(of: "mail").contains { $0.contains("run.finished") }
                }
            }
            #expect(resumed.code == 0, "\(resumed.errors)")
            let arrivals = relay.arrivals().map(\.recipient)
            #expect(Set(arrivals).count == arrivals.count, "somebody got two")
            // Whose batch was under way when the disk was full is in doubt: held, whether it arrived or not.
            let doubtful = 3000 - (try Self.accepted(shop)).count
            #expect(accepted.isSubset(of: try Self.accepted(shop)) && doubtful <= 16 * 4 * 3, "\(doubtful)")
            #expect(arrivals.count >= 3000 - doubtful)
        }

        /// The addresses of whom a record says that the relay has their message.
        private static func accepted(_ shop: Shop) throws -> Set<String> {
            let records = try shop.records(of: "mail").filter { $0.contains(#""result":"accepted""#) }
            return Set(
                records.map { record in
                    let number = record.split(separator: #""customer":"c-"#, maxSplits: 1).last ?? ""
                    return "c\(number.prefix { $0.isNumber })@shop.example"
                })
        }

        /// How many bytes lie in a folder.
        private func size(of folder: String) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                // Memory for files is had in pages.
                return sum + ((attributes[.size] as? Int ?? 0) / 4096 + 1) * 4096
            }
        }
    }
}
