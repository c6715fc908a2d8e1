import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What comes back while the daemon runs.
    @Suite("The daemon's bounce mailbox")
    struct DaemonBounceTests {
        private static let welcome = """
            campaign: welcome
            audience: subscribed
            subject: Welcome
            schedule: { after: joined }
            modules: [ { thanks: {} } ]

            """

        /// A shop that welcomes whoever joins, with a mailbox.
        private static func shop(relay: Int, _ bounces: String) throws -> Shop {
            let shop = try Shop(relay: relay)
            try shop.write(welcome, to: "campaigns/welcome.yaml")
            try set(bounces, of: shop)
            return shop
        }

        private static func set(_ bounces: String, of shop: Shop) throws {
            let lines = try String(decoding: shop.contents("boon.yaml"), as: UTF8.self).split(separator: "\n")
            let others = lines.filter { !$0.hasPrefix("bounces:") }.joined(separator: "\n")
            try shop.write("\(others)\nbounces: { \(bounces), every: 1 second }\n", to: "boon.yaml")
        }

        private static func value(_ metric: String, _ status: StatusPage) async throws -> String? {
            try await status.text("metrics").split(separator: "\n").first { $0.hasPrefix("\(metric) ") }
                .map { String($0.dropFirst(metric.count + 1)) }
        }

        @Test(
            "Postfix's bounce for an unknown user suppresses that customer while the daemon runs",
            .enabled(
                if: Postfix.isMissing == nil && Dovecot.isMissing == nil,
                "Postfix, Dovecot and root are needed"),
            arguments: ["imaps", "pop3"])
        func unknownUser(scheme: String) async throws {
            let postfix = try await Postfix(
                mailboxes: ["^tere\\+": "bounces", "^c[1-4]@shop\\.example$": "mail"])
            defer { postfix.stop() }
            let dovecot = try await Dovecot(maildir: postfix.mailbox("bounces"))
            defer { dovecot.stop() }
            let port = scheme == "imaps" ? dovecot.imaps : dovecot.pop3
            let shop = try Self.shop(
                relay: Int(postfix.port),
                "mailbox: '\(scheme)://127.0.0.1:\(port)', username: \(Dovecot.user), password: '${BOUNCE_WORD}'"
            )
            let ended = try await DaemonTests.daemon(shop, environment: ["BOUNCE_WORD": Dovecot.password]) {
                _, status in
                try await DaemonTests.join(shop, 1...5)
                try await waitUntil {
                    try shop.records(of: "mail").contains { $0.contains("address.suppressed") }
                }
                try await waitUntil { try postfix.delivered() == 4 }
                try await waitUntil {
                    try await Self.value(#"boon_bounces_total{kind="hard"}"#, status) == "1"
                }
                #expect(try await Self.value("boon_bounce_mailbox_readable", status) == "1")
                #expect(try await status.text("health") == "ok\n")
            }
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(!ended.errors.contains(Dovecot.password) && !ended.errors.contains("@shop.example"))
            let shown = try await shop.json("customers", "show", "c-5") as? [String: Any]
            #expect((shown?["suppressed"] as? [String: String])?["reason"] == "unknown_address")
            let records = try shop.records(of: "mail")
            #expect(records.count { $0.contains("address.suppressed") } == 1)
            #expect(records.count { $0.contains("mail.bounced") } == 1)
        }

        @Test(
            "A mailbox that cannot be read is said once and tried again, holds up nothing, and SIGHUP takes another"
        )
        func unreachable() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let server = try FaultyServer(.greeting, .close)
            defer { server.stop() }
            let shop = try Self.shop(
                relay: inbox.smtpPort,
                "mailbox: 'imap://127.0.0.1:\(server.port)', username: u, password: '${BOUNCE_WORD}'")
            let ended = try await DaemonTests.daemon(shop, environment: ["BOUNCE_WORD": "hunter2"]) {
                daemon, status in
                try await waitUntil { server.log.connections >= 3 }
                #expect(try await status.text("health").contains("bounces are not read: imap://127.0.0.1"))
                #expect(try await Self.value("boon_bounce_mailbox_readable", status) == "0")
                try await DaemonTests.join(shop, 1...3)
                try await waitUntil { inbox.mailbag.received == 3 }
                for name in ["new", "cur"] {
                    try FileManager.default.createDirectory(
                        atPath: shop.file("bounces/\(name)"), withIntermediateDirectories: true)
                }
                try Self.set("mailbox: bounces", of: shop)
                daemon.signal(.terminalClosed)
                try await waitUntil { try await status.text("health") == "ok\n" }
                let sender = try #require(inbox.mailbag.messages.first?.sender)
                try Self.bounce(to: sender, in: shop)
                try await waitUntil {
                    try shop.records(of: "mail").contains { $0.contains("address.suppressed") }
                }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            let said = ended.errors.split(separator: "\n").filter { $0.contains("the bounce mailbox") }
            #expect(said.count == 2 && said[0].contains("cannot be read"), "\(ended.errors)")
            #expect(!ended.errors.contains("hunter2"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: shop.file("bounces/new")) == [])
            try await inbox.stop()
        }

        private static func bounce(to sender: String, in shop: Shop) throws {
            try shop.write(
                """
                From: MAILER-DAEMON@mx.example
                To: \(sender)
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Final-Recipient: rfc822; somebody@shop.example
                Action: failed
                Status: 5.1.1

                --b--

                """, to: "bounces/new/1.M1.host")
        }

        @Test("The daemon ends in order while a mail server says nothing")
        func silent() async throws {
            let server = try FaultyServer(.greeting, .silence)
            defer { server.stop() }
            let shop = try Self.shop(
                relay: 1,
                "mailbox: 'imap://127.0.0.1:\(server.port)', username: u, password: '${BOUNCE_WORD}'")
            var asked = ContinuousClock.now
            let ended = try await DaemonTests.daemon(shop, environment: ["BOUNCE_WORD": "x"]) { _, _ in
                try await waitUntil { server.log.connections == 1 }
                asked = .now
            }
            #expect(ended.code == 0 && !ended.errors.contains("cannot be read"), "\(ended.errors)")
            // The server's own time would be a minute.
            #expect(ContinuousClock.now - asked < .seconds(30))
        }

        @Test("Without the variables of its log-in the mailbox is a trouble of its own, and the daemon works")
        func missingVariables() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Self.shop(
                relay: inbox.smtpPort,
                "mailbox: 'imaps://mail.example', username: u, password: '${BOON_TEST_NO_WORD}'")
            let ended = try await DaemonTests.daemon(shop) { _, status in
                try await waitUntil { try await status.text("health").contains("BOON_TEST_NO_WORD") }
                try await DaemonTests.join(shop, 1...1)
                try await waitUntil { inbox.mailbag.received == 1 }
            }
            #expect(ended.code == 0, "\(ended.errors)")
            try await inbox.stop()
        }
    }
}
