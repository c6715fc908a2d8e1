import Testing

@testable import Campaigns

extension BrokenExample {
    static let all =
        campaigns + schedules + modules + segments + conditions + surveys + contests + programmes + settings
}

@Suite("Broken examples")
struct BrokenExampleTests {
    @Test("Each fault is told once, at its line and column", arguments: BrokenExample.all)
    func fault(example: BrokenExample) throws {
        // There is one programme only: the broken one stands in for the good one.
        let base =
            example.kind == .programme
            ? Workspace.good.filter { $0.key != "campaigns/beans.yaml" } : Workspace.good
        let definitions = Workspace.read([example.path: example.text], onto: base)
        let told = definitions.diagnostics.filter { $0.file == example.path }
        let (line, column) = example.position
        let hits = told.filter {
            $0.message == example.message
                || (example.isMessagePrefix && $0.message.hasPrefix(example.message))
        }
        let hit = try #require(hits.first, "said instead: \(told)")
        #expect((hit.line, hit.column) == (line, column))
        #expect(hit.severity == example.severity)
        #expect(hits.count == 1)
        if !example.alsoWarns { #expect(told.count == 1, "said besides: \(told)") }
    }

    @Test("Every key of the format has a broken example", arguments: FileKind.allCases)
    func everyKey(kind: FileKind) {
        let covered = Set(BrokenExample.all.filter { $0.kind == kind }.map(\.key))
        // The same part may stand at several places: one broken example of it is enough.
        let shared = BrokenExample.sharedParts.filter { part in covered.contains { $0.hasSuffix(part) } }
        let missing = kind.shape.keyPaths.filter { path in
            !covered.contains(path) && !shared.contains { path.hasSuffix($0) }
        }
        #expect(missing.isEmpty)
    }

    @Test("What is broken is not called unknown where it is named, and what it names is checked all the same")
    func unread() {
        let told = Workspace.read([
            "campaigns/a.yaml": "segments:\n  best: cty == Tartu and regluars\n  both: best and vpi\n",
            "campaigns/b.yaml":
                "campaign: thanks\naudience: best and cty == x\nsubject: Hello\nmodules: [{ thanks: {} }]\n",
            "campaigns/c.yaml": "segments:\n  read: sent thanks within 7 days\n",
        ]).diagnostics
        #expect(
            told.map { "\($0.file):\($0.line):\($0.column) \($0.message)" } == [
                "campaigns/a.yaml:2:9 unknown field `cty`",
                "campaigns/a.yaml:2:26 unknown segment `regluars`",
                "campaigns/a.yaml:3:18 unknown segment `vpi`", "campaigns/b.yaml:2:20 unknown field `cty`",
            ])
    }

    @Test("The smallest good files have nothing wrong with them")
    func good() {
        #expect(Workspace.read([:]).diagnostics == [])
    }
}

extension BrokenExample {
    /// Parts that several keys have in common.
    static let sharedParts = [".image.src", ".image.alt", ".thank", ".ticket", ".within"]
}

extension Shape {
    /// All keys, from the top, separated by dots.
    var keyPaths: [String] {
        switch self {
        case .scalar, .localized: []
        case .list(let element, _): element.keyPaths
        case .names(_, let value): value.keyPaths
        case .object(let object): Self.paths(of: object.keys)
        case .oneKey(let keys): Self.paths(of: keys)
        case .variants(let key, _, let variants):
            [key] + Array(Set(variants.flatMap { Self.paths(of: $0.keys) })).sorted()
        }
    }

    private static func paths(of keys: [Key]) -> [String] {
        keys.flatMap { key in [key.name] + key.shape.keyPaths.map { "\(key.name).\($0)" } }
    }
}
