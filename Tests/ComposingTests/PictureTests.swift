import Campaigns
import Foundation
import MIME
import Model
import TestSupport
import Testing

@testable import Composing

/// Pictures of the workspace go along in the mail; those on the web stay links.
@Suite("Pictures")
struct PictureTests {
    /// A workspace with a campaign of one proposition.
    final class Workspace {
        let path = FileManager.default.temporaryDirectory.appending(path: "pictures-\(UUID().uuidString)")
            .path
        private var files = Repository.files.filter { !$0.key.hasPrefix("campaigns/") }

        init(src: String, modules: String = "") throws {
            try FileManager.default.createDirectory(
                atPath: "\(path)/images", withIntermediateDirectories: true)
            files["campaigns/test.yaml"] = """
                campaign: test
                audience: subscribed
                languages: [en]
                subject: Test
                modules:
                  - proposition:
                      headline: Coffee
                      image: { src: \(src), alt: Roasting drum }
                \(modules)
                """
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ bytes: [UInt8], to file: String) throws {
            try Data(bytes).write(to: URL(filePath: "\(path)/\(file)"))
        }

        var templates: TemplateLibrary { TemplateLibrary(workspace: path, builtIn: files) }
        var definitions: Definitions { Repository.read(files) }

        func composer(remembersLines: Bool = true) throws -> Composer {
            try Sample.composer(
                "test", definitions: definitions, templates: templates, remembersLines: remembersLines)
        }

        var problems: [String] {
            templates.checkPictures(of: definitions.campaigns.values).map(\.description)
        }
    }

    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0...255).map { UInt8($0) }
    static let kinds: [(String, [UInt8])] = [
        ("png", png), ("jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]), ("gif", Array("GIF89a....".utf8)),
        ("webp", Array("RIFF\u{1}\u{2}\u{3}\u{4}WEBPVP8 ".utf8)),
    ]

    @Test("A picture's file stands beside the HTML that names it, known by its first bytes", arguments: kinds)
    func inline(kind: String, bytes: [UInt8]) throws {
        let workspace = try Workspace(src: "images/roast.jpg")
        try workspace.write(bytes, to: "images/roast.jpg")
        #expect(workspace.problems.isEmpty)
        let message = try workspace.composer().message()
        let parsed = ParsedMessage(message.bytes.bytes)
        #expect(parsed.root.type == "multipart/alternative")
        #expect(parsed.root.parts.map(\.type) == ["text/plain", "multipart/related"])
        let related = try #require(parsed.root.parts.last)
        #expect(related.parts.map(\.type) == ["text/html", "image/\(kind)"])
        let picture = try #require(related.parts.last)
        #expect(picture.body == bytes && picture.disposition == "inline" && picture.filename == "roast.jpg")
        let id = try #require(picture.contentID)
        #expect(message.htmlText.contains("src=\"cid:\(id)\""))
        #expect(try #require(parsed.html).contains("cid:\(id)"))

        let standalone = String(decoding: message.standaloneHTML, as: UTF8.self)
        #expect(standalone.contains("src=\"data:image/\(kind);base64,\(Data(bytes).base64EncodedString())\""))
        #expect(!standalone.contains("cid:"))
    }

    @Test("A picture on the web stays a link, and the mail has no more parts than before")
    func link() throws {
        let message = try Workspace(src: "\"https://kohv.example/roast.jpg\"").composer().message()
        #expect(message.htmlText.contains("src=\"https://kohv.example/roast.jpg\""))
        #expect(ParsedMessage(message.bytes.bytes).root.parts.map(\.type) == ["text/plain", "text/html"])
        #expect(message.standaloneHTML == message.html)
    }

    @Test("A picture goes along once, and only to who sees its module")
    func once() throws {
        let modules = """
              - expert: { name: Mari, quote: Sweet, image: { src: images/roast.jpg, alt: Mari } }
              - motivational:
                  { kind: offer, text: Now, url: "https://kohv.example", image: { src: images/other.png, alt: Other }, when: country == FI }
            """
        let workspace = try Workspace(src: "images/roast.jpg", modules: modules)
        try workspace.write(Self.png, to: "images/roast.jpg")
        try workspace.write(Self.png + [1], to: "images/other.png")
        let composer = try workspace.composer()
        var finn = Sample.customer()
        finn.country = "FI"
        for (customer, count) in [(Sample.customer(), 1), (finn, 2)] {
            let message = try composer.message(for: customer)
            let parts = ParsedMessage(message.bytes.bytes).root.all.filter { $0.type == "image/png" }
            #expect(parts.count == count && Set(parts.map(\.contentID)).count == count)
            let mentions = message.htmlText.components(separatedBy: "cid:").count - 1
            #expect(mentions == count + 1)
        }
    }

    /// Prints the types of all parts, the picture in base64, and whatever is wrong.
    static let script = """
        import base64, email, email.policy, json, sys
        for line in sys.stdin:
            message = email.message_from_bytes(base64.b64decode(line), policy=email.policy.SMTP)
            related = message.get_body(("related", "html"))
            picture = next(related.iter_attachments())
            print(json.dumps({
                "types": [part.get_content_type() for part in message.walk()],
                "root": related.get_body(("html",)).get_content_type(),
                "link": "cid:" + picture["Content-ID"][1:-1],
                "picture": base64.b64encode(picture.get_content()).decode(),
                "defects": [repr(d) for part in message.walk() for d in part.defects],
            }), flush=True)
        """

    struct Reading: Decodable {
        var types, defects: [String]
        var root, link: String
        var picture: Data
    }

    @Test(
        "Python's email finds the picture beside the HTML that names it, and no defect",
        .enabled(if: Python.has("email"), "python3 is not installed"))
    func python() async throws {
        let workspace = try Workspace(src: "images/röst.png")
        try workspace.write(Self.png, to: "images/röst.png")
        let message = try workspace.composer().message()
        let input = Data(message.bytes.bytes).base64EncodedString() + "\n"
        let answer = try await Python.run(Self.script, input: input)
        let reading = try JSONDecoder().decode(Reading.self, from: Data(answer.utf8))
        #expect(reading.defects.isEmpty && reading.root == "text/html")
        #expect(
            reading.types == [
                "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
            ])
        #expect(message.htmlText.contains("src=\"\(reading.link)\""))
        #expect(Array(reading.picture) == Self.png)
    }

    @Test("A message with a picture has the same bytes whether or not lines are remembered")
    func sameBytes() throws {
        let workspace = try Workspace(src: "images/roast.png")
        try workspace.write(Self.png, to: "images/roast.png")
        let (fast, slow) = (try workspace.composer(), try workspace.composer(remembersLines: false))
        for name in ["Anna", "Жанна", "=", "<b>"] {
            let customer = Sample.customer(firstName: name)
            #expect(try fast.message(for: customer).bytes == slow.message(for: customer).bytes)
        }
    }

    @Test("A file that cannot go along is told where the campaign names it, and stops the sending")
    func unusable() throws {
        let workspace = try Workspace(src: "images/roast.jpg")
        func expect(_ words: String) {
            let problems = workspace.problems
            #expect(
                problems.count == 1 && problems[0].hasPrefix("campaigns/test.yaml:8:21: error: the picture"))
            #expect(problems[0].contains(words), "\(problems)")
            #expect(throws: ComposingError.self) { try workspace.composer() }
        }
        expect("is not in the workspace")
        try workspace.write(Array("<svg onload=alert(1)>".utf8), to: "images/roast.jpg")
        expect("is no PNG, JPEG, GIF or WebP")
        try workspace.write([UInt8](repeating: 0xFF, count: 1_000_001), to: "images/roast.jpg")
        expect("has more than 1 MB")
        let outside = FileManager.default.temporaryDirectory.appending(path: "outside-\(UUID().uuidString)")
        try Data(Self.png).write(to: outside)
        defer { try? FileManager.default.removeItem(at: outside) }
        try FileManager.default.removeItem(atPath: "\(workspace.path)/images/roast.jpg")
        try FileManager.default.createSymbolicLink(
            atPath: "\(workspace.path)/images/roast.jpg", withDestinationPath: outside.path)
        expect("is a link that leads out of the workspace")
        try FileManager.default.removeItem(atPath: "\(workspace.path)/images/roast.jpg")
        try FileManager.default.createDirectory(
            atPath: "\(workspace.path)/images/roast.jpg", withIntermediateDirectories: false)
        expect("cannot be read")
    }

    @Test(
        "A path that could leave the workspace is refused when the campaign is read",
        arguments: [
            "../roast.jpg", "images/../../roast.jpg", "/etc/roast.jpg", "images\\\\roast.jpg", "a%2e.png",
            "\"file:///etc/a.png\"", "roast", ".jpg", "\"{{ customer.city }}.jpg\"", "roast.svg",
        ])
    func outside(src: String) throws {
        let problems = try Workspace(src: src).definitions.diagnostics.filter { $0.severity == .error }
        #expect(
            problems.count == 1 && problems.allSatisfy { $0.message.contains("`src` is an https address") })
    }
}
