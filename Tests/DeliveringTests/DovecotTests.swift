import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Delivering

@Suite(
    "A real Dovecot", .serialized,
    .enabled(if: Dovecot.isMissing == nil, "Dovecot, OpenSSL and root are needed for a private instance"))
struct DovecotTests {
    /// Messages whose lines look like what a server would say.
    private static func messages(_ count: Int) -> [String] {
        (0..<count).map { number in
            "Subject: \(number)\r\n\r\n.\r\n..\r\n* 1 EXISTS\r\nA003 OK done\r\n) {5}\r\n\(number)\r\n"
        }
    }

    private static func address(_ scheme: String, _ port: UInt16) throws -> MailboxAddress {
        let user = Dovecot.user.replacing("@", with: "%40")
        return try MailboxAddress("\(scheme)://\(user)@127.0.0.1:\(port)")
    }

    private static func with<Answer>(
        _ messages: [String], _ work: (Dovecot, Maildir) throws -> Answer
    ) async throws -> Answer {
        let maildir = try Maildir(messages)
        defer { maildir.folder.remove() }
        let dovecot = try await Dovecot(maildir: maildir.url)
        defer { dovecot.stop() }
        return try work(dovecot, maildir)
    }

    private static func count(_ maildir: Maildir) throws -> Int {
        try maildir.names("new").count + maildir.names("cur").count
    }

    @Test(
        "Over IMAP every message comes byte by byte, reports are deleted and others get a star",
        arguments: ["imap", "imaps"])
    func imap(scheme: String) async throws {
        let sent = Self.messages(700)
        try await Self.with(sent) { dovecot, maildir in
            let address = try Self.address(scheme, scheme == "imap" ? dovecot.imap : dovecot.imaps)
            let read = try drain(IMAPMailbox(address, password: Dovecot.password)) { message in
                message.bytes?.starts(with: "Subject: 7\r".utf8) == true ? .kept : .done
            }
            #expect(Set(read) == Set(sent) && read.count == sent.count)
            #expect(try maildir.names("new") == [])
            let left = try maildir.names("cur")
            #expect(left.count == 1 && left[0].contains(":2,") && left[0].hasSuffix("FS"), "\(left)")
            #expect(try drain(IMAPMailbox(address, password: Dovecot.password)) == [])
        }
    }

    @Test("Over POP3 every message comes byte by byte, reports are deleted and others stay")
    func pop3() async throws {
        let sent = Self.messages(210)
        try await Self.with(sent) { dovecot, maildir in
            let address = try Self.address("pop3", dovecot.pop3)
            let read = try drain(POP3Mailbox(address, password: Dovecot.password)) { message in
                message.bytes?.starts(with: "Subject: 7\r".utf8) == true ? .kept : .done
            }
            #expect(Set(read) == Set(sent) && read.count == sent.count)
            #expect(try Self.count(maildir) == 1)
            #expect(try drain(POP3Mailbox(address, password: Dovecot.password)) == [sent[7]])
        }
    }

    @Test("A message that is too long for a report is not fetched, but named", arguments: ["imap", "pop3"])
    func tooLong(scheme: String) async throws {
        let long = "Subject: long\r\n\r\n" + String(repeating: "all of it\r\n", count: 500_000)
        try await Self.with(["Subject: a\r\n\r\na\r\n", long]) { dovecot, maildir in
            let address = try Self.address(scheme, scheme == "imap" ? dovecot.imap : dovecot.pop3)
            func read() throws -> [String] {
                let mailbox: any BounceMailbox =
                    scheme == "imap"
                    ? try IMAPMailbox(address, password: Dovecot.password)
                    : try POP3Mailbox(address, password: Dovecot.password)
                return try drain(mailbox) { $0.bytes == nil ? .kept : .done }
            }
            #expect(try read() == ["Subject: a\r\n\r\na\r\n", "(too long)"])
            #expect(try read() == (scheme == "imap" ? [] : ["(too long)"]))
            #expect(try Self.count(maildir) == 1)
        }
    }

    @Test("What was read and not settled is read again", arguments: ["imap", "pop3"])
    func crash(scheme: String) async throws {
        try await Self.with(Self.messages(3)) { dovecot, maildir in
            let address = try Self.address(scheme, scheme == "imap" ? dovecot.imap : dovecot.pop3)
            for _ in 1...2 {
                let mailbox: any BounceMailbox =
                    scheme == "imap"
                    ? try IMAPMailbox(address, password: Dovecot.password)
                    : try POP3Mailbox(address, password: Dovecot.password)
                #expect(try mailbox.next().count == 3)
                mailbox.close()
            }
            #expect(try Self.count(maildir) == 3)
        }
    }

    @Test("An empty mailbox is read, and nothing comes", arguments: ["imap", "imaps", "pop3"])
    func empty(scheme: String) async throws {
        try await Self.with([]) { dovecot, _ in
            let port = scheme == "imap" ? dovecot.imap : scheme == "imaps" ? dovecot.imaps : dovecot.pop3
            let address = try Self.address(scheme, port)
            let mailbox: any BounceMailbox =
                scheme == "pop3"
                ? try POP3Mailbox(address, password: Dovecot.password)
                : try IMAPMailbox(address, password: Dovecot.password)
            #expect(try drain(mailbox) == [])
        }
    }

    @Test("A wrong password is refused with a sentence that does not repeat it", arguments: ["imap", "pop3"])
    func wrongPassword(scheme: String) async throws {
        try await Self.with(["a"]) { dovecot, _ in
            let address = try Self.address(scheme, scheme == "imap" ? dovecot.imap : dovecot.pop3)
            let error = try #require(throws: MailboxError.self) {
                _ =
                    scheme == "imap"
                    ? try IMAPMailbox(address, password: "hunter2").next()
                    : try POP3Mailbox(address, password: "hunter2").next()
            }
            #expect(error == .refused(server: address.server) && !error.description.contains("hunter2"))
        }
    }

    @Test("A folder that is not there is an error that names the server")
    func missingFolder() async throws {
        try await Self.with(["a"]) { dovecot, _ in
            let inbox = try Self.address("imap", dovecot.imap)
            let address = try MailboxAddress("imap://u%40kohv.example@127.0.0.1:\(inbox.port)/No%20\"where\\")
            let error = try #require(throws: MailboxError.self) {
                _ = try IMAPMailbox(address, password: Dovecot.password).next()
            }
            #expect(error.description.hasPrefix("imap://127.0.0.1:"), "\(error)")
        }
    }
}

@Suite("A mail server that fails")
struct FailingMailServerTests {
    @Test(
        "Nobody listening is an error that names the server", arguments: ["imap", "imaps", "pop3", "pop3s"])
    func nobody(scheme: String) throws {
        let address = try MailboxAddress("\(scheme)://u@127.0.0.1:\(try Socket.freePort())")
        let error = try #require(throws: MailboxError.self) {
            _ =
                address.scheme.isIMAP
                ? try IMAPMailbox(address, password: "x", patience: 2).next()
                : try POP3Mailbox(address, password: "x", patience: 2).next()
        }
        #expect(error.description.hasPrefix("\(address.server) cannot be read: "))
    }

    @Test(
        "A server that says nothing is given up when it is wanted, long before its time is over",
        arguments: ["imap", "imaps", "pop3", "pop3s"])
    func silent(scheme: String) async throws {
        let server = try FaultyServer(.greeting, .silence)
        defer { server.stop() }
        let (address, stop) = (try MailboxAddress("\(scheme)://u@127.0.0.1:\(server.port)"), StopSignal())
        let begun = ContinuousClock.now
        async let reading = onThread {
            let mailbox: any BounceMailbox =
                address.scheme.isIMAP
                ? try IMAPMailbox(address, password: "x", patience: 600, stop: stop)
                : try POP3Mailbox(address, password: "x", patience: 600, stop: stop)
            defer { mailbox.close() }
            return try mailbox.next().count
        }
        defer { stop.raise() }
        try await waitUntil { server.log.connections > 0 }
        stop.raise()
        let read = await reading
        #expect(throws: MailboxError.self) { try read.get() }
        #expect(ContinuousClock.now - begun < .seconds(300))
    }

    @Test(
        "POP3 numbers are good for one connection: when it breaks, no other is opened and nothing is deleted")
    func brokenPOP3() throws {
        let server = try ScriptedPOP3()
        defer { server.stop() }
        let mailbox = try POP3Mailbox(
            MailboxAddress("pop3://u@127.0.0.1:\(server.port)"), password: "x", patience: 5)
        let messages = try mailbox.next()
        #expect(messages.map(\.name) == ["1", "2"])
        #expect(throws: MailboxError.self) { try mailbox.settle(messages.map { ($0.name, .done) }) }
        #expect(throws: MailboxError.self) { try mailbox.settle([("2", .done)]) }
        #expect(server.connections == 1)
    }
}

/// Two short messages over POP3, and a server that hangs up at the first DELE.
private final class ScriptedPOP3: Sendable {
    private let listener: Socket
    private let accepted = Atomic(0)

    var port: UInt16 { listener.port }
    var connections: Int { accepted.load(ordering: .acquiring) }

    init() throws {
        listener = try Socket.listening()
        Thread.detachNewThread { [self] in
            while let client = listener.accept() {
                accepted.add(1, ordering: .acquiringAndReleasing)
                Self.talk(client)
                client.close()
            }
        }
    }

    private static func talk(_ client: Socket) {
        client.write("+OK ready\r\n")
        while true {
            let command = String(decoding: client.read(), as: UTF8.self).prefix(4).uppercased()
            switch command {
            case "USER", "PASS": client.write("+OK\r\n")
            case "LIST": client.write("+OK\r\n1 8\r\n2 8\r\n.\r\n")
            case "RETR": client.write("+OK\r\nA: b\r\n\r\n.\r\n")
            case "", "DELE": return
            default: client.write("-ERR\r\n")
            }
        }
    }

    func stop() {
        listener.shutdown()
        listener.close()
    }
}
