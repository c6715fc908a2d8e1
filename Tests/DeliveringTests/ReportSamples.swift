import MIME

@testable import Delivering

/// Reports as mail servers send them, written for one case each.
enum ReportSamples {
    static let token = "abcdefgh234567abcdefgh234567abcd"

    static func verp() throws -> VERP {
        VERP(base: try EmailAddress("bounce@kohv.example"))
    }

    static func reading(_ text: String) throws -> BounceReading {
        BounceReading(Array(text.utf8), verp: try verp())
    }

    /// A delivery report (RFC 3464) on the recipients whose fields are given.
    static func delivery(
        _ recipients: String..., to header: String = "To: bounce+\(token)@kohv.example",
        more: String = "Auto-Submitted: auto-replied"
    ) -> String {
        """
        Return-Path: <>
        Date: Mon, 23 Nov 2026 09:00:00 +0200
        From: Mail Delivery System <MAILER-DAEMON@mx.example>
        \(header)
        \(more)
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

        --b/1
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.
        --b/1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        \(recipients.joined(separator: "\n\n"))

        --b/1
        Content-Type: message/rfc822

        Return-Path: <bounce+zzzzzzzz234567abcdefgh234567abcd@kohv.example>
        Message-ID: <letter.1@kohv.example>
        Subject: Hello

        text
        --b/1--
        """
    }

    /// The fields of one recipient.
    static func recipient(
        _ action: String, _ status: String?, _ diagnostic: String? = nil,
        _ address: String = "kadri@shop.example"
    ) -> String {
        var fields = ["Final-Recipient: rfc822; \(address)", "Action: \(action)"]
        if let status { fields.append("Status: \(status)") }
        if let diagnostic { fields.append("Diagnostic-Code: smtp; \(diagnostic)") }
        return fields.joined(separator: "\n")
    }

    /// A complaint (RFC 5965), sent to whatever address the provider was told.
    static func complaint(
        _ kind: String, sender: String? = "bounce+\(token)@kohv.example",
        original: String = "Message-ID: <letter.1@kohv.example>"
    ) -> String {
        """
        Date: Mon, 23 Nov 2026 09:00:00 +0200
        From: <feedback@provider.example>
        To: <abuse-desk@kohv.example>
        Subject: FW: Hello
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b

        This is an abuse report.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: \(kind)
        User-Agent: Feedback/1.0
        Version: 1\(sender.map { "\nOriginal-Mail-From: <\($0)>" } ?? "")
        Original-Rcpt-To: <kadri@shop.example>

        --b
        Content-Type: text/rfc822-headers

        \(original)
        --b--
        """
    }
}
