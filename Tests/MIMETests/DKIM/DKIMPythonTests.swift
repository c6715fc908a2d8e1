import Foundation
import TestSupport
import Testing

@testable import MIME

/// A second opinion: dkimpy verifies what this one signs, and refuses what was changed afterwards.
@Suite("Python's dkim package")
struct DKIMPythonTests {
    /// The first line holds the DNS as JSON; each other line is a message in base64. It answers with
    /// one digit a signature; to the first line, with none.
    static let script = """
        import base64, dkim, json, sys
        records = json.loads(sys.stdin.readline())
        print(flush=True)
        def find(name, timeout=5):
            return records.get(name.decode().rstrip("."), "").encode()
        def check(message, index):
            try:
                return dkim.DKIM(message).verify(idx=index, dnsfunc=find)
            except dkim.DKIMException:
                return False
        for line in sys.stdin:
            message = base64.b64decode(line)
            print("".join("1" if check(message, index) else "0" for index in (0, 1)), flush=True)
        """

    @Test(
        "It verifies both signatures, also after harmless changes, and neither after any other",
        .enabled(if: Python.has("dkim"), "python3-dkim is not installed"))
    func agrees() throws {
        let signer = try DKIMSamples.signer()
        let records = [
            "boon1._domainkey.kuldnekohv.example": try DKIMSamples.rsa.get().record.text,
            "boon2._domainkey.kuldnekohv.example": try DKIMKey(pem: DKIMSamples.ed25519PEM).record.text,
        ]
        let script = try PythonScript(Self.script)
        _ = try script.answer(to: String(decoding: try JSONEncoder().encode(records), as: UTF8.self))
        func digits(_ message: [UInt8]) throws -> String {
            String(decoding: try script.answer(to: Data(message).base64EncodedString()), as: UTF8.self)
        }
        var generator = SeededGenerator(seed: 6376)
        for index in 0..<Samples.count(200) {
            let message = try DKIMSamples.newsletter(&generator)
            let signed = SignedText(try signer.sign(message, at: 1_795_244_400).bytes, signatures: 2)
            #expect(try digits(signed.bytes) == "11", "message \(index)")
            for change in SignedText.Harmless.allCases {
                #expect(try digits(signed.changed(change)) == "11", "message \(index), change: \(change)")
            }
            for change in SignedText.Harmful.allCases {
                let changed = signed.changed(change, &generator)
                #expect(try digits(changed) == "00", "message \(index), change: \(change)")
            }
        }
    }
}
