import MIME
import TestSupport
import Testing

@Suite("Reading")
struct ReadingTests {
    static func read(_ text: String) -> ParsedMessage { ParsedMessage(Array(text.utf8)) }

    @Test(
        "Encoded words are decoded by RFC 2047, section 8",
        arguments: [
            ("=?ISO-8859-1?Q?a?=", "a"),
            ("=?ISO-8859-1?Q?a?= b", "a b"),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a_b?=", "a b"),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a =?ISO-8859-2?Q?_b?="),
            ("=?iso-8859-1?q?Andr=E9?= Pirard", "André Pirard"),
            ("=?windows-1252?q?=80_=93x=94?=", "€ “x”"),
            ("=?utf-8*et?b?w7U=?=", "õ"),
            // A code point torn between two words, as careless writers do.
            ("=?utf-8?q?=C3?= =?utf-8?q?=B5?=", "õ"),
            ("=?utf-8?q?broken", "=?utf-8?q?broken"),
            ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
            ("=?=?=?utf-8?q?a?=", "=?=?a"),
            ("1 =? 2 ?= 3", "1 =? 2 ?= 3"),
        ])
    func encodedWords(value: String, expected: String) {
        #expect(Self.read("Subject: \(value)\n\nx").subject == expected)
    }

    @Test(
        "File names are read by RFC 2231 and as others write them",
        arguments: [
            ("filename=plain.pdf", "plain.pdf"),
            ("filename=\"a \\\"b\\\"; c.pdf\"", "a \"b\"; c.pdf"),
            ("filename*=utf-8'et'k%C3%B5rv.pdf", "kõrv.pdf"),
            ("filename*=iso-8859-1''k%F5rv.pdf", "kõrv.pdf"),
            ("filename*0*=utf-8''k%C3; filename*1*=%B5rv; filename*2=.pdf", "kõrv.pdf"),
            ("filename*1=b; filename*0=a", "ab"),
            ("filename=old.pdf; filename*=utf-8''n%C3%A9w.pdf", "néw.pdf"),
            ("filename=\"=?utf-8?q?k=C3=B5rv.pdf?=\"", "kõrv.pdf"),
            ("filename*0=a; filename*2=c", "a"),
            ("x; filename = spaced ; y=z", "spaced"),
        ])
    func filenames(parameter: String, expected: String) {
        let message = Self.read("Content-Disposition: attachment; \(parameter)\n\nx")
        #expect(message.root.filename == expected)
        #expect(message.attachments.count == 1)
    }

    @Test("Fields are unfolded, lone line feeds are breaks, and the header ends at what is no field")
    func header() {
        let message = Self.read("From someone Mon Nov 1\nSubject: a\n\tb\n  c\nX: \nthis is text\n")
        #expect(message.subject == "a\tb  c")
        #expect(message.headers.text("x")?.isEmpty == true)
        #expect(message.text == "this is text\n")
    }

    @Test("Addresses are read out of groups, comments and encoded names; what is none is left out")
    func addresses() {
        let message = Self.read(
            """
            From: =?utf-8?q?J=C3=BCri=2C?= Ed <a@x.example>
            To: friends: "B, b" <b@x.example>, nonsense, c@x.example (c); undisclosed-recipients:; , d@x.example,
            \t<@broken>, "unclosed <e@x.example>

            """)
        #expect(message.from.map(\.name) == ["Jüri, Ed"])
        #expect(message.to.map(\.address.text) == ["b@x.example", "c@x.example", "d@x.example"])
    }

    @Test("Parts are taken apart: alternative in related in mixed")
    func tree() throws {
        let id = try MessageID("logo", at: "x.example")
        let png = try MediaType("image/png")
        let body = Part.mixed(
            .related(
                .alternative(.text("Tere\n"), .html("<img src=\"cid:logo@x.example\">")),
                [try .inline([1, 2, 3], type: png, id: id)]),
            [
                try .attachment(
                    Array("a,b".utf8), type: try MediaType("text/csv"), filename: "hinnad – קפה.csv")
            ])
        let message = ParsedMessage(
            try Message(headers: MessageTests.headers(), body: body).serialized().bytes)
        #expect(
            message.root.all.map(\.type) == [
                "multipart/mixed", "multipart/related", "multipart/alternative", "text/plain", "text/html",
                "image/png",
                "text/csv",
            ])
        #expect(message.text == "Tere\r\n")
        #expect(message.html == "<img src=\"cid:logo@x.example\">")
        #expect(message.part(contentID: "logo@x.example")?.body == [1, 2, 3])
        #expect(message.attachments.map(\.filename) == ["hinnad – קפה.csv"])
        #expect(message.headers.messageID == "november-thanks.c-1042@kuldnekohv.example")
        #expect(message.headers.date == (try MessageDate(seconds: 1_795_244_400, offsetMinutes: 120)))
    }

    @Test("A message without its last boundary, and one without any, are read as far as they go")
    func torn() {
        let head = "Content-Type: multipart/mixed; boundary=b\n\n"
        #expect(Self.read(head + "--b\n\none\n--b\n\ntwo").root.parts.map(\.text) == ["one", "two"])
        #expect(Self.read(head + "--bc\nnothing").root.parts.isEmpty)
        #expect(Self.read("Content-Type: multipart/mixed\n\n--b\n\none\n--b--").root.parts.isEmpty)
        #expect(Self.read(head + "pre\n--b \r\n\r\none\r\n--b--\npost").root.parts.map(\.text) == ["one"])
    }

    @Test("Depth, parts and fields are bounded")
    func bounded() {
        var deep = "x"
        for level in 0..<200 {
            deep = "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n\(deep)"
        }
        #expect(Self.read(deep).root.all.count <= 22)
        let wide =
            "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\n\n", count: 5000)
        #expect(Self.read(wide).root.all.count == 1000)
        #expect(Self.read(String(repeating: "A: b\n", count: 5000)).headers.fields.count == 1000)
    }

    @Test("A text in a character set that is not known stays bytes")
    func unknownCharset() {
        let part = Self.read("Content-Type: text/plain; charset=koi8-r\n\nabc").root
        #expect(part.text == nil)
        #expect(part.body == Array("abc".utf8))
    }

    @Test("Mutated messages are read without a trap", arguments: 0..<40 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let original = try RoundTripTests.message(&generator).serialized().bytes
        let spices = [
            "--", "=?utf-8?b?", "?=", "\r\n", "\n", "\"", "*0*=", ";", "=", "boundary=", "(", "<", "\0",
            "\u{FF}", "Content-Type: message/rfc822\n\n",
        ]
        for _ in 0..<40 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1:
                    bytes.removeSubrange(
                        place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
                case 2:
                    bytes.insert(
                        contentsOf: spices[Int.random(in: 0..<spices.count, using: &generator)].utf8,
                        at: place)
                default:
                    bytes.insert(
                        contentsOf: bytes[place...].prefix(200),
                        at: Int.random(in: 0...bytes.count, using: &generator))
                }
                if bytes.isEmpty { bytes = [0x0A] }
            }
            Self.touch(ParsedMessage(bytes))
        }
    }

    /// Asks for everything that is computed late.
    static func touch(_ message: ParsedMessage) {
        _ = (message.subject, message.from, message.to, message.text, message.html, message.attachments.count)
        _ = (message.headers.date, message.headers.messageID, DeliveryReport(message), Complaint(message))
        for part in message.root.all { _ = (part.text, part.contentID, part.headers.fields.map(\.text)) }
    }
}
