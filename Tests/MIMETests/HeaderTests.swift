import MIME
import TestSupport
import Testing

@Suite("Headers")
struct HeaderTests {
    static func name(_ name: String) throws -> String {
        let mailbox = Mailbox(name: name, address: try EmailAddress("m@x.example"))
        return try written("To") { try $0.add("To", mailboxes: [mailbox]) }
    }

    static func text(_ text: String) throws -> String {
        try written("Subject") { try $0.add("Subject", text: text) }
    }

    @Test(
        "A display name is written the plainest way that holds it",
        arguments: [
            ("Mari Maasikas", "Mari Maasikas <m@x.example>"),
            ("J. R. \"Bob\" D\\", #""J. R. \"Bob\" D\\" <m@x.example>"#),
            ("Maasikas, Mari", "\"Maasikas, Mari\" <m@x.example>"),
            ("a  b", "a b <m@x.example>"),
            ("Mari Õun Maasikas", "Mari =?utf-8?q?=C3=95un?= Maasikas <m@x.example>"),
            (
                "สมชาย ใจดีมาก",
                "=?utf-8?b?4Liq4Lih4LiK4Liy4LiiIOC5g+C4iOC4lOC4teC4oeC4suC4gQ==?=\n <m@x.example>"
            ),
            ("Jüri", "=?utf-8?b?SsO8cmk=?= <m@x.example>"),
            ("Jüri Maasikas-Tamm", "=?utf-8?b?SsO8cmk=?= Maasikas-Tamm <m@x.example>"),
            ("geïnteresseerden", "=?utf-8?q?ge=C3=AFnteresseerden?= <m@x.example>"),
            ("=?utf-8?q?x?=", "=?utf-8?b?PT91dGYtOD9xP3g/PQ==?= <m@x.example>"),
            ("ab\u{200B}c\u{202E}d", "abcd <m@x.example>"),
            ("   ", "m@x.example"),
        ])
    func names(name: String, expected: String) throws {
        #expect(try Self.name(name) == expected)
    }

    @Test(
        "Only the words that need it are encoded, with the spaces between them",
        arguments: [
            ("Hello there", "Hello there"),
            ("", ""),
            (" ", "=?utf-8?q?_?="),
            ("one a  b two", "one =?utf-8?q?a__b?= two"),
            (" a", "=?utf-8?q?_a?="),
            ("a ", "=?utf-8?q?a_?="),
            (
                "120 points, één minute, één day left",
                "120 points, =?utf-8?b?w6nDqW4gbWludXRlLCDDqcOpbg==?= day left"
            ),
            ("a =?utf-8?q?x?= b", "a =?utf-8?b?PT91dGYtOD9xP3g/PQ==?= b"),
            ("x =? y", "x =?utf-8?b?PT8=?= y"),
            ("שלום", "=?utf-8?b?16nXnNeV150=?="),
        ])
    func subjects(text: String, expected: String) throws {
        #expect(try Self.text(text) == expected)
    }

    @Test(
        "A long text is folded at 76 columns, and words are at most 75 octets",
        arguments: 0..<200 as Range<UInt64>)
    func folding(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = Samples.line(&generator, upTo: 60)
        let mailbox = Mailbox(name: Samples.name(&generator), address: try EmailAddress("m@x.example"))
        var headers = Headers()
        try headers.add("Subject", text: text)
        try headers.add("To", mailboxes: [mailbox, mailbox])
        for line in shown(headers.bytes).split(separator: "\n") {
            #expect(line.utf8.count <= 76, "\(line)")
            #expect(line.utf8.contains { $0 != 0x20 })
            for word in line.split(separator: " ") where word.hasPrefix("=?utf-8?") {
                #expect(word.utf8.count <= 75)
                // Each word is text on its own: no code point is split, and no cluster that fits a word.
                let decoded = ParsedMessage(Array("Subject: \(word)\r\n\r\n".utf8)).subject ?? ""
                #expect(!decoded.unicodeScalars.contains("\u{FFFD}"))
                #expect(!decoded.unicodeScalars.contains { _ in decoded.unicodeScalars.first == "\u{200D}" })
            }
        }
    }

    @Test("A flag before plain words stays whole, on the first line")
    func flag() throws {
        // Of England: 28 octets, 84 in Q, which is the shorter form for the letters behind it.
        let flag = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"
        let letters = String(repeating: "x", count: 90) + "é"
        let subject = try Self.text("\(flag) \(letters) \(letters) \(letters)")
        #expect(subject.hasPrefix("=?utf-8?b?8J+PtPOggafzoIGi86CBpfOgga7zoIGn86CBvyB4"), "\(subject)")
        #expect(subject.contains("\n =?utf-8?q?"), "\(subject)")
    }

    @Test("A cluster longer than a word is split between code points")
    func hugeCluster() throws {
        let zalgo = "e" + String(repeating: "\u{0301}", count: 60)
        let message = ParsedMessage(Array("Subject: \(try Self.text(zalgo))\n\n".utf8))
        #expect(message.subject == zalgo)
    }

    @Test(
        "Control characters are refused with the header's name",
        arguments: (Array(0...0x1F) + [0x7F]).map { UInt8($0) })
    func injection(byte: UInt8) throws {
        let text = "A" + String(Unicode.Scalar(byte)) + "Bcc: v@x"
        let expected = HeaderError.controlCharacter(byte, header: "Subject", position: 2)
        #expect(throws: expected) { try Self.text(text) }
        #expect(throws: HeaderError.controlCharacter(byte, header: "To", position: 2)) { try Self.name(text) }
        var headers = Headers()
        #expect(throws: HeaderError.self) { try headers.add("X-Campaign", structured: text) }
        #expect(throws: HeaderError.self) { try headers.add("List-Help", links: [text]) }
        #expect(throws: HeaderError.self) { try headers.addListID("a.example", name: text) }
        #expect(throws: HeaderError.self) { try headers.add("X-A" + text, text: "x") }
        #expect(throws: HeaderError.self) { try MessageID(text, at: "x.example") }
        #expect(throws: HeaderError.self) { try Part.attachment([], type: .octetStream, filename: text) }
        #expect(headers.bytes.isEmpty)
    }

    @Test("Line breaks that only Unicode knows cannot start a line either")
    func unicodeBreaks() throws {
        #expect(try Self.text("a\u{2028}b\u{2029}c\u{85}d") == "abcd")
    }

    @Test(
        "A name cannot pretend to end: every hostile name comes back whole",
        arguments: 0..<300 as Range<UInt64>)
    func hostileNames(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 7_000)
        let names = (0..<3).map { _ in Samples.name(&generator) }
        let address = try EmailAddress("m@x.example")
        var headers = Headers()
        try headers.add("To", mailboxes: names.map { Mailbox(name: $0, address: address) })
        let read = ParsedMessage(headers.bytes + [0x0D, 0x0A])
        #expect(read.to.map(\.name) == names.map { Mailbox(name: $0, address: address).name })
        #expect(read.headers.fields.count == 1)
    }

    @Test("Fields that mail has once are refused twice, and the message's own always")
    func single() throws {
        var headers = Headers()
        try headers.add("Subject", text: "a")
        try headers.add("X-Campaign", text: "a")
        try headers.add("X-Campaign", text: "b")
        #expect(throws: HeaderError.duplicate(header: "subject")) { try headers.add("subject", text: "b") }
        #expect(throws: HeaderError.reserved(header: "Content-Type")) {
            try headers.add("Content-Type", text: "b")
        }
        #expect(throws: HeaderError.badName("A:B")) { try headers.add("A:B", text: "b") }
    }

    @Test("What is refused leaves nothing behind, and a word over the line limit is refused")
    func rollback() throws {
        var headers = Headers()
        let link = "https://x.example/" + String(repeating: "a", count: 1000)
        #expect(throws: HeaderError.tooLong(header: "List-Help")) {
            try headers.add("List-Help", links: [link])
        }
        #expect(throws: HeaderError.badLink(header: "List-Help")) {
            try headers.add("List-Help", links: ["https://x.example", "https://x.example/>,<b"])
        }
        #expect(headers.bytes.isEmpty)
        #expect(!headers.contains("List-Help"))
    }

    @Test("One-click unsubscribing takes https only")
    func unsubscribe() throws {
        var headers = Headers()
        #expect(throws: HeaderError.badLink(header: "List-Unsubscribe")) {
            try headers.addListUnsubscribe(https: "http://x.example")
        }
        try headers.addListUnsubscribe(https: "https://x.example/u")
        #expect(
            shown(headers.bytes)
                == "List-Unsubscribe: <https://x.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"
        )
    }

    @Test("An address outside ASCII is shown as an empty group in a 7-bit header")
    func internationalLocalPart() throws {
        let mailbox = Mailbox(name: "Jüri", address: try EmailAddress("jüri@x.example", smtputf8: true))
        let value = try written("To") { try $0.add("To", mailboxes: [mailbox]) }
        #expect(value == "=?utf-8?b?SsO8cmkgasO8cmlAeC5leGFtcGxl?= :;")
    }
}

@Suite("Dates")
struct MessageDateTests {
    @Test(
        "A date is written and read",
        arguments: [
            (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"),
            (880_127_706, -360, "Fri, 21 Nov 1997 09:55:06 -0600"),
            (1_795_244_400, 120, "Sat, 21 Nov 2026 09:00:00 +0200"),
            (951_782_399, 0, "Mon, 28 Feb 2000 23:59:59 +0000"),
            (951_782_400, 0, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (-1, 0, "Wed, 31 Dec 1969 23:59:59 +0000"),
            (-2_203_891_200, 0, "Thu, 1 Mar 1900 00:00:00 +0000"),
            (4_107_542_400, 345, "Mon, 1 Mar 2100 05:45:00 +0545"),
            (1_767_225_599, -720, "Wed, 31 Dec 2025 11:59:59 -1200"),
        ] as [(Int64, Int, String)])
    func dates(seconds: Int64, offset: Int, expected: String) throws {
        let date = try MessageDate(seconds: seconds, offsetMinutes: offset)
        #expect(date.text == expected)
        #expect(MessageDate(reading: expected) == date)
    }

    @Test(
        "Obsolete dates are read",
        arguments: [
            "21 Nov 97 09:55:06 CST", "Fri, 21 Nov 1997 09:55:06 -0600 (central)",
            "Fri,21 november 1997 15:55:06 GMT",
        ])
    func obsolete(text: String) {
        #expect(MessageDate(reading: text)?.seconds == 880_127_706)
    }

    @Test(
        "What is no date is none",
        arguments: [
            "", "yesterday", "Fri, 31 Feb 1997 09:55:06 +0000", "1 Jan 1997", "1 Jan 1997 25:00 +0000",
            "1 Foo 1997 10:00",
            "99999999999999999999 Jan 1997 10:00:00 +0000", "1 Jan 0000 10:00:00 +9999", ", , ,",
        ])
    func noDate(text: String) {
        #expect(MessageDate(reading: text) == nil)
    }

    @Test(
        "Extreme times are refused and do not overflow",
        arguments: [Int64.min, .max, 253_402_300_800, -2_208_988_801])
    func range(seconds: Int64) {
        #expect(throws: HeaderError.badDate(seconds: seconds, offsetMinutes: 0)) {
            try MessageDate(seconds: seconds)
        }
        #expect(throws: HeaderError.self) { try MessageDate(seconds: 0, offsetMinutes: .min) }
    }
}
