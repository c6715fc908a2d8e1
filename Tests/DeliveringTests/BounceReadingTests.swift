import Model
import TestSupport
import Testing

@testable import Delivering

@Suite("What a message in the bounce mailbox says")
struct BounceReadingTests {
    // MARK: The table of meanings

    /// A failed delivery's status and diagnostic, and what they mean.
    private static let failures: [(status: String?, diagnostic: String?, meaning: BounceMeaning)] = {
        let hard = [
            "5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1", "5.4.1", "5.4.4",
        ]
        let aboutUs = [
            "5.1.7", "5.1.8", "5.2.3", "5.3.4", "5.6.0", "5.6.1", "5.6.3", "5.7.0", "5.7.1", "5.7.26",
            "5.7.509",
        ]
        let soft = [
            "5.1.5", "5.1.9", "5.2.0", "5.2.2", "5.2.4", "5.3.0", "5.3.1", "5.3.2", "5.3.3", "5.3.5", "5.4.0",
            "5.4.2", "5.4.3", "5.4.5", "5.4.6", "5.4.7", "5.5.0", "5.5.2", "5.5.4", "5.5.6", "4.0.0", "4.1.1",
            "4.2.1", "4.2.2", "4.3.0", "4.4.1", "4.4.7", "4.7.1", "5.8.1", "5.0.0",
        ]
        let replies: [(String?, String?, BounceMeaning)] = [
            ("5.0.0", "550 No such user here", .hard), ("5.0.0", "551 User not local", .hard),
            ("5.0.0", "553 mailbox name not allowed", .hard), ("5.0.0", "554 Transaction failed", .soft),
            ("5.0.0", "552 Too much mail data", .soft), ("5.0.0", "550 5.7.1 Message refused", .aboutUs),
            ("5.0.0", "550 5.2.2 Mailbox full", .soft), ("5.0.0", "550-5.1.1 unknown", .hard),
            ("4.0.0", "450 4.2.2 Mailbox full", .soft), ("4.0.0", "550 5.1.1 unknown", .soft),
            ("5.1.1", "550 5.7.1 as it seems", .hard), ("5.2.2", "550 5.1.1 as it seems", .soft),
            (nil, nil, .soft), (nil, "550 User unknown", .hard), (nil, "550 5.1.1 User unknown", .hard),
            (nil, "421 Try again", .soft), (nil, "550 5.7.1 Blocked", .aboutUs), ("rubbish", nil, .soft),
            ("5.1", nil, .soft), ("2.0.0", nil, .noNews), ("2.1.5", "250 ok", .noNews),
        ]
        return hard.map { ($0, nil, .hard) } + aboutUs.map { ($0, nil, .aboutUs) }
            + soft.map { ($0, nil, .soft) }
            + replies
    }()

    @Test("A failed delivery means what its status and reply say", arguments: failures)
    func failed(status: String?, diagnostic: String?, meaning: BounceMeaning) throws {
        let text = ReportSamples.delivery(ReportSamples.recipient("failed", status, diagnostic))
        #expect(try ReportSamples.reading(text).meaning == meaning)
        let loud = text.replacing("Action: failed", with: "action: FAILED").replacing("\n", with: "\r\n")
        #expect(try ReportSamples.reading(loud).meaning == meaning)
    }

    @Test(
        "What did not fail, or does not say so, is no news, whatever status stands there",
        arguments: ["delayed", "delivered", "relayed", "expanded", "failure", ""],
        ["5.1.1", "4.4.1", "2.0.0", nil])
    func otherActions(action: String, status: String?) throws {
        let text = ReportSamples.delivery(ReportSamples.recipient(action, status, "550 5.1.1 unknown"))
        #expect(try ReportSamples.reading(text).meaning == .noNews)
    }

    @Test("Of several recipients behind one address the mildest counts")
    func severalRecipients() throws {
        let hard = ReportSamples.recipient("failed", "5.1.1")
        let cases: [(String, BounceMeaning)] = [
            (ReportSamples.recipient("failed", "5.1.10"), .hard),
            (ReportSamples.recipient("failed", "5.7.1"), .aboutUs),
            (ReportSamples.recipient("failed", "4.2.2"), .soft),
            (ReportSamples.recipient("delayed", "4.4.1"), .noNews),
            (ReportSamples.recipient("relayed", "2.0.0"), .noNews),
        ]
        for (other, meaning) in cases {
            #expect(try ReportSamples.reading(ReportSamples.delivery(hard, other)).meaning == meaning)
            #expect(try ReportSamples.reading(ReportSamples.delivery(other, hard)).meaning == meaning)
        }
        #expect(try ReportSamples.reading(ReportSamples.delivery("X-Nothing: 1")).meaning == .noNews)
    }

    @Test(
        "A complaint means one, unless the reader says it was no spam",
        arguments: [
            ("abuse", .complaint), ("Fraud", .complaint), ("virus", .complaint), ("opt-out", .complaint),
            ("other", .complaint), ("not-spam", .noNews), ("auth-failure", .noNews), ("new-kind", .noNews),
        ] as [(String, BounceMeaning)])
    func complaint(kind: String, meaning: BounceMeaning) throws {
        #expect(try ReportSamples.reading(ReportSamples.complaint(kind)).meaning == meaning)
    }

    @Test(
        "What is no report is a program's or a person's mail",
        arguments: [
            ("Auto-Submitted: auto-replied (vacation)", .noNews), ("Auto-Submitted: auto-generated", .noNews),
            ("X-Autoreply: yes", .noNews), ("Precedence: auto_reply", .noNews),
            ("Auto-Submitted: no", .other),
            ("X-Nothing: 1", .other), ("Precedence: bulk", .other),
        ] as [(String, BounceMeaning)])
    func otherMail(field: String, meaning: BounceMeaning) throws {
        let text = """
            To: bounce+\(ReportSamples.token)@kohv.example
            Subject: Out of office
            \(field)

            I am away. Status: 5.1.1
            Action: failed
            """
        let reading = try ReportSamples.reading(text)
        #expect(reading.meaning == meaning && reading.tokens == [ReportSamples.token])
    }

    @Test("A report that is quoted or attached inside of a message is none")
    func forwarded() throws {
        let bounce = ReportSamples.delivery(ReportSamples.recipient("failed", "5.1.1"))
        let text = "To: bounce+\(ReportSamples.token)@kohv.example\nContent-Type: message/rfc822\n\n\(bounce)"
        #expect(try ReportSamples.reading(text).meaning == .other)
    }

    // MARK: Whom it concerns

    @Test(
        "The token is found in every field that delivery leaves the address in, in whatever case",
        arguments: [
            "Delivered-To: bounce+TOKEN@kohv.example", "X-Original-To: bounce+TOKEN@kohv.example",
            "Envelope-To: <bounce+TOKEN@kohv.example>", "X-Envelope-To: BOUNCE+TOKEN@KOHV.EXAMPLE",
            "To: \"Bounces, all\" <bounce+TOKEN@kohv.example>",
            "to: a@b.example,\n <bounce+TOKEN@kohv.example>",
            "Delivered-To: someone@else.example\nDelivered-To: bounce+TOKEN@kohv.example",
            "X-Delivered-To: bounce+TOKEN@Kohv.Example", "Cc: bounce+TOKEN@kohv.example (comment)",
        ], [false, true])
    func found(field: String, shouts: Bool) throws {
        let token = shouts ? ReportSamples.token.uppercased() : ReportSamples.token
        let text = ReportSamples.delivery(
            ReportSamples.recipient("failed", "5.1.1"), to: field.replacing("TOKEN", with: token))
        #expect(try ReportSamples.reading(text).tokens.map { $0.lowercased() } == [ReportSamples.token])
    }

    @Test(
        "No other address and no other place names anybody",
        arguments: [
            "To: kadri@shop.example", "To: bounce@kohv.example", "To: bounce+@kohv.example",
            "To: bounce+TOKEN@other.example", "To: bounces+TOKEN@kohv.example",
            "Subject: bounce+TOKEN@kohv.example",
            "From: bounce+TOKEN@kohv.example", "Reply-To: bounce+TOKEN@kohv.example",
            "To: bounce+TOKEN@kohv.example.evil.example", "To: bounce+TO KEN@kohv.example",
        ])
    func notFound(field: String) throws {
        let text = ReportSamples.delivery(
            ReportSamples.recipient("failed", "5.1.1", nil, "bounce+\(ReportSamples.token)@kohv.example"),
            to: field.replacing("TOKEN", with: ReportSamples.token))
        #expect(try ReportSamples.reading(text).tokens == [])
    }

    @Test("A complaint's token stands in what is complained of")
    func complaintToken() throws {
        #expect(try ReportSamples.reading(ReportSamples.complaint("abuse")).tokens == [ReportSamples.token])
        let address = "bounce+\(ReportSamples.token)@kohv.example"
        for header in [
            "Return-Path: <\(address)>",
            "List-Unsubscribe: <https://x.example/>,\n <mailto:\(address)?subject=x>",
        ] {
            let text = ReportSamples.complaint("abuse", sender: nil, original: header)
            #expect(try ReportSamples.reading(text).tokens == [ReportSamples.token], "\(header)")
        }
        let without = ReportSamples.complaint("abuse", sender: nil)
        #expect(try ReportSamples.reading(without).tokens == [])
    }

    @Test("Thousands of addresses in a field cost no more than a few")
    func manyAddresses() throws {
        let list = (1...5_000).map { "bounce+a\($0)@kohv.example" }.joined(separator: ",\n ")
        let text = ReportSamples.delivery(ReportSamples.recipient("failed", "5.1.1"), to: "To: \(list)")
        #expect(try ReportSamples.reading(text).tokens.count == 20)
    }

    @Test(
        "Addresses are looked for in the first 16,384 bytes of all fields, and no further",
        arguments: [("To", 1), ("To", 300), ("Delivered-To", 300)])
    func boundedAddresses(field: String, count: Int) throws {
        let address = "bounce+\(ReportSamples.token)@kohv.example"
        let found = try [0, 1].map { excess in
            let room = BounceReading.mostAddressBytes - address.utf8.count + excess
            // Of each field its padding and the break behind it count.
            let padding = Array(repeating: room / count - 1, count: count - 1)
            let last = room - padding.reduce(0) { $0 + $1 + 1 }
            let fields = padding.map { "\(field): " + String(repeating: ",", count: $0) + "\n" }
            let text =
                fields.joined() + "\(field): " + String(repeating: ",", count: last) + address
                + "\nSubject: unsubscribe\n\n"
            return try ReportSamples.reading(text).tokens.count
        }
        #expect(found == [1, 0])
    }

    // MARK: What is kept of it

    @Test("A report has one identity, however its lines end, and no other report has it")
    func identity() throws {
        let text = ReportSamples.delivery(ReportSamples.recipient("failed", "5.1.1"))
        let first = try ReportSamples.reading(text).report
        #expect(first.utf8.count == 64 && first.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
        #expect(try ReportSamples.reading(text.replacing("\n", with: "\r\n")).report == first)
        #expect(try ReportSamples.reading(text + " ").report != first)
        #expect(try ReportSamples.reading(text + "\r").report != first)
    }

    @Test("The words that are kept have no address, no line break and an end")
    func words() throws {
        let diagnostic = """
            550 5.1.1 <kadri@shop.example>: kadri unknown,
              forwarded by mari.tamm@post.example for Juri
            """ + String(repeating: " x", count: 1_000)
        let text = ReportSamples.delivery(ReportSamples.recipient("failed", "5.1.1", diagnostic))
        let reading = try ReportSamples.reading(text)
        let reply = reading.reply(hiding: "juri@post.example")
        for word in ["kadri", "juri", "mari", "@", "\n"] {
            #expect(!reply.lowercased().contains(word), "\(word)")
        }
        #expect(reply.hasPrefix("550 5.1.1 <[address]>: [address] unknown") && reply.utf8.count <= 500)
        #expect(reading.status?.description == "5.1.1")
        #expect(reading.date == Timestamp(seconds: 1_795_417_200))
        #expect(
            try ReportSamples.reading(ReportSamples.complaint("abuse")).reply(hiding: "a@b.example")
                == "feedback: abuse")
    }

    @Test("Whatever bytes come, reading ends and finds no token that is not there")
    func arbitrary() throws {
        var generator = SeededGenerator(seed: 11)
        let sample = Array(ReportSamples.delivery(ReportSamples.recipient("failed", "5.1.1")).utf8)
        for _ in 0..<500 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...40, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: place)
                }
            }
            let reading = BounceReading(bytes, verp: try ReportSamples.verp())
            #expect(
                reading.tokens.count <= 1 && reading.reply(hiding: "kadri@shop.example").utf8.count <= 510)
        }
    }
}
