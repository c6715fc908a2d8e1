import Foundation
import Synchronization
import Testing

@testable import MIME

@Suite("DKIM signatures")
struct DKIMSignerTests {
    /// The first field of a signed message, unfolded, without blanks in its lists and values.
    private func tags(_ message: FinalBytes, field index: Int = 0) throws -> [String: String] {
        let fields = ParsedMessage(message.bytes).headers.fields.filter { $0.name == "DKIM-Signature" }
        try #require(index < fields.count)
        let text = String(decoding: fields[index].bytes.filter { !$0.isBlank }, as: UTF8.self)
        let pairs = text.split(separator: ";").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0.last ?? "")) })
    }

    private func message() throws -> FinalBytes {
        var message = Message(headers: try MessageTests.headers(), body: .text("Tere\n"))
        try message.headers.addListUnsubscribe(https: "https://news.kuldnekohv.example/u/abc")
        try message.headers.add("Feedback-ID", structured: "a:b:c")
        try message.headers.add("X-Campaign", text: "november-thanks")
        return try message.serialized()
    }

    @Test("A signature looks the same each time, folded at 76 columns")
    func golden() throws {
        let signer = try DKIMSigner(
            domain: "Kuldnekohv.example", selector: "Boon2", key: DKIMKey(pem: DKIMSamples.ed25519PEM))
        let message = try message()
        let signed = try signer.sign(message, at: 1_795_244_400)
        let expected = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=kuldnekohv.example; s=boon2; t=1795244400; h=from:from:subject:subject:
             date:date:to:to:message-id:message-id:reply-to:mime-version:mime-version:
             content-type:content-type:list-unsubscribe:list-unsubscribe:
             list-unsubscribe-post:list-unsubscribe-post:feedback-id:feedback-id:
             content-transfer-encoding:content-transfer-encoding;
             bh=cM5rwxSeM1h8bZu6+yv60bNgVEUNRGqrA4Pp5+bIFTI=; b=MK0dX4pnoEEc6OpNL/duGiDo
             DbpgL8Z2N4wdnbvCUb7nakDx736u4sd1kn+z5TSOc6Xuqw2tQ14JxBC8p/xGAg==

            """
        let field = Array(signed.bytes.dropLast(message.bytes.count))
        #expect(shown(field) == expected)
        #expect(try signer.sign(message, at: 1_795_244_400) == signed)
        #expect(Array(signed.bytes.suffix(message.bytes.count)) == message.bytes)
    }

    @Test("Each signed field is listed once more than it is there, X- fields are not signed")
    func coverage() throws {
        let signed = try DKIMSamples.signer().sign(message(), at: 1)
        let names = try #require(try tags(signed)["h"]).split(separator: ":").map(String.init)
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(
            counts == [
                "from": 2, "subject": 2, "date": 2, "to": 2, "message-id": 2, "reply-to": 1,
                "mime-version": 2, "content-type": 2, "content-transfer-encoding": 2, "list-unsubscribe": 2,
                "list-unsubscribe-post": 2, "feedback-id": 2,
            ])
        #expect(try tags(signed)["l"] == nil)
    }

    @Test("Two signatures share the body hash and the signed fields")
    func second() throws {
        let signed = try DKIMSamples.signer().sign(message(), at: 1)
        let first = try tags(signed, field: 0)
        let second = try tags(signed, field: 1)
        #expect(first["a"] == "rsa-sha256" && second["a"] == "ed25519-sha256")
        #expect(first["s"] == "boon1" && second["s"] == "boon2")
        #expect(first["bh"] == second["bh"] && first["h"] == second["h"])
        #expect(first["b"]?.utf8.count == 344 && second["b"]?.utf8.count == 88)
    }

    @Test("Lines stay within 78 octets, also with the longest names")
    func folding() throws {
        let domain = String(repeating: "kuldnekohv.", count: 5) + "example"
        let signer = try DKIMSigner(domain: domain, selector: "november.2026", key: DKIMSamples.rsa.get())
        let signed = try signer.sign(message(), at: 253_402_300_799)
        for line in shown(signed.bytes).split(separator: "\n") { #expect(line.utf8.count <= 78) }
    }

    @Test("A message without From is not signed")
    func noFrom() throws {
        let message = try FinalBytes(checking: Array("To: a@b.example\r\n\r\n".utf8))
        #expect(throws: DKIMError.noFrom) { try DKIMSamples.signer().sign(message, at: 1) }
    }

    @Test("A message without a body is signed")
    func noBody() throws {
        let message = try FinalBytes(checking: Array("From: a@b.example\r\n\r\n".utf8))
        let signed = try DKIMSamples.signer().sign(message, at: 1)
        // The hash of nothing.
        #expect(try tags(signed)["bh"] == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test("Two keys under one selector are refused")
    func sameSelector() throws {
        let key = try DKIMKey(pem: DKIMSamples.ed25519PEM)
        #expect(throws: DKIMError.sameSelector("boon1")) {
            try DKIMSigner(domain: "shop.example", selector: "boon1", key: key, second: ("BOON1", key))
        }
    }

    @Test("Many threads sign with one signer and get the same bytes")
    func threads() throws {
        let signer = try DKIMSamples.signer()
        let message = try message()
        let expected = try signer.sign(message, at: 1)
        let results = Results()
        DispatchQueue.concurrentPerform(iterations: 64) { _ in
            results.add((try? signer.sign(message, at: 1)) == expected)
        }
        #expect(results.good == 64)
    }

    /// Counts what many threads found.
    private final class Results: Sendable {
        private let count = Mutex(0)
        var good: Int { count.withLock { $0 } }
        func add(_ isGood: Bool) { if isGood { count.withLock { $0 += 1 } } }
    }
}
