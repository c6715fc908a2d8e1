import Foundation
import Model
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A weekend")
    struct WeekendTests {
        /// The weekend on which clocks in Europe are set back, while those in America and Asia are not.
        private static let campaigns = [
            "friday": "schedule: { every: friday 18:00 }",
            // Clocks show this time twice.
            "night": "schedule: { cron: \"30 3 * * sun\" }",
            "brunch": """
            schedule: { every: "saturday, sunday 10:00", timezone: recipient }
            limits: { per_customer: 1 per 7 days }
            """,
            "birthday": "schedule: { on: birthday 09:00, timezone: recipient }",
            "how-was-it": """
            schedule: { after: order + 1 day, timezone: recipient, quiet_hours: 21:00-08:00 }
            """,
            "monday": "schedule: { every: monday 09:00, timezone: recipient, quiet_hours: 21:00-08:00 }",
        ]
        private static let zones = [
            "c-1": "", "c-2": "America/New_York", "c-3": "Asia/Tokyo", "c-4": "Europe/Riga",
        ]
        private static let customers = """
            id,email,consent,timezone,birthday
            c-1,c-1@shop.example,subscribed,,
            c-2,c-2@shop.example,subscribed,America/New_York,1990-10-26
            c-3,c-3@shop.example,subscribed,Asia/Tokyo,1984-10-25
            c-4,c-4@shop.example,unsubscribed,Europe/Riga,1980-10-24

            """
        private static let orders = """
            id,customer,at,total,currency
            o-1,c-1,2026-10-23T12:30:00Z,10.00,EUR
            o-2,c-2,2026-10-23T13:05:00Z,10.00,EUR
            o-3,c-3,2026-10-23T13:45:00Z,10.00,EUR
            o-4,c-4,2026-10-23T13:50:00Z,10.00,EUR

            """

        /// A mail, by the plan or by what arrived.
        private struct Mail: Hashable, Comparable {
            let at: Timestamp
            let campaign: String
            let recipient: String

            static func < (left: Mail, right: Mail) -> Bool {
                (left.at, left.campaign, left.recipient) < (right.at, right.campaign, right.recipient)
            }
        }

        private let shop: Shop
        private let clock: FakeTime
        private let postfix: Postfix

        init() async throws {
            clock = try FakeTime(at: try #require(Timestamp(rfc3339: "2026-10-23T14:00:00Z")))
            postfix = try await Postfix()
            shop = try Shop(relay: Int(postfix.port))
            for (id, lines) in Self.campaigns {
                let text =
                    "campaign: \(id)\naudience: subscribed\nsubject: A letter\nmodules: [{ thanks: {} }]\n"
                try shop.write("\(text)\(lines)\n", to: "campaigns/\(id).yaml")
            }
            for (kind, rows) in [("customers", Self.customers), ("orders", Self.orders)] {
                try shop.write(rows, to: "\(kind).csv")
                try await boon(kind, "import", shop.file("\(kind).csv"))
            }
        }

        @discardableResult
        private func boon(_ words: String...) async throws -> Boon.Ended {
            let ended = try await Boon.run(
                clock.launcher, [Boon.path] + words + ["--workspace", shop.path],
                environment: clock.environment)
            try #require(ended.code == 0, "\(words): \(ended.errors)")
            return ended
        }

        @Test(
            "Over a weekend by a fake clock, the daemon delivers to Postfix what boon plan said on Friday, to the minute",
            .enabled(if: FakeTime.isMissing == nil, "\(FakeTime.isMissing ?? "")"),
            .enabled(if: Postfix.isMissing == nil, "\(Postfix.isMissing ?? "")"))
        func weekend() async throws {
            defer { postfix.stop() }
            let (mails, left) = try await plan()
            #expect(mails.count == 17 && left.count == 3, "\(mails) \(left)")
            let ended = try await DaemonTests.daemon(shop, by: clock) { _, status in
                for now in Set((mails + left).map(\.at)).sorted() {
                    try await waitUntil {
                        try await status.text("metrics").contains("boon_last_tick_timestamp_seconds ")
                    }
                    try clock.set(to: now)
                    // What does not come, or comes too soon, is seen below.
                    try? await waitUntil(within: .seconds(20)) {
                        let skipped = try shop.records(of: "mail").count {
                            $0.contains(#""result":"skipped""#)
                        }
                        return try postfix.delivered() >= mails.count { $0.at <= now }
                            && skipped >= left.count { $0.at <= now }
                    }
                }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(try arrived() == mails.sorted())
            let night = try #require(Timestamp(rfc3339: "2026-10-25T00:30:00Z"))
            #expect(mails.filter { $0.campaign == "night" }.allSatisfy { $0.at == night })
        }

        /// What will be sent, and what limits will keep back.
        private func plan() async throws -> (mails: [Mail], left: [Mail]) {
            var (mails, left): ([Mail], [Mail]) = ([], [])
            for (customer, zone) in Self.zones {
                let ended = try await boon("plan", "--days", "4", "--customer", customer, "--json")
                let rows = try? ended.json() as? [[String: String]]
                for row in try #require(rows, "\(ended.output) \(ended.errors)") {
                    guard let at = row["at"], let campaign = row["campaign"] else { continue }
                    let mail = Mail(
                        at: try instant(at, in: zone), campaign: campaign,
                        recipient: "\(customer)@shop.example")
                    if row["reason"] == nil { mails.append(mail) } else { left.append(mail) }
                }
            }
            return (mails, left)
        }

        /// What clocks in a zone show, in the shop's where there is none.
        private func instant(_ text: String, in zone: String) throws -> Timestamp {
            let parts = text.split(separator: "T")
            let (date, time) = (try #require(CalendarDate(parts[0])), try #require(ClockTime(parts[1])))
            let place = try #require(TimeZone(identifier: zone.isEmpty ? "Europe/Tallinn" : zone))
            return Timestamp(LocalTime(date: date, clock: time), in: place)
        }

        private func arrived() throws -> [Mail] {
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
            return try postfix.messages().map { message in
                let date = try #require(format.date(from: header("Date", of: message)))
                return Mail(
                    at: Timestamp(seconds: Int64(date.timeIntervalSince1970)),
                    campaign: try header("X-Campaign", of: message),
                    recipient: try header("X-Original-To", of: message))
            }.sorted()
        }

        private func header(_ name: String, of message: String) throws -> String {
            String(try #require(message.values(ofHeader: "\(name): ").first))
        }
    }
}
