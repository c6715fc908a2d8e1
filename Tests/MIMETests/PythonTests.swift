import Foundation
import MIME
import TestSupport
import Testing

/// A second opinion: Python's `email` package reads what this one writes.
@Suite("Python's email package")
struct PythonTests {
    /// Reads messages and prints what it found, one JSON object a line. Both sides use hexadecimal, so
    /// that no line break gets in between.
    static let script = """
        import email, email.policy, json, sys
        def defects(part):
            found = [repr(d) for d in part.defects]
            for name, value in part.items():
                found += [name + ": " + repr(d) for d in getattr(value, "defects", [])]
            for child in part.iter_parts() if part.is_multipart() else []:
                found += defects(child)
            return found
        for line in sys.stdin:
            message = email.message_from_bytes(bytes.fromhex(line.strip()), policy=email.policy.SMTP)
            body = lambda kind: message.get_body((kind,)).get_content().encode().hex()
            file = next(message.iter_attachments())
            print(json.dumps({
                "defects": defects(message),
                "subject": str(message["Subject"]).encode().hex(),
                "name": message["To"].addresses[0].display_name.encode().hex(),
                "address": message["To"].addresses[0].addr_spec,
                "text": body("plain"), "html": body("html"),
                "filename": file.get_filename().encode().hex(), "file": file.get_content().hex(),
            }))
        """

    struct Reading: Decodable {
        var defects: [String]
        var subject, name, address, text, html, filename, file: String
    }

    @Test(
        "It finds no defect and reads the same subject, name, texts and file",
        .enabled(if: Python.path != nil, "python3 is not installed"))
    func agrees() throws {
        var generator = SeededGenerator(seed: 42)
        let samples = (0..<300).map { _ in RoundTripTests.sample(&generator) }
        let lines = try samples.map { Self.hex(try RoundTripTests.message($0).serialized().bytes) }
        let readings = try Python.run(Self.script, lines: lines).map {
            try JSONDecoder().decode(Reading.self, from: $0)
        }
        try #require(readings.count == samples.count)
        for (sample, reading) in zip(samples, readings) {
            #expect(reading.defects.isEmpty)
            #expect(reading.subject == Self.hex(sample.subject.utf8))
            // Until 3.13 it shows a space between the encoded words of a name (CPython issue 128110).
            #expect(Self.without("20", reading.name) == Self.without("20", Self.hex(sample.name.utf8)))
            #expect(reading.address == "mari@example.com")
            #expect(Self.without("0d", reading.text) == Self.hex(sample.text.utf8))
            #expect(Self.without("0d", reading.html) == Self.hex(sample.html.utf8))
            #expect(reading.filename == Self.hex(sample.filename.utf8))
            #expect(reading.file == Self.hex(sample.text.utf8))
        }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Hexadecimal digits without those of one byte.
    static func without(_ pair: String, _ hex: String) -> String {
        let digits = Array(hex.utf8)
        let pairs = stride(from: 0, to: digits.count, by: 2).map {
            String(decoding: digits[$0..<$0 + 2], as: UTF8.self)
        }
        return pairs.filter { $0 != pair }.joined()
    }
}
