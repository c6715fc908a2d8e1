import Foundation
import TestSupport
import Testing

@testable import Delivering

/// Everything in a mailbox, read to its end, and `(too long)` for what is not read; `fate` says what becomes of each
/// message.
func drain(
    _ mailbox: any BounceMailbox, fate: (MailboxMessage) -> MailboxFate = { _ in .done }
) throws -> [String] {
    var texts: [String] = []
    while true {
        let messages = try mailbox.next()
        if messages.isEmpty { break }
        texts += messages.map { $0.bytes.map { String(decoding: $0, as: UTF8.self) } ?? "(too long)" }
        try mailbox.settle(messages.map { ($0.name, fate($0)) })
    }
    mailbox.close()
    return texts
}

/// A Maildir of a test's own that other users' programs can read, too.
struct Maildir {
    let folder: SharedFolder
    var url: URL { folder.url.appending(path: "mail") }

    init(_ messages: [String] = []) throws {
        folder = try SharedFolder()
        for name in ["mail", "mail/new", "mail/cur", "mail/tmp"] { try folder.makeFolder(name) }
        for (number, text) in messages.enumerated() { try add(text, "\(1000 + number).M1.host") }
    }

    func add(_ text: String, _ name: String, in part: String = "new") throws {
        try folder.write(text, to: "mail/\(part)/\(name)")
        let file = url.appending(path: "\(part)/\(name)").path
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
    }

    func names(_ part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.appending(path: part).path).sorted()
    }
}

@Suite("Mailboxes in files")
struct MailboxTests {
    @Test(
        "A file that another program holds is waited for, and given up when its time is over or it is wanted")
    func locked() throws {
        let folder = try SharedFolder()
        defer { folder.remove() }
        try folder.write("Subject: a\n", to: "mbox")
        let path = folder.url.appending(path: "mbox").path
        let holder = open(path, O_RDWR | O_CLOEXEC)
        // Of an open file and not of a process (`F_OFD_SETLK`), so that this process has somebody to wait for.
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        try #require(fcntl(holder, 37, &lock) == 0)
        let stop = StopSignal()
        #expect(throws: MailboxError.locked(path: path)) { try FileMailbox(path, patience: 0) }
        stop.raise()
        #expect(throws: MailboxError.locked(path: path)) { try FileMailbox(path, patience: 600, stop: stop) }
        close(holder)
        #expect(try drain(FileMailbox(path)) == ["Subject: a\n"])
    }

    @Test("In a Maildir the unseen are read, moved to cur and marked as seen, and are not read again")
    func maildir() throws {
        let maildir = try Maildir(["a\n", "b\n"])
        defer { maildir.folder.remove() }
        try maildir.add("c\n", "900.M1.host:2,F", in: "cur")
        try maildir.add("seen\n", "901.M1.host:2,RS", in: "cur")
        try maildir.add("half\n", "1.M1.host", in: "tmp")
        #expect(try drain(FolderMailbox(maildir.url.path)) == ["a\n", "b\n", "c\n"])
        #expect(try maildir.names("new") == [])
        #expect(
            try maildir.names("cur") == [
                "1000.M1.host:2,S", "1001.M1.host:2,S", "900.M1.host:2,FS", "901.M1.host:2,RS",
            ])
        #expect(try drain(FolderMailbox(maildir.url.path)) == [])
    }

    @Test("What was read and not settled is read again")
    func crash() throws {
        let maildir = try Maildir(["a\n"])
        defer { maildir.folder.remove() }
        let first = try FolderMailbox(maildir.url.path)
        #expect(try first.next().count == 1)
        #expect(try drain(FolderMailbox(maildir.url.path)) == ["a\n"])
    }

    @Test("A message that another program has moved meanwhile is no error")
    func moved() throws {
        let maildir = try Maildir(["a\n", "b\n"])
        defer { maildir.folder.remove() }
        let mailbox = try FolderMailbox(maildir.url.path)
        try FileManager.default.removeItem(at: maildir.url.appending(path: "new/1000.M1.host"))
        let messages = try mailbox.next()
        #expect(messages.map(\.name) == ["new/1001.M1.host"])
        try FileManager.default.removeItem(at: maildir.url.appending(path: "new/1001.M1.host"))
        try mailbox.settle(messages.map { ($0.name, .done) })
        #expect(try maildir.names("cur") == [])
    }

    @Test(
        "Of a folder without new and cur the .eml files are read and left alone; links and pipes are passed over"
    )
    func plain() throws {
        let folder = try SharedFolder()
        defer { folder.remove() }
        try folder.write("one\n", to: "1.eml")
        try folder.write("two\n", to: "2.EML")
        try folder.write("no mail\n", to: "notes.txt")
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: "3.eml").path, withDestinationPath: "/etc/passwd")
        #expect(mkfifo(folder.url.appending(path: "4.eml").path, 0o600) == 0)
        #expect(try drain(FolderMailbox(folder.url.path)) == ["one\n", "two\n"])
        #expect(try drain(FolderMailbox(folder.url.path)) == ["one\n", "two\n"])
    }

    @Test("An mbox is read message by message, and a file that is none is one message")
    func mbox() throws {
        let folder = try SharedFolder()
        defer { folder.remove() }
        let long = String(repeating: "From here on no line begins a message\n", count: 5_000)
        let messages = [
            "Subject: a\n\ntext\n", "Subject: b\n\n>From x\n\n", "Subject: c\n\nText\n" + long,
            "Subject: d\n",
        ]
        // As delivery writes it: an empty line ends each message.
        let box = messages.map { "From bounce Mon Nov 23 09:00:00 2026\n\($0)\n" }.joined()
        try folder.write(box, to: "mbox")
        #expect(try drain(FileMailbox(folder.url.appending(path: "mbox").path)) == messages)
        try folder.write("Subject: x\n\nFrom me\n\nFrom you\n", to: "one")
        #expect(
            try drain(FileMailbox(folder.url.appending(path: "one").path)) == [
                "Subject: x\n\nFrom me\n\nFrom you\n"
            ])
        try folder.write("", to: "empty")
        #expect(try drain(FileMailbox(folder.url.appending(path: "empty").path)) == [])
    }

    @Test("A message that is too long for a report is named and not read, in every kind of file")
    func tooLong() throws {
        let folder = try SharedFolder()
        defer { folder.remove() }
        let endless = String(repeating: "x", count: MailboxLimits.message + 10)
        try folder.write("\(endless)\n", to: "1.eml")
        try folder.write("small\n", to: "2.eml")
        #expect(try drain(FolderMailbox(folder.url.path)) == ["(too long)", "small\n"])
        try folder.write("From a\n\(endless)\n\nFrom b\nsmall\n", to: "mbox")
        #expect(try drain(FileMailbox(folder.url.appending(path: "mbox").path)) == ["(too long)", "small\n"])
        try folder.write(endless + endless, to: "one")
        #expect(try drain(FileMailbox(folder.url.appending(path: "one").path)) == ["(too long)"])
    }

    @Test("Batches end, so that what is in memory does not grow with the mailbox")
    func batches() throws {
        let folder = try SharedFolder()
        defer { folder.remove() }
        for number in 0..<(MailboxLimits.batch + 5) { try folder.write("\(number)\n", to: "\(number).eml") }
        let mailbox = try FolderMailbox(folder.url.path)
        #expect(try mailbox.next().count == MailboxLimits.batch)
        #expect(try mailbox.next().count == 5)
        #expect(try mailbox.next().isEmpty)
    }

    @Test("A folder or file that is not there is refused with its path", arguments: [true, false])
    func missing(isFolder: Bool) throws {
        let error = try #require(throws: MailboxError.self) {
            _ =
                isFolder
                ? try FolderMailbox("/nowhere/x") as any BounceMailbox : try FileMailbox("/nowhere/x")
        }
        #expect(error.description.hasPrefix("/nowhere/x cannot be read as a mailbox:"))
    }
}
