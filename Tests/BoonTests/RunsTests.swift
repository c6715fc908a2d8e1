import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What people do to a run while it is under way, from another terminal.
    @Suite("boon runs")
    struct RunsTests {
        /// Recipients of a run that takes long enough to be stopped: at 50 a second, four seconds.
        private static let recipients = 200

        private static func shop() async throws -> (Shop, Inbox) {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            try shop.setRelay(port: inbox.smtpPort, "rate: 50/s")
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(recipients), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return (shop, inbox)
        }

        private static func run(_ shop: Shop) async throws -> (id: String, state: String) {
            let runs = try await shop.json("runs", "list") as? [[String: Any]]
            let run = try #require(runs?.first)
            return (try #require(run["run"] as? String), try #require(run["state"] as? String))
        }

        private static func everyone(in inbox: Inbox) -> Bool {
            let all = inbox.mailbag.messages.flatMap(\.recipients)
            return all.count == recipients && Set(all).count == recipients
        }

        @Test(
            "A paused run stops for another process within moments, and goes on where it stopped when resumed"
        )
        func pause() async throws {
            let (shop, inbox) = try await Self.shop()
            var atPause = 0
            let ended = try await Boon.start(["send", "letter", "--workspace", shop.path]) { _ in
                try await waitUntil { inbox.mailbag.received >= 10 }
                let id = try await Self.run(shop).id
                try await shop.succeed("runs", "pause", id, "--reason", "the price is wrong")
                atPause = inbox.mailbag.received
            }
            #expect(ended.code == 3 && ended.errors.contains("paused"), "\(ended.errors)")
            // A second's worth, and what was in the relay's hands.
            #expect(inbox.mailbag.received <= atPause + 50 + 16)
            let run = try await Self.run(shop)
            #expect(run.state == "paused")
            let refused = try await shop.boon("send", "letter")
            #expect(refused.code == 1 && refused.errors.contains("the price is wrong"), "\(refused.errors)")
            try await shop.succeed("runs", "resume", run.id)
            try await shop.succeed("send", "letter")
            #expect(Self.everyone(in: inbox))
            #expect(try await Self.run(shop).state == "finished")
            try await inbox.stop()
        }

        @Test("A cancelled run ends for another process within moments, and nobody more gets it")
        func cancel() async throws {
            let (shop, inbox) = try await Self.shop()
            let ended = try await Boon.start(["send", "letter", "--workspace", shop.path]) { _ in
                try await waitUntil { inbox.mailbag.received >= 10 }
                try await shop.succeed("runs", "cancel", Self.run(shop).id)
            }
            #expect(ended.code == 3 && ended.errors.contains("cancelled"), "\(ended.errors)")
            let received = inbox.mailbag.received
            #expect(received < Self.recipients)
            let run = try await Self.run(shop)
            #expect(run.state == "cancelled")
            for (change, words) in [("resume", "--again"), ("pause", "nothing is left of it to stop")] {
                let refused = try await shop.boon("runs", change, run.id)
                #expect(refused.code == 1 && refused.errors.contains(words), "\(refused.errors)")
            }
            #expect(try await shop.boon("send", "letter").code == 1)
            #expect(inbox.mailbag.received == received)
            try await inbox.stop()
        }

        @Test("A change that was made before changes nothing, and an unknown run is named")
        func again() async throws {
            let (shop, inbox) = try await Self.shop()
            try await shop.succeed("send", "letter", "--limit", "1")
            let id = try await Self.run(shop).id
            for change in ["pause", "pause", "resume", "resume", "cancel", "cancel"] {
                try await shop.succeed("runs", change, id)
            }
            let records = try shop.records(of: "mail").filter { $0.contains(#""type":"run."#) }
            #expect(records.count { $0.contains("run.paused") } == 1)
            #expect(records.count { $0.contains("run.resumed") } == 1)
            #expect(records.count { $0.contains("run.cancelled") } == 1)
            let unknown = try await shop.boon("runs", "pause", "letter@1999")
            #expect(unknown.code == 1 && unknown.errors.contains("letter@1999"))
            try await inbox.stop()
        }

        @Test(
            "Messages in doubt are named with their Message-ID, and a person decides about them",
            arguments: [true, false])
        func resolve(resend: Bool) async throws {
            let relay = try FaultyServer(.data, .closeInText)
            let shop = try Shop(relay: Int(relay.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("send", "letter")
            relay.stop()
            let id = try await Self.run(shop).id
            let shown = try #require(try await shop.json("runs", "show", id) as? [String: Any])
            let doubtful = try #require(shown["recipients"] as? [[String: Any]])
            #expect(doubtful.count == 3 && doubtful.allSatisfy { $0["state"] as? String == "in_doubt" })
            let ids = Set(doubtful.compactMap { $0["message_id"] as? String })
            #expect(ids.count == 3 && ids.allSatisfy { $0.hasPrefix("<letter.") })
            let first = try #require(
                try await shop.json("runs", "show", id, "--limit", "1") as? [String: Any])
            #expect((first["recipients"] as? [Any])?.count == 1)
            let sample = try await shop.succeed("runs", "show", id, "--limit", "2").output
            #expect(sample.contains("... and 1 more") && sample.contains("3 recipients"), "\(sample)")

            let only = try #require(doubtful.first?["customer"] as? String)
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            try shop.setRelay(port: inbox.smtpPort)
            try await shop.succeed("runs", "resolve", id, resend ? "--resend" : "--sent", "--only", only)
            if resend { try await shop.succeed("send", "letter") }
            #expect(inbox.mailbag.received == (resend ? 1 : 0))
            try await shop.succeed("runs", "resolve", id, resend ? "--resend" : "--sent")
            if resend { try await shop.succeed("send", "letter") }
            let received = inbox.mailbag.messages.compactMap(\.parsed.headers.messageID).map { "<\($0)>" }
            #expect(resend ? Set(received) == ids : received.isEmpty)
            let counts = try #require(try await shop.json("runs", "show", id) as? [String: Any])
            let states = (counts["run"] as? [String: Any])?["states"] as? [String: Int]
            #expect(states == ["accepted": 3])
            let nobody = try await shop.succeed("runs", "resolve", id, resend ? "--resend" : "--sent").output
            #expect(nobody.hasPrefix("nobody is in doubt in \(id)"), "\(nobody)")
            try await inbox.stop()
        }

        @Test(
            "SIGTERM ends a send also while a relay that has the text says nothing: that message is in doubt")
        func silence() async throws {
            let relay = try FaultyServer(.end, .silence)
            defer { relay.stop() }
            let shop = try Shop(relay: Int(relay.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(2), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let ended = try await Boon.start(["send", "letter", "--workspace", shop.path]) { sending in
                try await waitUntil { relay.log.commands.count { $0 == "DATA" } == 2 }
                sending.signal(.terminate)
            }
            #expect(ended.code != nil && ended.errors.contains("in doubt"), "\(ended.errors)")
            let shown = try #require(
                try await shop.json("runs", "show", Self.run(shop).id) as? [String: Any])
            let recipients = try #require(shown["recipients"] as? [[String: Any]])
            #expect(recipients.compactMap { $0["state"] as? String } == ["in_doubt", "in_doubt"])
        }

        @Test("An address that a relay does not know is suppressed, and never mailed again")
        func suppression() async throws {
            let relay = try FaultyServer(.rcpt, .reply("550 5.1.1 User unknown"))
            let shop = try Shop(relay: Int(relay.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(2), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("send", "letter")
            relay.stop()
            #expect(try shop.records(of: "mail").count { $0.contains("address.suppressed") } == 2)
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            try shop.setRelay(port: inbox.smtpPort)
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("send", "letter", "--again")
            #expect(inbox.mailbag.messages.flatMap(\.recipients).map(Letter.customer) == ["c-3"])
            try await inbox.stop()
        }

        @Test("A dead relay's share goes to the living one, and with none alive the send says which it tried")
        func failover() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let dead = try FaultyServer()
            dead.stop()
            let shop = try Shop(relay: Int(dead.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(40), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let alone = try await shop.boon("send", "letter")
            #expect(alone.code == 3 && alone.errors.contains("main"), "\(alone.errors)")
            var settings = String(decoding: try shop.contents("boon.yaml"), as: UTF8.self)
            settings +=
                "  - { relay: spare, url: \"smtp://127.0.0.1:\(inbox.smtpPort)\", tls: none, connections: 2 }\n"
            try shop.write(settings, to: "boon.yaml")
            try await shop.succeed("send", "letter")
            let all = inbox.mailbag.messages.flatMap(\.recipients)
            #expect(all.count == 40 && Set(all).count == 40)
            try await inbox.stop()
        }

        @Test("boon relays test says what it found, and sends a mail when asked")
        func relays() async throws {
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try Shop(relay: inbox.smtpPort)
            let found = try await shop.succeed("relays", "test", "main", "--to", "kadri@shop.example")
            #expect(found.output.contains("encryption    none"), "\(found.output)")
            #expect(inbox.mailbag.messages.map(\.recipients) == [["kadri@shop.example"]])
            let refusing = try FaultyServer(.rcpt, .reply("550 5.1.1 User unknown"))
            defer { refusing.stop() }
            try shop.setRelay(port: Int(refusing.port))
            let refused = try await shop.boon("relays", "test", "--to", "nobody@shop.example")
            #expect(
                refused.code == 3 && refused.output.contains("refused for the address that it goes to; try"),
                "\(refused.output)")
            try shop.setRelay(port: inbox.smtpPort)
            let unknown = try await shop.boon("relays", "test", "mian")
            #expect(unknown.code == 1 && unknown.errors.contains("did you mean 'main'"), "\(unknown.errors)")
            try await inbox.stop()
            let away = try await shop.boon("relays", "test")
            #expect(away.code == 3 && away.errors.contains("main"), "\(away.errors)")
        }
    }
}
