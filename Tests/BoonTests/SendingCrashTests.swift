import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What `kill -9` leaves of a run that is being sent.
    @Suite("Crashes while sending")
    struct SendingCrashTests {
        private static let recipients = 300

        private static func shop() async throws -> Shop {
            let shop = try Shop()
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(recipients), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        /// A copy of the shop whose relay is an inbox of its own.
        private static func open(_ original: Shop) async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(copying: original)
            try shop.setRelay(port: inbox.smtpPort)
            return (shop, inbox)
        }

        @Test(
            "A send killed 40 times writes to nobody twice, and whoever has nothing is planned or listed in doubt"
        )
        func sends() async throws {
            let original = try await Self.shop()
            let (undisturbed, first) = try await Self.open(original)
            let span = try await Crash.time { try await undisturbed.succeed("send", "letter") }
            #expect(first.mailbag.received == Self.recipients)
            try await first.stop()

            var crash = Crash(seed: 3, span: span)
            var midway = 0
            while crash.kills < 40 {
                let (shop, inbox) = try await Self.open(original)
                for _ in 0..<5 {
                    let code = try await crash.run(["send", "letter", "--workspace", shop.path])
                    if code != nil { break }
                    try await shop.verify()
                    let state = try await RunState(of: shop)
                    let arrived = Self.arrived(in: inbox)
                    try Self.expectHonest(state, arrived)
                    if (1..<Self.recipients) ~= arrived.count { midway += 1 }
                }
                try await finish(shop, inbox, resending: crash.kills % 2 == 0)
                try await inbox.stop()
            }
            #expect(midway >= 3, "of 40 crashes only \(midway) came between the first and the last message")
        }

        /// What the store says is true at the inbox.
        private static func expectHonest(_ state: RunState, _ arrived: [String: Int]) throws {
            #expect(arrived.values.allSatisfy { $0 == 1 })
            #expect(state.accepted.allSatisfy { arrived[$0] != nil }, "accepted, but not there")
            #expect(state.accepted.isDisjoint(with: state.inDoubt))
            if state.isPlanned {
                #expect(state.planned == recipients - state.accepted.count - state.inDoubt.count)
            }
        }

        /// The next send leaves nobody out: held messages stay listed, resent ones arrive.
        private func finish(_ shop: Shop, _ inbox: Inbox, resending: Bool) async throws {
            let before = try await RunState(of: shop)
            if resending { try shop.write(Letter.yaml + "in_doubt: resend\n", to: "campaigns/letter.yaml") }
            let ended = try await shop.boon("send", "letter")
            // A run that was complete when the crash came is not sent again.
            #expect(ended.code == 0 || ended.errors.contains("--again"), "\(ended.errors)")
            let (arrived, after) = (Self.arrived(in: inbox), try await RunState(of: shop))
            let missing = Set((1...Self.recipients).map { "c-\($0)" }).subtracting(arrived.keys)
            #expect(missing.isSubset(of: resending && ended.code == 0 ? [] : after.inDoubt))
            #expect(after.planned == 0)
            for (customer, count) in arrived where count > 1 {
                #expect(resending && count == 2 && before.inDoubt.contains(customer), "\(customer): \(count)")
                #expect(Set(Self.identifiers(of: customer, in: inbox)).count == 1)
            }
        }

        /// How many messages the inbox has for each customer.
        private static func arrived(in inbox: Inbox) -> [String: Int] {
            inbox.mailbag.messages.flatMap(\.recipients).reduce(into: [:]) {
                $0[Letter.customer(of: $1), default: 0] += 1
            }
        }

        private static func identifiers(of customer: String, in inbox: Inbox) -> [String] {
            inbox.mailbag.messages.filter { $0.recipients.map(Letter.customer) == [customer] }.flatMap {
                String(decoding: $0.bytes, as: UTF8.self).values(ofHeader: "Message-ID: ").map(String.init)
            }
        }
    }
}

/// What the store says of the recipients of the only run.
private struct RunState {
    /// Whether there is a run by now.
    var isPlanned = false
    var planned = 0
    var accepted: Set<String> = []
    var inDoubt: Set<String> = []

    init(of shop: Shop) async throws {
        let runs = try await shop.json("runs", "list") as? [[String: Any]]
        guard let run = runs?.first?["run"] as? String else { return }
        isPlanned = true
        let detail = try #require(await shop.json("runs", "show", run) as? [String: Any])
        let states = (detail["run"] as? [String: Any])?["states"] as? [String: Int]
        planned = states?["planned"] ?? 0
        for recipient in detail["recipients"] as? [[String: Any]] ?? [] {
            let state = recipient["state"] as? String
            #expect(state == "intended" || state == "in_doubt" || state == "inDoubt", "\(recipient)")
            if let customer = recipient["customer"] as? String { inDoubt.insert(customer) }
        }
        for record in try shop.records(of: "mail") where record.contains("\"result\":\"accepted\"") {
            let field = try #require(record.range(of: "\"customer\":\""))
            accepted.insert(String(record[field.upperBound...].prefix { $0 != "\"" }))
        }
    }
}
