import Testing

@testable import Inbox

@Suite("SMTP conversation")
struct SMTPSessionTests {
    static let start = "EHLO me\r\nMAIL FROM:<s@x.example> SIZE=5\r\nRCPT TO:<r@y.example>\r\nDATA\r\n"

    private func run(_ input: String, limit: Int = 1000) -> [SMTPSession.Action] {
        var session = SMTPSession(messageLimit: limit)
        return session.receive(input.utf8)
    }

    private func replies(_ input: String, limit: Int = 1000) -> [String] {
        run(input, limit: limit).compactMap {
            if case .reply(let text) = $0 { String(text.prefix(9)) } else { nil }
        }
    }

    private func texts(_ input: String, limit: Int = 100_000) -> [String] {
        run(input, limit: limit).compactMap {
            if case .message(_, _, let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
    }

    @Test("A whole conversation sent at once is answered in order")
    func pipelining() {
        let actions = run(Self.start + "Hello\r\n.\r\nQUIT\r\n")
        #expect(
            actions.contains(
                .message(sender: "s@x.example", recipients: ["r@y.example"], bytes: Array("Hello\r\n".utf8))))
        #expect(
            replies(Self.start + "Hello\r\n.\r\nQUIT\r\n")
                == ["250-local", "250 2.1.0", "250 2.1.5", "354 End w", "250 2.0.0", "221 2.0.0"])
        #expect(actions.last == .close)
    }

    @Test("It does not matter how the bytes are cut into pieces")
    func pieces() {
        let input = Array((Self.start + "..a\r\n.b\r\n\r\n...\r\nc\r\n.\r\nRSET\r\nQUIT\r\n").utf8)
        let whole = run(String(decoding: input, as: UTF8.self))
        for size in 1...input.count {
            var session = SMTPSession(messageLimit: 1000)
            let actions = stride(from: 0, to: input.count, by: size).flatMap {
                session.receive(input[$0..<min($0 + size, input.count)])
            }
            #expect(actions == whole, "pieces of \(size)")
        }
    }

    @Test("Doubled dots are undoubled, and only a dot on a line of its own is the end")
    func dots() {
        #expect(texts(Self.start + "..\r\n...\r\n.a\r\nb.\r\n.\r\n") == [".\r\n..\r\na\r\nb.\r\n"])
        #expect(texts(Self.start + ".\r\n") == [""])
    }

    @Test(
        "A line break that is no CRLF ends no text",
        arguments: ["a\n.\r\nb", "a\n.\nb", "a\r\n.\nb", "a\r.\r\nb"])
    func smuggling(text: String) {
        let sent = Self.start + text + "\r\nMAIL FROM:<e@x.example>\r\n.\r\n"
        #expect(texts(sent).count == 1)
        #expect(texts(sent).first?.contains("MAIL FROM:<e@x.example>") == true)
    }

    @Test("A line longer than any buffer is text, and dots in it stay")
    func longLines() {
        let line = String(repeating: ".", count: 20_000)
        for extra in 0..<3 {
            let text = "x" + line + String(repeating: "y", count: extra)
            #expect(texts(Self.start + text + "\r\n.\r\n") == [text + "\r\n"])
            var session = SMTPSession(messageLimit: 100_000)
            let sent = Array((Self.start + text + "\r\n.\r\n").utf8)
            let actions = stride(from: 0, to: sent.count, by: 7).flatMap {
                session.receive(sent[$0..<min($0 + 7, sent.count)])
            }
            let kept = SMTPSession.Action.message(
                sender: "s@x.example", recipients: ["r@y.example"], bytes: Array((text + "\r\n").utf8))
            #expect(actions.contains(kept))
        }
    }

    @Test("A message over the limit is refused, announced or not, and the next one is taken")
    func tooLarge() {
        let large = Self.start + String(repeating: "123456789\r\n", count: 20) + ".\r\n"
        #expect(replies(large, limit: 100).last == "552 5.3.4")
        #expect(texts(large + Self.start + "ok\r\n.\r\n", limit: 100) == ["ok\r\n"])
        #expect(replies("MAIL FROM:<s@x.example> SIZE=101\r\n", limit: 100) == ["552 5.3.4"])
    }

    @Test(
        "A command out of order or out of shape is refused",
        arguments: [
            ("RCPT TO:<r@y.example>", "503 5.5.1"), ("DATA", "503 5.5.1"),
            ("MAIL FROM:s@x.example", "501 5.5.4"),
            ("MAIL FROM:<s@x.example", "501 5.5.4"), ("MAIL TO:<s@x.example>", "501 5.5.4"),
            ("MAIL FROM:<a@b> <c@d>", "250 2.1.0"), ("MAIL FROM:<<a@b>>", "501 5.5.4"),
            ("STARTTLS", "502 5.5.1"),
            ("AUTH PLAIN", "502 5.5.1"), ("", "502 5.5.1"), ("NOOP", "250 2.0.0"), ("noop", "250 2.0.0"),
            ("MAIL FROM:<>", "250 2.1.0"), ("VRFY x", "252 2.5.0"),
        ])
    func commands(command: String, reply: String) {
        #expect(replies(command + "\r\n") == [reply])
    }

    @Test("A command without an end is refused before it fills the memory")
    func endlessCommand() {
        let actions = run(String(repeating: "A", count: 5000))
        #expect(actions == [.reply("500 5.5.6 The line is too long"), .close])
    }

    @Test("RSET forgets the message under way, and too many recipients are refused")
    func resetAndRecipients() {
        #expect(replies("MAIL FROM:<a@b>\r\nRSET\r\nRCPT TO:<c@d>\r\n").last == "503 5.5.1")
        let many = "MAIL FROM:<a@b>\r\n" + String(repeating: "RCPT TO:<c@d>\r\n", count: 1001)
        #expect(replies(many).last == "452 4.5.3")
    }
}
