import Crypto
import Testing

@testable import MIME

/// The message of RFC 8463, appendix A, signed with the key given there.
@Suite("The test vector of RFC 8463")
struct DKIMVectorTests {
    static let message = """
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game.  Are you hungry yet?

        Joe.

        """.replacing("\n", with: "\r\n")

    static let signatureField = """
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=
        """.replacing("\n", with: "\r\n")

    @Test("The body hash is the one of the appendix")
    func bodyHash() throws {
        let message = try FinalBytes(checking: Array(Self.message.utf8))
        let fields = try #require(SignedFields(of: message))
        let hash = Array(SHA256.hash(data: RelaxedForm.body(fields.body)))
        #expect(hash == Base64.decode(Array("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=".utf8)))
    }

    @Test("The Ed25519 signature is the one of the appendix, to the last octet")
    func signature() throws {
        let key = try DKIMKey(pem: DKIMSamples.ed25519PEM)
        #expect(key.record.text == "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")

        var signed: [UInt8] = []
        let lines = Self.message.utf8.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false)
        let order = ["From", "To", "Subject", "Date", "Message-ID"]
        for name in order {
            let line = try #require(lines.first { $0.starts(with: (name + ":").utf8) })
            RelaxedForm.append(field: line, to: &signed)
            signed.appendLineBreak()
        }
        RelaxedForm.append(field: Self.signatureField.utf8, to: &signed)
        let signature = try key.signature(of: SHA256.hash(data: signed))
        let expected =
            "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
        #expect(signature == Base64.decode(Array(expected.utf8)))
    }
}
