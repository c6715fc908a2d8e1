import Foundation
import Inbox
import TestSupport
import Testing

/// A shop whose campaign went out, and reports about it as mail servers send them.
private struct MailedShop {
    let shop: Shop
    /// The envelope senders of each customer's messages, in the order of the runs.
    let senders: [String: [String]]

    /// Sends a letter to some customers, and keeps where bounces of it would go.
    init(customers count: Int, runs: Int = 1) async throws {
        let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
        shop = try Shop(relay: inbox.smtpPort)
        try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
        try shop.write(Letter.customers(count), to: "customers.csv")
        try await shop.succeed("customers", "import", shop.file("customers.csv"))
        for _ in 1...runs { try await shop.succeed("send", "letter", "--again") }
        senders = inbox.mailbag.messages.sorted { $0.number < $1.number }.reduce(into: [:]) {
            senders, message in
            guard let recipient = message.recipients.first else { return }
            senders[Letter.customer(of: recipient), default: []].append(message.sender)
        }
        try await inbox.stop()
        try FileManager.default.createDirectory(
            atPath: shop.file("reports"), withIntermediateDirectories: true)
    }

    func sender(_ customer: String, run: Int = 0) throws -> String {
        try #require(senders[customer]?[run])
    }

    /// A delivery report, as a file.
    func bounce(
        _ customer: String, _ status: String, to address: String? = nil, day: Int = 22,
        named name: String? = nil
    ) throws {
        let address = try address ?? sender(customer)
        try shop.write(
            """
            Date: \(day) Nov 2026 09:00:00 +0000
            From: MAILER-DAEMON@mx.example
            To: \(address)
            Subject: Undelivered \(name ?? "")
            Auto-Submitted: auto-replied
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Final-Recipient: rfc822; \(customer.replacing("-", with: ""))@shop.example
            Action: failed
            Status: \(status)
            Diagnostic-Code: smtp; 550 \(status) <\(customer.replacing("-", with: ""))@shop.example>: no

            --b--

            """, to: "reports/\(name ?? "\(customer)-\(status)-\(day)").eml")
    }

    /// Reads the reports.
    func read(sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String: Int] {
        let json = try await shop.json(
            "bounces", "read", shop.file("reports"), sourceLocation: sourceLocation)
        return (json as? [String: Any] ?? [:]).compactMapValues { $0 as? Int }
    }

    /// Whom the next run would go to.
    func audience() async throws -> String {
        try await shop.succeed("send", "letter", "--dry-run", "--again").output
    }

    func suppression(_ customer: String) async throws -> [String: String]? {
        let json = try await shop.json("customers", "show", customer) as? [String: Any]
        return json?["suppressed"] as? [String: String]
    }
}

extension EndToEnd {
    @Suite("boon bounces and suppression")
    struct BounceTests {
        @Test("Bounces and complaints suppress whom they concern, once, and support sees why and since when")
        func suppress() async throws {
            let mailed = try await MailedShop(customers: 8)
            try mailed.bounce("c-1", "5.1.1")
            try mailed.bounce("c-2", "5.7.26")
            try mailed.bounce("c-3", "4.2.2")
            try mailed.bounce("c-4", "5.1.1", to: try mailed.sender("c-4").uppercased())
            let first = try await mailed.read()
            #expect(
                first["messages"] == 4 && first["hard"] == 2 && first["soft"] == 1 && first["about_us"] == 1)
            #expect(first["suppressed"] == 2)
            let known = try #require(try await mailed.suppression("c-1"))
            #expect(known["reason"] == "unknown_address" && known["actor"] == "boon" && known["since"] != nil)
            #expect(known["detail"] == "550 5.1.1 <[address]>: no")
            #expect(try await mailed.suppression("c-2") == nil)
            #expect(try await mailed.audience().hasPrefix("6 recipients"))
            let shown = try await mailed.shop.succeed("customers", "show", "c-4").output
            #expect(shown.contains("suppressed        unknown_address, 20"))

            let before = try await mailed.shop.verify()
            let second = try await mailed.read()
            #expect(second["known"] == 4 && second["suppressed"] == 0)
            #expect(try await mailed.shop.verify() == before)
            try await mailed.shop.succeed("store", "rebuild")
            #expect(try await mailed.audience().hasPrefix("6 recipients"))
        }

        @Test("Forged, foreign, truncated and previewed tokens concern nobody, and nothing is recorded")
        func forged() async throws {
            let mailed = try await MailedShop(customers: 3)
            let other = try await MailedShop(customers: 3)
            let sender = try mailed.sender("c-1")
            let swapped = sender.replacing("+", with: "+a").replacing("@", with: "q@")
            let forgeries = [
                sender.replacing("@", with: "a@"), String(sender.prefix(20)) + "@kuldnekohv.example",
                sender.replacing("kuldnekohv", with: "other"), swapped, "tere@kuldnekohv.example",
                try other.sender("c-1"), "tere+c-1@kuldnekohv.example",
                "tere+\(String(repeating: "a", count: 32))@kuldnekohv.example",
            ]
            for (number, address) in forgeries.enumerated() {
                try mailed.bounce("c-1", "5.1.1", to: address, named: "\(number)")
            }
            let before = try await mailed.shop.verify()
            let counts = try await mailed.read()
            #expect(counts["not_ours"] == forgeries.count && counts["suppressed"] == 0)
            #expect(try await mailed.shop.verify() == before)
        }

        /// Mails as programs make them of our `mailto:`, or as people write them. TO stands for the address.
        private static let requests = [
            // Gmail's button.
            """
            MIME-Version: 1.0
            Date: Sun, 22 Nov 2026 09:00:00 +0200
            Message-ID: <CAB1@mail.gmail.example>
            Subject: unsubscribe
            From: Somebody <c1@shop.example>
            To: TO
            Content-Type: multipart/alternative; boundary="000a"

            --000a
            Content-Type: text/plain; charset="UTF-8"

            This message was automatically generated by Gmail.

            --000a
            Content-Type: text/html; charset="UTF-8"

            <div dir="ltr">This message was automatically generated by Gmail.</div>

            --000a--

            """,
            // Apple Mail's banner: plain, with an empty body.
            """
            Delivered-To: TO
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit
            From: Somebody <other@phone.example>
            Mime-Version: 1.0 (1.0)
            Date: Sun, 22 Nov 2026 09:00:00 +0200
            Subject:  Unsubscribe
            X-Mailer: iPhone Mail (21A329)
            To: TO

            """,
            // A web mailer that encodes every subject.
            """
            From: =?utf-8?Q?=C3=95ie?= <c1@shop.example>
            To: "TO" <TO>
            Subject: =?utf-8?B?dW5zdWJzY3JpYmU=?=
            Auto-Submitted: no
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHA+PC9wPg==

            """,
        ]

        @Test(
            "A mail to the unsubscribe address ends that customer's consent, once, and says where it was said"
        )
        func unsubscribe() async throws {
            let mailed = try await MailedShop(customers: 6)
            for (number, request) in Self.requests.enumerated() {
                let text = request.replacing("TO", with: try mailed.sender("c-\(number + 1)"))
                try mailed.shop.write(text, to: "reports/\(number).eml")
                try mailed.shop.write(
                    text.replacing("\n", with: "\r\n"), to: "reports/\(number)-again.eml")
            }
            let counts = try await mailed.read()
            #expect(counts["unsubscribed"] == 3 && counts["known"] == 3 && counts["suppressed"] == 0)
            let customer = try #require(
                try await mailed.shop.json("customers", "show", "c-1") as? [String: Any])
            #expect(customer["consent"] as? String == "unsubscribed")
            #expect(
                (customer["consent_source"] as? String)?.contains("unsubscribe address of letter@") == true)
            #expect(try await mailed.audience().hasPrefix("3 recipients"))
            let before = try await mailed.shop.verify()
            #expect(try await mailed.read()["known"] == 6)
            #expect(try await mailed.shop.verify() == before)
        }

        @Test("A request to unsubscribe acts once: who subscribes again stays, until they ask anew")
        func resubscribe() async throws {
            let mailed = try await MailedShop(customers: 2)
            let shop = mailed.shop
            let request = "To: \(try mailed.sender("c-1"))\nSubject: unsubscribe\n\n"
            // The second comes while the customer is unsubscribed already.
            for name in ["first", "second"] {
                try shop.write(request + name, to: "reports/\(name).eml")
                #expect(try await mailed.read()["unsubscribed"] == (name == "first" ? 1 : 0))
            }
            #expect(try await mailed.audience().hasPrefix("1 recipient "))
            try shop.write("id,email,consent\nc-1,c1@shop.example,subscribed\n", to: "again.csv")
            try await shop.succeed(
                "customers", "import", shop.file("again.csv"), "--resubscribe", "--source",
                "asked at the till")
            let before = try await shop.verify()
            #expect(try await mailed.read()["known"] == 2)
            #expect(try await shop.verify() == before)
            try await shop.succeed("store", "rebuild")
            #expect(try await mailed.read()["known"] == 2)
            #expect(try await mailed.audience().hasPrefix("2 recipients"))
            try shop.write(request + "third", to: "reports/third.eml")
            #expect(try await mailed.read()["unsubscribed"] == 1)
            #expect(try await mailed.audience().hasPrefix("1 recipient "))
        }

        @Test("Answers by programs, letters of people and forged requests unsubscribe nobody")
        func noRequest() async throws {
            let mailed = try await MailedShop(customers: 3)
            let sender = try mailed.sender("c-1")
            let away = "Auto-Submitted: auto-replied\nTo: \(sender)\nSubject: unsubscribe\n\nI am away.\n"
            try mailed.shop.write(away, to: "reports/away.eml")
            try mailed.shop.write(
                away.replacing("Auto-Submitted: auto-replied", with: "Precedence: auto_reply"),
                to: "reports/old.eml")
            let letters = [
                "Re: Coffee", "Re: unsubscribe", "unsubscribe me from coffee, not from tea",
                "Automatic reply: unsubscribe", "",
            ]
            for (number, subject) in letters.enumerated() {
                try mailed.shop.write(
                    "To: \(sender)\nSubject: \(subject)\n\nunsubscribe\n", to: "reports/\(number).eml")
            }
            let other = try await MailedShop(customers: 1)
            let forged = [
                sender.replacing("@", with: "a@"), try other.sender("c-1"), "tere@kuldnekohv.example",
                "tere+\(String(repeating: "a", count: 32))@kuldnekohv.example",
            ]
            for (number, address) in forged.enumerated() {
                try mailed.shop.write(
                    "To: \(address)\nSubject: unsubscribe\n\n", to: "reports/forged-\(number).eml")
            }
            let before = try await mailed.shop.verify()
            let counts = try await mailed.read()
            #expect(counts["unsubscribed"] == 0 && counts["no_news"] == 2)
            #expect(counts["not_ours"] == letters.count + forged.count)
            #expect(try await mailed.shop.verify() == before)
        }

        @Test("Soft bounces of one message never suppress, however many there are")
        func softly() async throws {
            let mailed = try await MailedShop(customers: 2)
            for day in 1...6 { try mailed.bounce("c-1", "4.2.2", day: day) }
            let counts = try await mailed.read()
            #expect(counts["soft"] == 6 && counts["suppressed"] == 0)
        }

        @Test("Soft bounces of three messages within 30 days suppress, read at once or one by one")
        func third() async throws {
            let mailed = try await MailedShop(customers: 3, runs: 3)
            for run in 0...2 {
                try mailed.bounce("c-1", "4.2.2", to: try mailed.sender("c-1", run: run), named: "a\(run)")
                try mailed.bounce("c-2", "5.7.1", to: try mailed.sender("c-2", run: run), named: "b\(run)")
            }
            #expect(try await mailed.read()["suppressed"] == 1)
            for run in 0...2 {
                let day = 5 + run * 8
                try mailed.bounce(
                    "c-3", "5.2.2", to: try mailed.sender("c-3", run: run), day: day, named: "c\(run)")
                #expect(try await mailed.read()["suppressed"] == (run == 2 ? 1 : 0))
            }
            #expect(try await mailed.suppression("c-1")?["reason"] == "bounces")
            #expect(try await mailed.suppression("c-2") == nil)
            #expect(try await mailed.suppression("c-3")?["reason"] == "bounces")
        }

        @Test("A message that is too long for a report is counted and named, and stays for a person")
        func tooLong() async throws {
            let mailed = try await MailedShop(customers: 1)
            try FileManager.default.createDirectory(
                atPath: mailed.shop.file("mail/cur"), withIntermediateDirectories: true)
            try mailed.shop.write(String(repeating: "long\n", count: 1_000_000), to: "mail/new/9.M1.host")
            let ended = try await mailed.shop.succeed("bounces", "read", mailed.shop.file("mail"))
            #expect(
                ended.output.contains("1 message read: 0 hard, 0 soft, 0 complaints, 1 too long"), "\(ended)")
            #expect(
                ended.errors.contains("'new/9.M1.host'") && ended.errors.contains("more than 4 MB"),
                "\(ended)")
            let again = try await mailed.shop.succeed("bounces", "read", mailed.shop.file("mail"))
            #expect(again.output.hasPrefix("0 messages read") && again.errors == "", "\(again)")
            #expect(FileManager.default.fileExists(atPath: mailed.shop.file("mail/cur/9.M1.host:2,S")))
        }

        @Test("A mailbox of many reports is recorded in a few commits")
        func many() async throws {
            let mailed = try await MailedShop(customers: 2)
            for number in 1...450 {
                try mailed.bounce("c-1", "4.2.2", day: number % 20 + 1, named: "\(number)")
            }
            try mailed.bounce("c-2", "5.1.1", named: "last")
            #expect(try await mailed.read()["messages"] == 451)
            let lines = String(decoding: try mailed.shop.contents("store/mail.jsonl"), as: UTF8.self).split(
                separator: "\n")
            let bounces = lines.filter { $0.contains(#""type":"mail.bounced""#) }
            let ends = bounces.filter { !$0.contains(#""more":true"#) }
            #expect(
                Set(bounces.map { $0.split(separator: #""report":""#).last?.prefix(64) }).count
                    == bounces.count)
            #expect(
                ends.count <= 3 && bounces.count == 451, "\(ends.count) commits for \(bounces.count) reports")
        }

        @Test("A new address ends what was held against the old one, and no decision of a person")
        func newAddress() async throws {
            let mailed = try await MailedShop(customers: 3)
            try mailed.bounce("c-1", "5.1.1")
            #expect(try await mailed.read()["suppressed"] == 1)
            try await mailed.shop.succeed(
                "customers", "suppress", "c-2", "--reason", "asked by phone", "--actor", "Mari")
            #expect(try await mailed.audience().hasPrefix("1 recipient "))
            try mailed.shop.write(
                "id,email,consent\nc-1,new1@shop.example,subscribed\nc-2,new2@shop.example,subscribed\n",
                to: "new.csv")
            try await mailed.shop.succeed("customers", "import", mailed.shop.file("new.csv"))
            #expect(try await mailed.audience().hasPrefix("2 recipients"))
            #expect(try await mailed.suppression("c-1") == nil)
            #expect(try await mailed.suppression("c-2")?["detail"] == "asked by phone")
            // What comes back late from the old address is not held against the new one.
            try mailed.bounce("c-1", "5.1.10")
            let late = try await mailed.read()
            #expect(late["hard"] == 1 && late["suppressed"] == 0)
        }

        @Test("A person suppresses and restores with a reason; saying it again changes nothing")
        func byHand() async throws {
            let mailed = try await MailedShop(customers: 2)
            let shop = mailed.shop
            #expect(
                try await shop.succeed("customers", "restore", "c-1", "--reason", "x").output.contains(
                    "nothing changed"))
            try await shop.succeed("customers", "suppress", "c1@shop.example", "--reason", "a threat")
            #expect(
                try await shop.succeed("customers", "suppress", "c-1", "--reason", "again").output
                    .contains("nothing changed"))
            #expect(try await mailed.suppression("c-1")?["reason"] == "person")
            #expect(try await mailed.audience().hasPrefix("1 recipient "))
            try await shop.succeed("customers", "restore", "c-1", "--reason", "a mistake", "--actor", "Mari")
            #expect(try await mailed.audience().hasPrefix("2 recipients"))
            let records = try shop.records(of: "mail")
            #expect(
                records.last?.contains(
                    #""type":"address.restored","customer":"c-1","reason":"a mistake","actor":"Mari""#)
                    == true)
            for reason in ["", "  ", "write to c1@shop.example", String(repeating: "x", count: 501)] {
                let ended = try await shop.boon("customers", "suppress", "c-1", "--reason", reason)
                #expect(
                    ended.code == (reason.count < 5 ? 2 : 1) && ended.complaints.count == 1, "\(ended.errors)"
                )
            }
            #expect(try shop.records(of: "mail") == records)
        }

        @Test("One mailbox is named, and one that cannot be read ends with a sentence and its code")
        func usage() async throws {
            let shop = try Shop()
            let password = ["BOON_MAILBOX_PASSWORD": "hunter2"]
            let port = try Socket.freePort()
            let cases: [([String], Int32, String)] = [
                ([], 2, "name one mailbox"), (["a", "--imap", "imap://u@h"], 2, "name one mailbox"),
                (["--imap", "pop3://u@127.0.0.1"], 2, "imap://"),
                (["--imap", "imap://u:secret@127.0.0.1"], 1, "BOON_MAILBOX_PASSWORD"),
                (["--imap", "imap://127.0.0.1"], 1, "names no user"),
                (["/nowhere/at/all"], 1, "/nowhere/at/all"),
                (["--pop3", "pop3://u@127.0.0.1:\(port)"], 3, "cannot be read"),
            ]
            for (arguments, code, words) in cases {
                let ended = try await Boon.run(
                    ["bounces", "read"] + arguments + ["--workspace", shop.path], environment: password)
                #expect(ended.code == code && ended.errors.contains(words), "\(arguments): \(ended.errors)")
                #expect(!ended.errors.contains("hunter2") && !ended.errors.contains("secret@"))
            }
            let settings = try String(decoding: shop.contents("boon.yaml"), as: UTF8.self)
            try shop.write(settings + "bounces: { mailbox: reports }\n", to: "boon.yaml")
            #expect(try await shop.boon("bounces", "read").errors.contains("reports"))
            try shop.write("Subject: a letter\n", to: "reports/1.eml")
            #expect(try await shop.succeed("bounces", "read").output.hasPrefix("1 message read"))
            let without = try await shop.boon("bounces", "read", "--imap", "imap://u@127.0.0.1")
            #expect(without.code == 1 && without.errors.contains("BOON_MAILBOX_PASSWORD"))
        }
    }

    @Suite(
        "Bounces by way of a real Postfix and a real Dovecot",
        .enabled(
            if: Postfix.isMissing == nil && Dovecot.isMissing == nil, "Postfix, Dovecot and root are needed"))
    struct ReturnedMailTests {
        @Test(
            "Postfix's own bounce for an unknown user suppresses that customer alone, who is not mailed again",
            arguments: ["imap", "imaps", "pop3", "maildir"])
        func unknownUser(way: String) async throws {
            let postfix = try await Postfix(
                mailboxes: ["^tere\\+": "bounces", "^c[1-4]@shop\\.example$": "mail"])
            defer { postfix.stop() }
            let shop = try Shop(relay: Int(postfix.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(5), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            try await shop.succeed("send", "letter")
            let bounces = postfix.mailbox("bounces")
            try await waitUntil {
                let back = try FileManager.default.contentsOfDirectory(
                    atPath: bounces.appending(path: "new").path)
                return try back.count == 1 && postfix.delivered() == 4
            }
            let dovecot = try await Dovecot(maildir: bounces)
            defer { dovecot.stop() }
            let user = Dovecot.user.replacing("@", with: "%40")
            let words =
                switch way {
                case "imap": ["--imap", "imap://\(user)@127.0.0.1:\(dovecot.imap)"]
                case "imaps": ["--imap", "imaps://\(user)@127.0.0.1:\(dovecot.imaps)"]
                case "pop3": ["--pop3", "pop3://\(user)@127.0.0.1:\(dovecot.pop3)"]
                default: [bounces.path]
                }
            for count in [1, 0] {
                let ended = try await Boon.run(
                    ["bounces", "read", "--workspace", shop.path] + words,
                    environment: ["BOON_MAILBOX_PASSWORD": Dovecot.password])
                #expect(ended.code == 0, "\(ended.errors)")
                #expect(
                    ended.output.hasPrefix(
                        "\(count) message\(count == 1 ? "" : "s") read: \(count) hard, 0 soft"),
                    "\(ended.output)")
            }
            let shown = try await shop.json("customers", "show", "c-5") as? [String: Any]
            let suppressed = try #require(shown?["suppressed"] as? [String: String])
            #expect(suppressed["reason"] == "unknown_address")
            try await shop.succeed("send", "letter", "--again")
            try await waitUntil { try postfix.delivered() == 8 }
            #expect(Set(try postfix.recipients()) == Set((1...4).map { "c\($0)@shop.example" }))
            let suppressions = try shop.records(of: "mail").filter { $0.contains("address.suppressed") }
            #expect(suppressions.count == 1 && suppressions[0].contains(#""customer":"c-5""#))
            #expect(!suppressions[0].contains("@"))
        }
    }
}
