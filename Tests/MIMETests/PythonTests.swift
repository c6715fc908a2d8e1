import Foundation
import MIME
import TestSupport
import Testing

/// A second opinion: Python's `email` package reads what this one writes.
@Suite("Python's email package")
struct PythonTests {
    /// Reads messages and prints what it found, one JSON object a line. Both sides use base64, so that no line
    /// break gets in between. What is wrong with the lines themselves it finds in the bytes, before parsing.
    static let script = """
        import base64, email, email.policy, json, sys
        def wire(message):
            lines = message.split(b"\\r\\n")
            found = ["a line of %d octets" % len(line) for line in lines if len(line) > 998]
            return found + ["a bare CR or LF" for line in lines if b"\\r" in line or b"\\n" in line]
        def defects(part):
            found = [repr(d) for d in part.defects]
            for name, value in part.items():
                found += [name + ": " + repr(d) for d in getattr(value, "defects", [])]
            for child in part.iter_parts() if part.is_multipart() else []:
                found += defects(child)
            return found
        for line in sys.stdin:
            octets = base64.b64decode(line)
            message = email.message_from_bytes(octets, policy=email.policy.SMTP)
            body = lambda kind: message.get_body((kind,)).get_content().replace("\\r\\n", "\\n")
            file = next(message.iter_attachments())
            print(json.dumps({
                "defects": wire(octets) + defects(message),
                "subject": str(message["Subject"]),
                "name": message["To"].addresses[0].display_name,
                "address": message["To"].addresses[0].addr_spec,
                "text": body("plain"), "html": body("html"),
                "filename": file.get_filename(),
                "file": base64.b64encode(file.get_content()).decode(),
            }), flush=True)
        """

    struct Reading: Decodable {
        var defects: [String]
        var subject, name, address, text, html, filename: String
        var file: Data
    }

    @Test(
        "It finds no defect and reads the same subject, name, texts and file",
        .enabled(if: Python.executable != nil, "python3 is not installed"))
    func agrees() throws {
        let script = try PythonScript(Self.script)
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<Samples.count(300) {
            let sample = RoundTripTests.sample(&generator)
            let bytes = try RoundTripTests.message(sample).serialized().bytes
            let answer = try script.answer(to: Data(bytes).base64EncodedString())
            let reading = try JSONDecoder().decode(Reading.self, from: answer)
            #expect(reading.defects.isEmpty)
            #expect(Self.isSame(reading.subject, sample.subject))
            // Until 3.13 it shows a space between the encoded words of a name (CPython issue 128110).
            #expect(Self.unspaced(reading.name) == Self.unspaced(sample.name))
            #expect(reading.address == "mari@example.com")
            #expect(Self.isSame(reading.text, sample.text))
            #expect(Self.isSame(reading.html, sample.html))
            #expect(Self.isSame(reading.filename, sample.filename))
            #expect(reading.file == Data(sample.text.utf8))
        }
    }

    /// The octets without spaces; as a character, a space may be one with what follows.
    private static func unspaced(_ name: String) -> [UInt8] {
        name.utf8.filter { $0 != UInt8(ascii: " ") }
    }

    /// Whether they are the same octets; for `==` canonically equivalent texts are the same.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}
