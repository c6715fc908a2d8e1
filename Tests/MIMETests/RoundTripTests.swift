import MIME
import TestSupport
import Testing

@Suite("Building and reading")
struct RoundTripTests {
    struct Sample {
        var subject: String
        var name: String
        var text: String
        var html: String
        var filename: String
    }

    static func sample(_ generator: inout SeededGenerator) -> Sample {
        Sample(
            subject: Samples.line(&generator, upTo: 30), name: Samples.name(&generator),
            text: Samples.text(&generator),
            html: "<p>" + Samples.text(&generator) + "</p>", filename: Samples.name(&generator) + ".pdf")
    }

    static func message(_ sample: Sample) throws -> Message {
        let body = Part.alternative(.text(sample.text), .html(sample.html))
        let file = try Part.attachment(Array(sample.text.utf8), type: .octetStream, filename: sample.filename)
        return Message(
            headers: try MessageTests.headers(subject: sample.subject, name: sample.name),
            body: .mixed(body, [file]))
    }

    static func message(_ generator: inout SeededGenerator) throws -> Message {
        try message(sample(&generator))
    }

    @Test("What was built is read back the same, whatever it holds", arguments: 0..<300 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sample = Self.sample(&generator)
        let read = ParsedMessage(try Self.message(sample).serialized().bytes)
        #expect(read.subject == sample.subject)
        #expect(
            read.to.first?.name == Mailbox(name: sample.name, address: try EmailAddress("m@x.example")).name)
        #expect(read.text?.replacing("\r\n", with: "\n") == sample.text)
        #expect(read.html?.replacing("\r\n", with: "\n") == sample.html)
        #expect(read.attachments.first?.filename == sample.filename)
        #expect(read.attachments.first?.body == Array(sample.text.utf8))
    }

    @Test("Invalid UTF-8 leaves as replacement characters")
    func invalidText() throws {
        let body = Part.text(utf8: [0x61, 0xC3, 0x28])
        let read = ParsedMessage(try Message(headers: MessageTests.headers(), body: body).serialized().bytes)
        #expect(read.text?.hasPrefix("a\u{FFFD}(") == true)
    }
}
