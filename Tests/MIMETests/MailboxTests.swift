import MIME
import Testing

@Suite("Mailboxes")
struct MailboxTests {
    @Test(
        "A mailbox is read as people write it",
        arguments: [
            ("Kuldne Kohv <tere@kuldnekohv.example>", "Kuldne Kohv", "tere@kuldnekohv.example"),
            ("tere@kuldnekohv.example", nil, "tere@kuldnekohv.example"),
            ("<tere@kuldnekohv.example>", nil, "tere@kuldnekohv.example"),
            ("  \"Kohv, Kuldne\"  <tere@kuldnekohv.example> ", "Kohv, Kuldne", "tere@kuldnekohv.example"),
            (
                #""say \"hi\" \\ <a@b>" <tere@kuldnekohv.example>"#, #"say "hi" \ <a@b>"#,
                "tere@kuldnekohv.example"
            ),
            ("קפה זהב (shop) <tere@kuldnekohv.example>", "קפה זהב", "tere@kuldnekohv.example"),
            ("Kohv O.Ü. <tere@kõrvits.ee>", "Kohv O.Ü.", "tere@xn--krvits-pxa.ee"),
        ] as [(String, String?, String)])
    func reads(text: String, name: String?, address: String) throws {
        let mailbox = try Mailbox(parsing: text)
        #expect(mailbox.name == name)
        #expect(mailbox.address.text == address)
        #expect(try Mailbox(parsing: mailbox.description) == mailbox)
    }

    @Test("A list is separated by commas outside quotes")
    func list() throws {
        let all = try Mailbox.list(parsing: "\"A, B\" <a@x.example>, b@x.example , C <c@x.example>")
        #expect(all.map(\.address.text) == ["a@x.example", "b@x.example", "c@x.example"])
        #expect(all.map(\.name) == ["A, B", nil, "C"])
    }

    @Test(
        "What is no mailbox is refused with its reason",
        arguments: [
            ("", AddressError.empty),
            ("Kuldne Kohv", .missingAt),
            ("Kuldne Kohv tere@x.example", .unexpectedText),
            ("Kuldne Kohv <tere@x.example", .unclosedBracket),
            ("Kuldne Kohv <>", .empty),
            ("\"Kuldne Kohv <tere@x.example>", .unclosedQuote),
            ("Kohv <tere@x.example> more", .unexpectedText),
            ("Kohv <tere @x.example>", .unexpectedText),
            ("a@x.example, b@x.example", .notOneMailbox(count: 2)),
            ("A\r\nBcc: v@x <a@b>", .forbidden("\r", position: 2)),
            ("group: a@x.example;", .unexpectedText),
        ])
    func refuses(text: String, expected: AddressError) {
        #expect(throws: expected) { try Mailbox(parsing: text) }
    }
}
