import Foundation
import TestSupport
import Testing

@testable import Campaigns

/// The schema is judged by another implementation: Python's `jsonschema`, where it is installed.
private let hasJSONSchema = Python.has("jsonschema")

@Suite("The JSON Schema of the format")
struct SchemaTests {
    @Test(
        "Schema and reader agree on every example and every broken one",
        .enabled(if: hasJSONSchema, "Python's jsonschema is not installed"))
    func agreement() async throws {
        let cases =
            try BrokenExample.all.map { ($0.kind, $0.text, $0.isBeyondSchema, "\($0): \($0.message)") }
            + FullWorkspace.files.merging(Workspace.good) { $1 }.map { path, text in
                (try Self.kind(of: text, at: path), text, true, path)
            }
            + FullWorkspace.files.map { path, text in (try Self.kind(of: text, at: path), text, true, path) }
        let lines = try cases.map { kind, text, _, _ in
            let json = try YAMLReader.read(SourceText(path: "x", text: text)).json
            return JSONText.object([("kind", .string(kind.rawValue)), ("value", .string(json))]).text()
                .replacing("\n", with: " ")
        }
        let schemas = JSONText.object(FileKind.allCases.map { ($0.rawValue, .string($0.jsonSchema)) }).text()
        let input = ([schemas.replacing("\n", with: " ")] + lines).joined(separator: "\n")
        let verdicts = try await Python.run(Self.script, input: input).split(separator: "\n")
        try #require(verdicts.count == cases.count)
        for ((kind, text, isBeyondSchema, name), verdict) in zip(cases, verdicts) {
            var checker = ShapeChecker(SourceText(path: "x", text: text))
            checker.check(try YAMLReader.read(checker.source), against: kind.shape, called: kind.rawValue)
            let isAccepted = checker.diagnostics.collected.isEmpty
            // What only a calendar or a table knows is the reader's alone.
            #expect(verdict == (isBeyondSchema ? "valid" : "invalid"), "\(name)")
            if !isBeyondSchema { #expect(!isAccepted, "\(name)") }
            if verdict == "invalid" { #expect(!isAccepted, "\(name)") }
        }
    }

    @Test(
        "Every schema is itself valid", .enabled(if: hasJSONSchema, "Python's jsonschema is not installed"),
        arguments: FileKind.allCases)
    func valid(kind: FileKind) async throws {
        let script = """
            import json, jsonschema, sys
            jsonschema.Draft202012Validator.check_schema(json.load(sys.stdin))
            print("fine")
            """
        let verdict = try await Python.run(script, input: kind.jsonSchema)
        #expect(verdict == "fine\n")
    }

    private static let script = """
        import json, jsonschema, sys
        lines = sys.stdin.read().split("\\n")
        schemas = {kind: jsonschema.Draft202012Validator(json.loads(text)) for kind, text in json.loads(lines[0]).items()}
        for line in lines[1:]:
            case = json.loads(line)
            print("valid" if schemas[case["kind"]].is_valid(json.loads(case["value"])) else "invalid")
        """

    private static func kind(of text: String, at path: String) throws -> FileKind {
        if path == "boon.yaml" { return .settings }
        let root = try YAMLReader.read(SourceText(path: path, text: text))
        return try #require(root.entries.compactMap { FileKind(rawValue: $0.key) }.first)
    }
}

extension YAMLNode {
    /// The value as JSON, plain scalars by YAML's core schema (YAML 1.2.2 section 10.3.2), which editors use.
    var json: String {
        switch content {
        case .null: "null"
        case .list(let nodes): "[" + nodes.map(\.json).joined(separator: ",") + "]"
        case .map(let entries):
            "{" + entries.map { "\(JSONText.string($0.key).text()):\($0.value.json)" }.joined(separator: ",")
                + "}"
        case .scalar(let text, let isPlain): isPlain ? Self.core(text) : JSONText.string(text).text()
        }
    }

    private static func core(_ text: String) -> String {
        if ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text) { return text.lowercased() }
        let isNumber = (try? /-?(0|[1-9][0-9]*)(\.[0-9]+)?/.wholeMatch(in: text)) != nil
        return isNumber ? text : JSONText.string(text).text()
    }
}
