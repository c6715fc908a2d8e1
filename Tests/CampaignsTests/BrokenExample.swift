@testable import Campaigns

/// A file with one fault, and what is said about it.
struct BrokenExample: Sendable, CustomStringConvertible {
    /// The key that the fault is about, from the top: `schedule.every`.
    let key: String
    let kind: FileKind
    /// The file, with `⟦` in front of the character that the diagnostic points at.
    let marked: String
    let message: String
    var severity = Diagnostic.Severity.error
    /// Whether only the reader can know: a calendar, another file, the meaning of a text.
    var isBeyondSchema = false
    /// Whether the message goes on in the words of another target.
    var isMessagePrefix = false
    /// Whether the fault also draws a warning.
    var alsoWarns = false

    var description: String { "\(kind.rawValue): \(key)" }

    static let marker: Character = "⟦"

    /// The file as the reader gets it.
    var text: String { String(marked.filter { $0 != Self.marker }) }

    var path: String { kind == .settings ? "boon.yaml" : "campaigns/broken.yaml" }

    /// Where the marker stands, counted as an editor does.
    var position: (line: Int, column: Int) {
        let before = marked.prefix { $0 != Self.marker }
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.count, (lines.last?.count ?? 0) + 1)
    }

    /// The lines of a kind's smallest good file, less those that the given lines say themselves.
    init(_ kind: FileKind, _ key: String, _ lines: String, _ message: String) {
        (self.kind, self.key, self.message) = (kind, key, message)
        let written = lines.split(separator: "\n").compactMap { line in
            line.first == " " || line.first == "-"
                ? nil : line.filter { $0 != Self.marker }.split(separator: ":").first
        }.map(String.init)
        let base = Self.base(of: kind).split(separator: "\n").filter { line in
            !written.contains(String(line.prefix { $0 != ":" }))
        }
        marked = base.map { $0 + "\n" }.joined() + lines + "\n"
    }

    /// The same example as a warning.
    var asWarning: BrokenExample {
        var example = self
        example.severity = .warning
        return example.beyondSchema
    }

    /// The same example, which also draws a warning.
    var withWarnings: BrokenExample {
        var example = self
        example.alsoWarns = true
        return example
    }

    /// The same example, of which a JSON Schema knows nothing.
    var beyondSchema: BrokenExample {
        var example = self
        example.isBeyondSchema = true
        return example
    }

    private static func base(of kind: FileKind) -> String {
        switch kind {
        case .campaign: "campaign: sample\naudience: subscribed\nsubject: Hello\nmodules: [{ thanks: {} }]"
        case .segments: ""
        case .programme:
            "programme: beans\nunit: { one: bean, many: beans }\nearn: [{ rule: purchase, per: 1 EUR, points: 1 }]"
        case .survey: "survey: sample\nquestions: [{ id: score, kind: nps, text: Why? }]"
        case .contest:
            "contest: sample\nprize: A ticket\nopens: 2026-12-01 00:00\ncloses: 2026-12-15 23:59\nsteps: [visit]\nterms: None"
        case .settings:
            "brand: { name: Kohv, address: Pikk 1 }\nfrom: tere@kohv.example\nrelays: [{ relay: main, url: \"smtp://localhost\" }]"
        }
    }
}
