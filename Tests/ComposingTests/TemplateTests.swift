import Campaigns
import Foundation
import Model
import Testing

@testable import Composing

@Suite("Templates")
struct TemplateTests {
    /// A workspace in a temporary folder that is gone afterwards.
    private func withWorkspace(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(folder.path)
    }

    @Test("The workspace's template is taken before the built-in one")
    func override() throws {
        try withWorkspace(["templates/layout.text.liquid": "mine"]) { folder in
            let library = TemplateLibrary(workspace: folder, builtIn: Repository.files)
            let names = ["layout.text.liquid", "layout.html.liquid", "modules/none.html.liquid"]
            let sources = try names.map { try library.source($0) }
            #expect(sources[0]?.text == "mine")
            #expect(sources[1]?.file == "built-in templates/layout.html.liquid")
            #expect(sources[2] == nil)
        }
    }

    @Test("A workspace says only the words and colours that it changes")
    func ownWords() throws {
        let files = [
            "templates/words/he.txt": "unsubscribe: די", "templates/words/fi.txt": "unsubscribe: Lopeta",
            "templates/theme.txt": "accent: #00429A",
        ]
        try withWorkspace(files) { folder in
            let library = TemplateLibrary(workspace: folder, builtIn: Repository.files)
            let composer = try Sample.composer("brewing-letter", templates: library)
            let message = try composer.message(for: Sample.customer("he"))
            #expect(message.text.contains("די:") && message.text.contains("העדפות:"))
            #expect(message.htmlText.contains("#00429A") && !message.htmlText.contains("#8A4518"))
            let finnish = try Wording(
                "fi", from: library, fallback: Wording("en", from: library, fallback: nil))
            #expect(finnish.words.text.contains("Lopeta") && finnish.words.text.contains("Preferences"))
        }
    }

    @Test(
        "No name leaves the workspace",
        arguments: [
            "../../etc/passwd", "..%2f..%2fetc", "/etc/passwd", "modules/../../x", "a//b", "", ".",
            "a\\..\\b", "a\u{0}",
        ])
    func traversal(name: String) throws {
        try withWorkspace(["templates/a.liquid": "a"]) { folder in
            let library = TemplateLibrary(workspace: folder, builtIn: [:])
            let error = #expect(throws: TemplateFileError.self) { try library.source(name) }
            #expect(error?.file == name)
        }
    }

    @Test("A link that leads out of the workspace is refused, one that stays inside is followed")
    func links() throws {
        try withWorkspace(["templates/real.liquid": "real"]) { folder in
            let manager = FileManager.default
            try manager.createSymbolicLink(
                atPath: folder + "/templates/out.liquid", withDestinationPath: "/etc/passwd")
            try manager.createSymbolicLink(atPath: folder + "/templates/etc", withDestinationPath: "/etc")
            try manager.createSymbolicLink(
                atPath: folder + "/templates/in.liquid", withDestinationPath: "real.liquid")
            let library = TemplateLibrary(workspace: folder, builtIn: [:])
            for name in ["out.liquid", "etc/passwd"] {
                #expect(throws: TemplateFileError(file: "templates/\(name)", problem: .linkOutside)) {
                    try library.source(name)
                }
            }
            let inside = try library.source("in.liquid")
            #expect(inside?.text == "real")
        }
    }

    @Test("A pipe and a link to nothing are refused at once; neither passes for a template that is not there")
    func odd() throws {
        try withWorkspace(["templates/real.liquid": "real"]) { folder in
            #expect(mkfifo(folder + "/templates/pipe.liquid", 0o600) == 0)
            for name in ["link.liquid", "modules"] {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder)/templates/\(name)", withDestinationPath: "nowhere")
            }
            let library = TemplateLibrary(workspace: folder, builtIn: ["templates/link.liquid": "built in"])
            let odd: [(String, TemplateFileError.Problem)] = [
                ("pipe.liquid", .unreadable), ("link.liquid", .brokenLink),
                ("modules/text.liquid", .brokenLink),
            ]
            for (name, problem) in odd {
                #expect(throws: TemplateFileError(file: "templates/\(name)", problem: problem)) {
                    try library.source(name)
                }
            }
        }
    }

    @Test("The built-in templates have nothing wrong with them")
    func builtIn() throws {
        let euro = try #require(Currency("EUR"))
        let found = Repository.templates.check(currency: euro)
        #expect(found.isEmpty, "\(found.map(\.description))")
    }

    /// A wrong file, and the line that tells of it.
    static let broken = [
        (
            "modules/service.html.liquid", "a\n{{ custmer.first_name }}",
            ":2:4: warning: nothing is called `custmer.first_name` here"
        ),
        (
            "modules/service.html.liquid", "{{ customer.frist_name }}",
            ":1:4: warning: `customer` has no field `frist_name`"
        ),
        (
            "modules/service.html.liquid", "{{ words.unsubscrib }}",
            ":1:4: warning: `words` has no field `unsubscrib`"
        ),
        ("modules/service.html.liquid", "{{ theme.blue }}", ":1:4: warning: `theme` has no field `blue`"),
        ("layout.text.liquid", "{{ brand.name | shout }}", ":1:17: error:"),
        ("layout.text.liquid", "\n{% if a %}", ":2:4: error:"),
        (
            "layout.html.liquid", "{% render 'parts/nothing' %}",
            ":1:11: error: there is no partial `parts/nothing`"
        ),
        ("theme.txt", "ink: #000000\nwhat is this", ":2:1: error: this line is not `name: text`"),
        ("words/en.txt", "why: A\nwhy: B", ":2:1: error: `why` is said twice"),
        ("words/xx.txt", "why: A", ":1:1: warning: these words are missing and stand in English: "),
    ]

    @Test("What is wrong in a template is told with file, line and column", arguments: broken)
    func diagnostics(name: String, text: String, expected: String) throws {
        let euro = try #require(Currency("EUR"))
        try withWorkspace(["templates/\(name)": text]) { folder in
            let found = TemplateLibrary(workspace: folder, builtIn: Repository.files).check(currency: euro)
            let line = "templates/\(name)" + expected
            #expect(found.contains { $0.description.hasPrefix(line) }, "\(found.map(\.description))")
        }
    }

    @Test("A partial of its own name is found in the form of the template that names it")
    func partials() throws {
        let yaml = "modules:\n  - service: { title: T, url: https://x.example }"
        let message = try Sample.composer(
            yaml: yaml,
            templates: [
                "templates/modules/service.html.liquid": "{% render 'parts/mine', a: 'x' %}",
                "templates/modules/service.text.liquid": "{% render 'parts/mine', a: 'x' %}",
                "templates/parts/mine.html.liquid": "<i>{{ a }} html</i>",
                "templates/parts/mine.liquid": "{{ a }} any",
            ]
        ).message()
        #expect(message.htmlText.contains("<i>x html</i>"))
        #expect(message.text.contains("x any"))
    }

    @Test(
        "Plain text has no more than 72 characters a line, no trailing blanks, no double empty lines",
        arguments: [
            ("a  \n\n\n\nb\t\n", "a\n\nb\n"), ("\n\na", "a\n"), ("", "\n"),
            (
                String(repeating: "word ", count: 20),
                String(repeating: "word ", count: 13) + "word\n" + String(repeating: "word ", count: 5)
                    + "word\n"
            ),
            (
                "see https://x.example/" + String(repeating: "a", count: 90),
                "see\nhttps://x.example/" + String(repeating: "a", count: 90) + "\n"
            ),
            (String(repeating: "õ", count: 72), String(repeating: "õ", count: 72) + "\n"),
            ("a\r\nb", "a\nb\n"),
        ])
    func plainText(source: String, expected: String) {
        #expect(PlainText.tidied(Array(source.utf8)) == Array(expected.utf8))
    }
}
