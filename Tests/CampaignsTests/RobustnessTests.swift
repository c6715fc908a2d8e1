import Foundation
import TestSupport
import Testing

@testable import Campaigns

@Suite("Whatever is in a file, reading ends with diagnostics")
struct RobustnessTests {
    @Test("Files with bytes changed, cut, doubled and moved are read to an end", arguments: 0..<150)
    func mutated(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var files = FullWorkspace.files.mapValues { Array($0.utf8) }
        for path in files.keys.sorted() {
            var bytes = files[path] ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, using: &random) }
            files[path] = bytes
        }
        let told = Definitions.read(files: files, environment: [:]).diagnostics
        #expect(told == told.sorted())
        #expect(told.allSatisfy { $0.line >= 1 && $0.column >= 1 && files.keys.contains($0.file) })
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let start = Int.random(in: bytes.indices, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...20, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 3:
            bytes.insert(
                contentsOf: Array("{[\"':-\n \t&*!#|>%@ä".utf8).shuffled(using: &random).prefix(3), at: start)
        default: bytes[start..<end].reverse()
        }
    }

    @Test("The worked examples of this repository have nothing wrong with them")
    func workedExamples() throws {
        let definitions = try Definitions.read(workspace: Checkout.root.path, environment: [:])
        #expect(definitions.diagnostics.filter { $0.severity == .error } == [])
        #expect(definitions.campaigns.count >= 4)
    }

    @Test(
        "Hints name the nearest word, or all there are",
        arguments: [
            ("campaign", "audiance: x", "did you mean `audience`?"),
            ("campaign", "in_doubt: resnd", "did you mean `resend`?"),
            (
                "campaign",
                "test: { split: 20%, variants: [{ subject: A }, { subject: B }], winner: opens after 4 hours }",
                "opens are never a measure of success: mail programs open what nobody reads"
            ),
            ("contest", "share: required", "sharing is offered, never a condition: platforms forbid that"),
            ("campaign", "audience: regularz", "did you mean `regulars`?"),
            ("campaign", "audience: contry == EE", "did you mean `country`?"),
            ("campaign", "audience: tier == golden", "did you mean `gold`?"),
            ("campaign", "audience: points.avail > 5", "known fields: available, pending, earned, spent"),
        ])
    func hints(kind: String, line: String, hint: String) throws {
        let example = BrokenExample(try #require(FileKind(rawValue: kind)), "", line, "")
        let told = Workspace.read([example.path: example.text]).diagnostics
        #expect(told.contains { $0.hint == hint }, "\(told)")
    }
}
