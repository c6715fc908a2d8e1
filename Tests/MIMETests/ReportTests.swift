import MIME
import Testing

@Suite("Reports")
struct ReportTests {
    /// After RFC 3464, appendix E.2.
    static let bounce = """
        Date: Fri, 8 Jul 1994 09:21:47 -0400
        From: Mail Delivery Subsystem <MAILER-DAEMON@x.example>
        To: bounce+r1-c7@kuldnekohv.example
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
              boundary="JAA13167.773673707/X.EXAMPLE"

        --JAA13167.773673707/X.EXAMPLE
        content-type: text/plain; charset=us-ascii

          ----- The following addresses had delivery problems -----
        --JAA13167.773673707/X.EXAMPLE
        content-type: message/delivery-status

        Reporting-MTA: dns; relay.x.example

        Original-Recipient: rfc822;mari@y.example
        Final-Recipient: RFC822; mari@y.example
        Action: Failed
        Status: 4.0.0
        Diagnostic-Code: smtp; 426 connection timed
          out
        Remote-MTA: dns; mx.y.example

        Final-Recipient: rfc822; juri@y.example
        Action: delayed
        Diagnostic-Code: smtp; 550-5.1.1 no such
         user 192.0.2.1

        --JAA13167.773673707/X.EXAMPLE
        content-type: message/rfc822

        Message-ID: <r1.c7@kuldnekohv.example>
        Subject: =?utf-8?q?=C3=B5?=

        text
        --JAA13167.773673707/X.EXAMPLE--
        """

    @Test(
        "A delivery report tells what became of each recipient",
        arguments: [bounce, bounce.replacing("\n", with: "\r\n")])
    func delivery(text: String) throws {
        let report = try #require(DeliveryReport(ParsedMessage(Array(text.utf8))))
        #expect(report.reportingRelay == "relay.x.example")
        #expect(report.recipients.map(\.address) == ["mari@y.example", "juri@y.example"])
        #expect(report.recipients.map(\.action) == [.failed, .delayed])
        #expect(report.recipients.map(\.status?.description) == ["4.0.0", "5.1.1"])
        #expect(report.recipients.map(\.remoteRelay) == ["mx.y.example", nil])
        #expect(report.recipients.first?.diagnostic == "426 connection timed  out")
        #expect(report.original?.messageID == "r1.c7@kuldnekohv.example")
        #expect(report.original?.text("Subject") == "õ")
    }

    @Test("A complaint tells its kind and the message it is about")
    func complaint() throws {
        let text = """
            Content-Type: multipart/report; report-type=feedback-report; boundary="b"

            --b

            This is an email abuse report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: Abuse
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Mail-From: <bounce+r1-c7@kuldnekohv.example>
            Original-Rcpt-To: <mari@y.example>
            Original-Rcpt-To: <juri@y.example>

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <r1.c7@kuldnekohv.example>
            --b--
            """
        let message = ParsedMessage(Array(text.utf8))
        let report = try #require(Complaint(message))
        #expect(report.kind == "abuse")
        #expect(report.userAgent == "SomeGenerator/1.0")
        #expect(report.originalSender == "bounce+r1-c7@kuldnekohv.example")
        #expect(report.originalRecipients == ["mari@y.example", "juri@y.example"])
        #expect(report.original?.messageID == "r1.c7@kuldnekohv.example")
        #expect(DeliveryReport(message) == nil)
    }

    @Test("A report inside a forwarded message, and ordinary mail, are no reports")
    func noReport() {
        let forwarded = "Content-Type: message/rfc822\n\n" + Self.bounce
        #expect(DeliveryReport(ParsedMessage(Array(forwarded.utf8))) == nil)
        #expect(DeliveryReport(ParsedMessage(Array("Subject: x\n\nStatus: 5.1.1".utf8))) == nil)
        #expect(Complaint(ParsedMessage(Array(Self.bounce.utf8))) == nil)
    }

    @Test(
        "Rubbish between the fields of a report ends",
        arguments: ["rubbish", "rubbish\nrubbish\n\nAction: failed\n", "\n\n\n", " \n x", ":\n:\n"])
    func rubbish(body: String) {
        let report = DeliveryReport(
            ParsedMessage(Array("Content-Type: message/delivery-status\n\n\(body)".utf8)))
        #expect((report?.recipients.count ?? 9) <= 1)
    }

    @Test(
        "A status code is found in a reply, and an address of numbers is none",
        arguments: [
            ("550 5.1.1 no such user", "5.1.1"), ("550-5.7.26 x", "5.7.26"), ("5.1.10 (gone)", "5.1.10"),
            ("from 192.0.2.1: 4.2.2", "4.2.2"),
            ("550 no", nil), ("3.1.1", nil), ("5.1.1.1", nil), ("5.99999.1", nil),
        ] as [(String, String?)])
    func status(text: String, expected: String?) {
        #expect(EnhancedStatus(in: text)?.description == expected)
    }
}
