import TestSupport
import Testing

@testable import Campaigns

@Suite("YAML is read strictly")
struct YAMLReaderTests {
    /// The only diagnostic of a file, as `line:column: message`.
    private func fault(_ text: String) -> String {
        let told = Workspace.read(["campaigns/x.yaml": text]).diagnostics
        return told.map { "\($0.line):\($0.column): \($0.message)" }.joined(separator: "\n")
    }

    private static let alias = "YAML anchors and aliases are not accepted: write the value out"

    @Test("An anchor is refused where it stands, also without an alias")
    func anchor() {
        #expect(fault("campaign: a\nsubject: &s Hello") == "2:10: \(Self.alias)")
    }

    @Test("An alias is refused where it stands")
    func alias() {
        #expect(fault("campaign: &a a\nname: *a") == "2:7: \(Self.alias)")
        #expect(fault("campaign: a\nname: *b") == "2:7: \(Self.alias)")
    }

    @Test("Words with stars and ampersands are no aliases")
    func notAliases() {
        let text =
            "campaign: a\naudience: subscribed\nsubject: Salt & pepper, *now* &more\nmodules: [{ thanks: {} }]"
        #expect(fault(text) == "")
    }

    @Test("A bomb of aliases is refused, not followed")
    func bomb() {
        let lines = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let bomb = "a0: &a0 [x, x]\n" + lines.joined(separator: "\n") + "\n? *a30\n: x"
        let time = ProcessorTime.of { #expect(fault(bomb).hasSuffix(Self.alias)) }
        // Followed, it would be two to the thirtieth values.
        #expect(time < .seconds(1))
    }

    @Test("A thousand open brackets are refused, not followed", arguments: ["[", "{a: ", "- ", "? "])
    func depth(opening: String) {
        let text = String(repeating: opening, count: 5000)
        #expect(fault(text).contains("deeper than 32 levels") || fault(text).contains("not YAML"))
    }

    @Test("The thirty-third level is one too many")
    func levels() {
        let text = "campaign: " + String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(fault(text) == "1:42: values nest deeper than 32 levels")
    }

    @Test("A key that is written twice is told at the second one")
    func repeated() {
        #expect(fault("campaign: a\nname: b\nsubject: c\nname: d") == "4:1: the key `name` is written twice")
    }

    @Test(
        "Faults of YAML have line and column",
        arguments: [
            ("campaign: a\n\tname: b", "2:1: a tab indents this line"),
            (
                "campaign: a\nname: b: c",
                "2:8: this is not YAML: mapping values are not allowed in this context"
            ),
            ("campaign: a\nname: \"b", "2:9: this is not YAML: found unexpected end of stream"),
            ("campaign: a\n---\nname: b", "2:1: a file holds one definition"),
            ("campaign: a\nname: !x b", "2:7: YAML tags are not accepted"),
            ("campaign: a\n? [b]\n: c", "2:3: a key is a plain word, not a list"),
            ("campaign: a\nname: b\u{7}", "2:8: the invisible character U+0007 does not belong in YAML"),
            ("", "1:1: the file is empty"),
            ("# nothing", "1:1: the file is empty"),
            ("- campaign", "1:1: the file does not say what it defines"),
            ("campain: a", "1:1: the file does not say what it defines"),
            ("campaign: a\nsurvey: b", "2:1: a file defines one thing, not a `campaign` and a `survey`"),
        ])
    func syntax(text: String, expected: String) {
        #expect(fault(text) == expected)
    }

    @Test(
        "Columns are characters, whatever bytes and code points they take",
        arguments: [
            "e\u{301}", "é", "👩‍👩‍👧", "ק", "ไ\u{e49}", "\t",
        ])
    func columns(character: String) {
        let text = "campaign: a\nlimits: { \"\(character)\": 1 }"
        #expect(fault(text).contains("2:11: unknown key"))
        let after =
            "campaign: a\nin_doubt: \"\(character)\"   \nlimits: { per_hour: 1, \"\(character)\": 2, x: 3 }"
        #expect(fault(after).contains("3:32: unknown key `x`"))
    }

    @Test("Lines end where an editor ends them", arguments: ["\n", "\r\n", "\r"])
    func lines(end: String) {
        #expect(
            fault(["campaign: a", "name: \"b\u{2028}c\"", "x: 1"].joined(separator: end)).contains(
                "3:1: unknown key `x`"))
    }

    @Test("A byte order mark is no part of the first key")
    func mark() {
        #expect(fault("\u{FEFF}campain: a") == "1:1: the file does not say what it defines")
    }

    @Test("A file over 1 MB and one that is not UTF-8 are refused")
    func bytes() {
        let large = [UInt8](repeating: UInt8(ascii: "#"), count: 1_048_577)
        let told = Definitions.read(
            files: ["campaigns/l.yaml": large, "campaigns/b.yaml": [0x61, 0xFF]], environment: [:])
        let messages = told.diagnostics.filter { $0.file != "boon.yaml" }.map(\.message)
        #expect(messages == ["the file is not UTF-8", "the file is larger than 1 MB"])
    }

    @Test("A long line costs no more than a long file")
    func longLine() {
        let members = (0..<20_000).map { "k\($0): 1" }
        let file = ProcessorTime.of { _ = fault("{ campaign: a,\n\(members.joined(separator: ",\n")) }") }
        let line = ProcessorTime.of { _ = fault("{ campaign: a, \(members.joined(separator: ", ")) }") }
        // Were the columns counted from the beginning of the line, it would be some thousand times.
        #expect(line < file * 10)
    }

    @Test(
        "A mistake inside a text is told where it stands, however the text is quoted",
        arguments: [
            ("audience: nobody", 1, 11),
            ("audience: \"nobody\"", 1, 12),
            ("audience: 'nobody'", 1, 12),
            ("audience: \"\\x74ags contains vip and nobody\"", 1, 37),
            ("audience: \"city == \\\"Tartu\\\" and nobody\"", 1, 34),
            ("audience: 'city == ''Tartu'' and nobody'", 1, 34),
            ("audience: >\n  vip and\n  nobody", 3, 3),
            ("audience: |\n    vip and\n      nobody", 3, 7),
            ("audience: vip and\n  nobody", 2, 3),
            ("audience: city == Pärnu or nobody", 1, 28),
        ])
    func inside(line: String, row: Int, column: Int) {
        let text = line + "\ncampaign: a\nsubject: Hi\nmodules: [{ thanks: {} }]"
        #expect(fault(text) == "\(row):\(column): unknown segment `nobody`")
    }
}
