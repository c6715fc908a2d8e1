import MIME
import Testing

@Suite("Bytes for the wire")
struct FinalBytesTests {
    static let head = "From: a@x.example\r\nSubject: x\r\n y\r\n\r\n"

    @Test("A message of fields, an empty line and lines passes")
    func passes() throws {
        let bytes = Array((Self.head + "text\r\n\r\n" + String(repeating: "x", count: 998) + "\r\n").utf8)
        #expect(try FinalBytes(checking: bytes).bytes == bytes)
        #expect(throws: Never.self) { try FinalBytes(checking: Array(Self.head.utf8)) }
    }

    @Test(
        "What may not go on the wire is refused",
        arguments: [
            (head + "a\n.\nMAIL FROM:<e@x>\r\n", WireFault.bareBreak(offset: 38)),
            (head + "a\r.\r\n", .bareBreak(offset: 38)),
            (head + "a\r\n\r", .bareBreak(offset: 40)),
            (head + "no break at the end", .bareBreak(offset: 56)),
            (head + "a\0\r\n", .badByte(0, offset: 38)),
            (head + "õ\r\n", .badByte(0xC3, offset: 37)),
            (head + String(repeating: "x", count: 999) + "\r\n", .longLine(offset: 37)),
            ("From: a@x.example\r\n", .noBody),
            ("", .noBody),
            ("\r\nx\r\n", .badHeader(offset: 0)),
            (" folded\r\n\r\n", .badHeader(offset: 0)),
            ("A: b\r\n \r\n\r\n", .badHeader(offset: 6)),
            ("A: b\r\nno field\r\n\r\n", .badHeader(offset: 6)),
            ("A: b\r\nB : c\r\n\r\n", .badHeader(offset: 6)),
            ("A: b\r\n: c\r\n\r\n", .badHeader(offset: 6)),
        ])
    func refuses(text: String, expected: WireFault) {
        #expect(throws: expected) { try FinalBytes(checking: Array(text.utf8)) }
    }

    @Test(
        "Smuggling: a body with bare breaks and a lone dot leaves as one message",
        arguments: [
            "a\n.\nMAIL FROM:<e@x>", "a\r.\rMAIL FROM:<e@x>", "a\r\n.\r\nMAIL FROM:<e@x>", "\n.\n", ".\r\n",
        ])
    func smuggling(body: String) throws {
        let message = Message(headers: try MessageTests.headers(), body: .text(body))
        let bytes = try message.serialized().bytes
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.dropLast().allSatisfy { $0.last == 0x0D })
        #expect(!bytes.split(separator: 0x0A).contains { $0.first == 0x2E })
    }
}
