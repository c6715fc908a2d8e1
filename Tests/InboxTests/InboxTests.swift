import Delivering
import Foundation
import MIME
import TestSupport
import Testing

@testable import Inbox

@Suite("Development inbox")
struct InboxTests {
    private static let chromium = Executable("chromium", "chromium-browser", "google-chrome")

    static let hostile = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"

    private func withInbox(_ limits: Mailbag.Limits = .init(), _ body: (Inbox) async throws -> Void)
        async throws
    {
        let inbox = try await Inbox.start(smtp: 0, web: 0, limits: limits, now: { 1_795_251_600 })
        do { try await body(inbox) } catch {
            try await inbox.stop()
            throw error
        }
        try await inbox.stop()
    }

    private func message(subject: String, from: String = "Kohv", html: String = "<p>Tere</p>") throws
        -> FinalBytes
    {
        var headers = Headers()
        let sender = try EmailAddress("tere@kohv.example")
        try headers.add("From", mailboxes: [Mailbox(name: from, address: sender)])
        try headers.add("To", mailboxes: [Mailbox(address: try EmailAddress("kadri@shop.example"))])
        try headers.add("Subject", text: subject)
        try headers.add("Date", date: MessageDate(seconds: 1_795_251_600))
        try headers.add("Message-ID", ids: MessageID("run.1", at: "kohv.example"))
        return try Message(headers: headers, body: .alternative(.text("Tere\n"), .html(html))).serialized()
    }

    private func send(_ count: Int, _ message: FinalBytes, to inbox: Inbox, connections: Int = 1) async throws
        -> [Outcome]
    {
        let relay = try Relay(
            name: "inbox", url: "smtp://127.0.0.1:\(inbox.smtpPort)", connections: connections)
        let connections = RelayConnections(to: relay)
        let outcomes = await connections.deliver(
            try (1...count).map { number in
                EnvelopedMessage(
                    try Envelope(sender: "b@kohv.example", recipient: "reader\(number)@shop.example"),
                    message)
            })
        await connections.finish()
        return outcomes
    }

    @Test("A thousand messages over eight connections arrive once each and are listed quickly")
    func thousand() async throws {
        try await withInbox { inbox in
            let sent = try message(subject: "Sinu 240 uba – ootavad")
            let outcomes = try await send(1000, sent, to: inbox, connections: 8)
            #expect(outcomes.allSatisfy { $0.verdict == .accepted })
            #expect(await inbox.mailbag.waitForMessages(count: 1000, timeout: .seconds(120)))
            let recipients = inbox.mailbag.messages.flatMap(\.recipients)
            #expect(Set(recipients).count == 1000)
            #expect(inbox.mailbag.messages.allSatisfy { $0.bytes == sent.bytes })

            let list = try await Browser(inbox).text("/")
            #expect(list.contains("1000 messages") && list.contains("1 of 20"))
            #expect(list.contains("Sinu 240 uba – ootavad"))
            #expect(list.components(separatedBy: "<li><a ").count == ListPage.rows + 1)
            let search = try await Browser(inbox).text("/?to=READER77%40")
            #expect(search.contains("1 message") && search.contains("reader77@shop.example"))
            let json = try await Browser(inbox).text("/messages.json?to=reader77@&count=5")
            #expect(
                json.contains("\"matches\":1,") && json.contains("\"subject\":\"Sinu 240 uba – ootavad\""))
        }
    }

    @Test("Nothing in a mail becomes markup of the inbox's pages")
    func escaping() async throws {
        try await withInbox { inbox in
            _ = try await send(1, message(subject: Self.hostile, from: Self.hostile), to: inbox)
            let browser = Browser(inbox)
            for path in [
                "/", "/messages/1/text", "/messages/1/headers", "/messages/1/source", "/?to=\"><script>",
            ] {
                let page = try await browser.text(
                    path.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? "/")
                #expect(!page.contains("<script") && !page.contains("<img"), "\(path)")
            }
        }
    }

    @Test("A mail's HTML is served so that nothing in it runs")
    func sandbox() async throws {
        try await withInbox { inbox in
            let html = "<html><head></head><body><script>document.title='ran'</script></body></html>"
            _ = try await send(1, message(subject: "S", html: html), to: inbox)
            let (data, response) = try await Browser(inbox).get("/messages/1/body")
            let policy = response.value(forHTTPHeaderField: "Content-Security-Policy") ?? ""
            #expect(policy.contains("default-src 'none'") && policy.contains("sandbox"))
            #expect(!policy.contains("script-src") && !policy.contains("allow-scripts"))
            #expect(String(decoding: data, as: UTF8.self).contains("<head><base target=\"_blank\">"))
            let page = try await Browser(inbox).text("/messages/1")
            #expect(page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""))
        }
    }

    @Test("The download is the message as it came")
    func download() async throws {
        try await withInbox { inbox in
            let sent = try message(subject: "S")
            _ = try await send(1, sent, to: inbox)
            let (data, response) = try await Browser(inbox).get("/messages/1/eml")
            #expect(Array(data) == sent.bytes)
            #expect(response.value(forHTTPHeaderField: "Content-Type") == "message/rfc822")
            #expect(response.value(forHTTPHeaderField: "Content-Length") == "\(sent.bytes.count)")
        }
    }

    @Test(
        "What is not there is answered with 404",
        arguments: [
            "/messages/2", "/messages/0", "/messages/x", "/messages/1/nothing", "/messages/1/phone/x", "/x",
        ])
    func notFound(path: String) async throws {
        try await withInbox { inbox in
            _ = try await send(1, message(subject: "S"), to: inbox)
            #expect(try await Browser(inbox).status(path) == 404)
        }
    }

    @Test("Pages are shown to this machine's names only")
    func foreignHost() async throws {
        try await withInbox { inbox in
            let browser = Browser(inbox)
            let statuses = [
                try await browser.status("/", host: "evil.example"),
                try await browser.status("/", host: "localhost"),
            ]
            #expect(statuses == [403, 200])
        }
    }

    @Test("A message that is too large is refused for good, and the next one is taken")
    func tooLarge() async throws {
        var limits = Mailbag.Limits()
        limits.messageBytes = 5000
        try await withInbox(limits) { inbox in
            let large = try message(subject: "S", html: String(repeating: "Tere ", count: 2000))
            #expect(try await send(1, large, to: inbox).map(\.verdict) == [.refused(suppress: false)])
            #expect(try await send(1, message(subject: "S"), to: inbox).map(\.verdict) == [.accepted])
        }
    }

    @Test("A port that is taken is told in a sentence")
    func portTaken() async throws {
        try await withInbox { inbox in
            await #expect(throws: InboxError.self) {
                try await Inbox.start(smtp: inbox.smtpPort, web: 0, now: { 0 })
            }
            await #expect(throws: InboxError.self) {
                try await Inbox.start(smtp: 0, web: inbox.webPort, now: { 0 })
            }
        }
    }

    @Test(
        "Python's smtplib is understood", .enabled(if: Python.executable != nil, "python3 is not installed"))
    func smtplib() async throws {
        try await withInbox { inbox in
            let script = """
                import smtplib
                s = smtplib.SMTP("127.0.0.1", \(inbox.smtpPort))
                s.sendmail("s@x.example", ["a@y.example", "b@y.example"], "Subject: T\\n\\n.\\n..two\\n")
                s.rset()
                s.noop()
                s.sendmail("s@x.example", "c@y.example", b"Subject: \\xc3\\xb5\\r\\n\\r\\nx", ["BODY=8BITMIME"])
                s.quit()
                """
            let printed = try await Python.run(script)
            #expect(printed == "")
            #expect(await inbox.mailbag.waitForMessages(count: 2, timeout: .seconds(120)))
            let messages = inbox.mailbag.messages
            #expect(messages.map(\.recipients) == [["a@y.example", "b@y.example"], ["c@y.example"]])
            #expect(messages.first?.bytes == Array("Subject: T\r\n\r\n.\r\n..two\r\n".utf8))
        }
    }

    @Test(
        "No script of a mail runs in Chromium",
        .enabled(if: Self.chromium != nil, "Chromium is not installed"))
    func scripts() async throws {
        let chromium = try #require(Self.chromium)
        let folder = try SharedFolder()
        defer { folder.remove() }
        try await withInbox { inbox in
            let html = """
                <html><head></head><body><p id="p">still</p><script>p.textContent = "ran"</script>
                <img src="x" onerror="p.textContent = 'ran'"><svg onload="p.textContent = 'ran'"></svg></body></html>
                """
            _ = try await send(1, message(subject: "S", html: html), to: inbox)
            let page = try await chromium.output([
                "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.url.path)",
                "--virtual-time-budget=1000", "--dump-dom", "\(inbox.webAddress)messages/1/body",
            ])
            #expect(page.contains("<p id=\"p\">still</p>"))
        }
    }
}
