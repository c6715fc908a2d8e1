import Foundation
import TestSupport
import Testing

@Suite("The page of threats")
struct SecurityPageTests {
    /// A test that the page names.
    struct Named: Sendable, CustomTestStringConvertible {
        let file: String
        let sentence: String

        var testDescription: String { "\(file): \(sentence)" }
    }

    private static let rows: [Substring] = {
        let page = try? String(contentsOf: Checkout.root.appending(path: "docs/security.md"), encoding: .utf8)
        return (page ?? "").split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { $0 }
    }()

    /// Every `file` “sentence” of a row.
    private static func tests(in row: Substring) -> [Named] {
        row.matches(of: #/`(?<file>[A-Za-z/]+Tests)` “(?<sentence>[^”]+)”/#).map {
            Named(file: String($0.output.file), sentence: String($0.output.sentence))
        }
    }

    @Test("Every threat names a test, and every test that is named exists", arguments: rows)
    func named(row: Substring) throws {
        let tests = Self.tests(in: row)
        #expect(!tests.isEmpty)
        for test in tests {
            let file = Checkout.root.appending(path: "Tests/\(test.file).swift")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("\"\(test.sentence)\""), "\(test.file): \(test.sentence)")
        }
    }

    @Test("There are threats on the page")
    func page() {
        #expect(Self.rows.count >= 15)
    }
}
