import MIME
import Testing

@Suite("Messages")
struct MessageTests {
    static func headers(subject: String = "Hello", name: String? = nil) throws -> Headers {
        var headers = Headers()
        try headers.add("From", mailboxes: [Mailbox(parsing: "Kuldne Kohv <tere@kuldnekohv.example>")])
        try headers.add("To", mailboxes: [Mailbox(name: name, address: EmailAddress("mari@example.com"))])
        try headers.add("Subject", text: subject)
        try headers.add("Date", date: MessageDate(seconds: 1_795_244_400, offsetMinutes: 120))
        try headers.add("Message-ID", ids: MessageID("november-thanks.c-1042", at: "kuldnekohv.example"))
        return headers
    }

    @Test("The same message gives the same bytes, text first")
    func golden() throws {
        var headers = try Self.headers(subject: "Tere, Õnne! 120 punkti ootavad", name: "Jüri Õun")
        try headers.addListID("offers.kuldnekohv.example", name: "Offers")
        try headers.addListUnsubscribe(
            https: "https://news.kuldnekohv.example/u/abc",
            mailto: "mailto:bounce@kuldnekohv.example?subject=u-abc")
        let message = Message(
            headers: headers,
            body: .alternative(.text("Tere Kuldsest Kohvist\n.\nÕnne"), .html("<p>שלום שלום שלום</p>")))
        let expected = """
            From: Kuldne Kohv <tere@kuldnekohv.example>
            To: =?utf-8?b?SsO8cmkgw5V1bg==?= <mari@example.com>
            Subject: Tere, =?utf-8?b?w5VubmUh?= 120 punkti ootavad
            Date: Sat, 21 Nov 2026 09:00:00 +0200
            Message-ID: <november-thanks.c-1042@kuldnekohv.example>
            List-Id: Offers <offers.kuldnekohv.example>
            List-Unsubscribe: <https://news.kuldnekohv.example/u/abc>,
             <mailto:bounce@kuldnekohv.example?subject=u-abc>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_BOUNDARY.1."

            --=_BOUNDARY.1.
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Tere Kuldsest Kohvist
            =2E
            =C3=95nne
            --=_BOUNDARY.1.
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHA+16nXnNeV150g16nXnNeV150g16nXnNeV1508L3A+

            --=_BOUNDARY.1.--

            """
        let bytes = try message.serialized().bytes
        #expect(try message.serialized().bytes == bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        let boundary = try #require(text.firstRange(of: "=_")).upperBound
        let shown = text.split(separator: text[boundary...].prefix(16), omittingEmptySubsequences: false)
            .joined(separator: "BOUNDARY")
        #expect(
            shown.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
                == expected)
    }
}
