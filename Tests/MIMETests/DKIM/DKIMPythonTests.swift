import Foundation
import TestSupport
import Testing

@testable import MIME

/// A second opinion: dkimpy verifies what this one signs, and refuses what was changed afterwards.
@Suite("Python's dkim package")
struct DKIMPythonTests {
    /// The first line holds the DNS as JSON; each other line is a message in hexadecimal, for which it
    /// prints one digit a signature.
    static let script = """
        import dkim, json, sys
        records = json.loads(sys.stdin.readline())
        def find(name, timeout=5):
            return records.get(name.decode().rstrip("."), "").encode()
        def check(message, index):
            try:
                return dkim.DKIM(message).verify(idx=index, dnsfunc=find)
            except dkim.DKIMException:
                return False
        for line in sys.stdin:
            message = bytes.fromhex(line.strip())
            print("".join("1" if check(message, index) else "0" for index in (0, 1)))
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
        var lines = [String(decoding: try JSONEncoder().encode(records), as: UTF8.self)]
        var expected: [(digits: String, change: String)] = []
        var generator = SeededGenerator(seed: 6376)
        for _ in 0..<200 {
            let message = try DKIMSamples.newsletter(&generator)
            let signed = SignedText(try signer.sign(message, at: 1_795_244_400).bytes, signatures: 2)
            lines.append(PythonTests.hex(signed.bytes))
            expected.append(("11", "none"))
            for change in SignedText.Harmless.allCases {
                lines.append(PythonTests.hex(signed.changed(change)))
                expected.append(("11", "\(change)"))
            }
            for change in SignedText.Harmful.allCases {
                lines.append(PythonTests.hex(signed.changed(change, &generator)))
                expected.append(("00", "\(change)"))
            }
        }
        let found = try Python.run(Self.script, lines: lines).map { String(decoding: $0, as: UTF8.self) }
        try #require(found.count == expected.count)
        for (index, expected) in expected.enumerated() {
            #expect(found[index] == expected.digits, "message \(index), change: \(expected.change)")
        }
    }
}
