import TestSupport

@testable import MIME

/// Keys and messages to sign.
enum DKIMSamples {
    /// The Ed25519 key of RFC 8463, appendix A.
    static let ed25519PEM = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----

        """

    /// A key that all tests share, since making one takes a while.
    static let rsa = Result { () throws(DKIMError) in try DKIMKey(generating: .rsa) }

    static func signer(second: Bool = true) throws -> DKIMSigner {
        let ed25519 = try DKIMKey(pem: ed25519PEM)
        return try DKIMSigner(
            domain: "kuldnekohv.example", selector: "boon1", key: rsa.get(),
            second: second ? ("boon2", ed25519) : nil)
    }

    /// A newsletter with all fields that one has.
    static func newsletter(_ generator: inout SeededGenerator) throws -> FinalBytes {
        let sample = RoundTripTests.sample(&generator)
        var message = try RoundTripTests.message(sample)
        try message.headers.addListID("offers.kuldnekohv.example", name: "Offers")
        try message.headers.addListUnsubscribe(
            https: "https://news.kuldnekohv.example/u/abc", mailto: "mailto:bounce@kuldnekohv.example")
        try message.headers.add("Feedback-ID", structured: "november-thanks:kuldnekohv:boon")
        if Bool.random(using: &generator) {
            try message.headers.add("Reply-To", mailboxes: [Mailbox(parsing: "abi@kuldnekohv.example")])
        }
        if Bool.random(using: &generator) { message.body = .text(sample.text + "\nTere\n") }
        return try message.serialized()
    }
}
