import MIME
import TestSupport
import Testing

@Suite("Transfer encodings")
struct EncodingTests {
    static func quoted(_ text: String) -> String {
        String(decoding: QuotedPrintable.encode(Array(text.utf8)), as: UTF8.self)
    }

    @Test(
        "Quoted-printable encodes what must be and nothing else",
        arguments: [
            ("", ""),
            ("a=b", "a=3Db"),
            ("õ", "=C3=B5"),
            ("a \nb\t\nc ", "a=20\r\nb=09\r\nc=20"),
            ("a\r\nb\rc\nd", "a\r\nb\r\nc\r\nd"),
            ("\n\n", "\r\n\r\n"),
            ("\r\r\n\n", "\r\n\r\n\r\n"),
            (".\n..\na.", "=2E\r\n=2E.\r\na."),
            ("From x\nFromx\n From x", "=46rom x\r\nFromx\r\n From x"),
            ("\0\u{1}\u{7F}~", "=00=01=7F~"),
            ("a\tb", "a\tb"),
        ])
    func examples(text: String, expected: String) {
        #expect(Self.quoted(text) == expected)
    }

    @Test("Lines break softly after 75 columns at most, never inside an escape", arguments: 60...90)
    func softBreaks(length: Int) {
        for tail in ["", " ", "=", "õ", ".", " \n", "  \nx"] {
            let text = String(repeating: "x", count: length) + tail
            let encoded = QuotedPrintable.encode(Array(text.utf8))
            for line in shown(encoded).split(separator: "\n") {
                #expect(line.utf8.count <= 76)
                #expect(line.last?.isWhitespace == false)
            }
            #expect(shown(QuotedPrintable.decode(encoded)) == text)
        }
    }

    @Test("A dot that a soft break would put first on a line is encoded")
    func dotAfterSoftBreak() {
        let text = String(repeating: "x", count: 75) + ".\n"
        #expect(Self.quoted(text) == String(repeating: "x", count: 75) + "=\r\n=2E\r\n")
    }

    @Test(
        "Any bytes fit into the room that was made for them and come back",
        arguments: 0..<300 as Range<UInt64>)
    func anyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabets: [[UInt8]] = [
            Array(0...255), [0x20, 0x0A], [0x2E, 0x0A], [0x2E], [0x20, 0x78], [0x0D, 0x0A, 0x20],
            Array(0x20...0x7E),
        ]
        let alphabet = alphabets[Int(seed) % alphabets.count]
        let bytes = (0..<Int.random(in: 0...2000, using: &generator)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        }
        let encoded = QuotedPrintable.encode(bytes)
        #expect(encoded.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0x0D || $0 == 0x0A || $0 == 0x09) })
        #expect(encoded.split(separator: 0x0A).allSatisfy { $0.count <= 77 && $0.first != 0x2E })
        #expect(QuotedPrintable.decode(encoded) == Self.canonical(bytes))
        #expect(Base64.decode(Base64.encodeLines(bytes)) == bytes)
    }

    /// The plain way to say it: every break is CRLF.
    static func canonical(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A, index > 0, bytes[index - 1] == 0x0D { continue }
            result += byte == 0x0A || byte == 0x0D ? [0x0D, 0x0A] : [byte]
        }
        return result
    }

    @Test(
        "Base64 gives the examples of RFC 4648",
        arguments: [
            ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, expected: String) {
        #expect(shown(Base64.encodeLines(Array(text.utf8))) == expected + "\n")
    }

    @Test("Base64 lines have 76 columns")
    func base64Lines() {
        #expect(Base64.encodeLines([]).isEmpty)
        let lines = shown(Base64.encodeLines(Array(repeating: 0xFF, count: 115))).split(separator: "\n")
        #expect(lines.map(\.utf8.count) == [76, 76, 4])
    }

    @Test(
        "What others wrote is decoded leniently",
        arguments: [
            ("a=\r\nb=\nc= \t\nd", "abcd"),
            ("a \t\r\nb  ", "a\r\nb"),
            ("=3d=3D", "=="),
            ("=", ""),
            ("=4", "=4"),
            ("=XY=C3=B5", "=XYõ"),
            ("a=\rb", "a=\rb"),
        ])
    func lenient(text: String, expected: String) {
        #expect(String(decoding: QuotedPrintable.decode(Array(text.utf8)), as: UTF8.self) == expected)
    }
}
