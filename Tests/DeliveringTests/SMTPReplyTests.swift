import Testing

@testable import Delivering

@Suite("Replies")
struct SMTPReplyTests {
    static func text(_ reply: String, hiding recipient: String = "Kadri.Mets+news@shop.example") -> String? {
        SMTPReply(Array(reply.utf8), hiding: recipient)?.description
    }

    @Test(
        "A stored reply has no address in it, however the relay spells it",
        arguments: [
            "550 5.1.1 <Kadri.Mets+news@shop.example>: Recipient address rejected: User unknown",
            "550 5.1.1 KADRI.METS+NEWS@SHOP.EXAMPLE... User unknown",
            "550-5.1.1 kadri.mets+news@shop.example\r\n550 5.1.1 unknown\r\n",
            "550 No such user kadri.mets here", "550 user \"kadri.mets+news\" unknown",
            "550 'kadri.mets'@'shop.example' unknown", "550 bounce+kadri.mets=shop.example@vp.example no",
            "550 kadri.mets: no such mailbox", "551 moved; try <other.person@elsewhere.example>",
            "550 rcpt=kadri.mets+news@shop.example", "550 (kadri.mets@shop.example)",
            "550 mailto:kadri.mets@shop.example", "550 x/kadri.mets", "550 kadri.mets",
        ])
    func hiding(reply: String) throws {
        let stored = try #require(Self.text(reply)).lowercased()
        #expect(!stored.contains("kadri") && !stored.contains("@") && !stored.contains("other.person"))
        #expect(stored.contains("[address]"))
        #expect(stored.hasPrefix("55"))
    }

    @Test("What only looks like the local part stays")
    func hidingLeavesOthers() {
        #expect(Self.text("550 userid is no user", hiding: "user@x.example") == "550 userid is no [address]")
        #expect(Self.text("550 5.1.1 no 550", hiding: "5.1.1@x.example") == "550 5.1.1 no 550")
        #expect(Self.text("550 bananas", hiding: "a@x.example") == "550 bananas")
        #expect(Self.text("550 õa ja aõ", hiding: "a@x.example") == "550 õa ja aõ")
    }

    @Test("Numbers are read where they stand and nowhere else")
    func numbers() {
        #expect(SMTPReply(Array("550 5.1.1 x".utf8), hiding: "")?.status?.description == "5.1.1")
        #expect(SMTPReply(Array("550 5.1.1".utf8), hiding: "")?.text == "")
        #expect(SMTPReply(Array("550 5.1 x".utf8), hiding: "")?.status == nil)
        #expect(SMTPReply(Array("550 see 5.1.1".utf8), hiding: "")?.status == nil)
        #expect(SMTPReply(Array("550 3.1.1 x".utf8), hiding: "")?.status == nil)
        #expect(SMTPReply(Array("250".utf8), hiding: "")?.description == "250")
        #expect(SMTPReply(Array("25".utf8), hiding: "") == nil)
        #expect(
            SMTPReply(Array("250-fine\r\n554 5.6.0 no\r\n".utf8), hiding: "")?.description
                == "554 5.6.0 fine no")
        #expect(SMTPReply(Array("650 x".utf8), hiding: "") == nil)
    }

    @Test("A reply keeps to one line, to text and to a bounded size")
    func shape() throws {
        let wild = Array("550 a\u{1B}[31mb\tc\r\n".utf8) + [0xFF, 0xFE]
        let reply = try #require(SMTPReply(wild, hiding: ""))
        #expect(reply.text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        let long = try #require(
            SMTPReply(Array(("550 " + String(repeating: "x", count: 9000)).utf8), hiding: ""))
        #expect(long.text.utf8.count == SMTPReply.mostTextBytes)
    }

    @Test("The last line of a reply is told by the character after the digits")
    func lastLine() {
        func isLast(_ line: String) -> Bool? { SMTPReply.isLastLine(Array(line.utf8)) }
        #expect(isLast("250 Ok\r\n") == true)
        #expect(isLast("250\r\n") == true)
        #expect(isLast("250-Ok\r\n") == false)
        #expect(isLast("2500 Ok\r\n") == nil)
        #expect(isLast("\r\n") == nil)
        #expect(isLast("<html>\r\n") == nil)
        #expect(isLast("120 Wait\r\n") == nil)
    }
}
