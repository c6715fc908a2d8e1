import Foundation
import Model
import Testing

@testable import Recording

@Suite("The files that runs are sent with")
struct DefinitionArchiveTests {
    private let folder: TemporaryFolder
    private let store: Store
    private static let files = DefinitionFiles([
        "boon.yaml": Array("brand: {}".utf8), "campaigns/a/thanks.yaml": Array("campaign: thanks".utf8),
        "templates/words/et.txt": [], "pictures/roast.png": [0x89, 0x50, 0x00, 0xFF],
    ])

    init() throws {
        folder = try TemporaryFolder()
        store = try openStore(folder)
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/definitions")) ?? []).sorted()
    }

    /// Plans a run that is sent with some files.
    @discardableResult
    private func plan(_ id: RunID, with files: DefinitionFiles) throws -> Run {
        let run = Run(id: id, campaign: "c", occurrence: someInstant, recipients: 2, definitions: files.id)
        try store.commitInParts(keeping: files) { _, record in
            try record(.runPlanned(run))
            try record(.runRecipients(id, ["c-1", "c-2"]))
        }
        return run
    }

    private static func files(_ text: String) -> DefinitionFiles {
        DefinitionFiles(["boon.yaml": Array(text.utf8)])
    }

    @Test("Files are told apart by their paths and bytes alone")
    func identity() {
        let all: [[String: [UInt8]]] = [
            [:], ["a": []], ["b": []], ["a": [1]], ["a": [1, 2]], ["a": [1], "b": [2]], ["ab": [1]],
            ["a": [], "b": []], ["a": Array("b".utf8)], ["a": Array("0 1 b".utf8)],
        ]
        #expect(Set(all.map { DefinitionFiles($0).id }).count == all.count)
        #expect(DefinitionFiles(Self.files.files).id == Self.files.id)
        #expect(Self.files.id.utf8.count == 32)
    }

    @Test(
        "What a run was planned with is kept once, as it was, for nobody else to read, and the run names it")
    func kept() throws {
        let run = try plan("c@1", with: Self.files)
        let path = try store.archive.folder(of: Self.files.id)
        let inode = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        for (name, bytes) in Self.files.files {
            #expect(FileManager.default.contents(atPath: "\(path)/\(name)").map(Array.init) == bytes)
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
        try plan("c@2", with: Self.files)
        #expect(names == [Self.files.id])
        #expect(
            try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == inode)
        try store.rebuild()
        #expect(try store.read { try $0.run("c@1") }?.run == run)
        #expect(try store.read { try $0.openRuns() }.map(\.definitions) == [Self.files.id, Self.files.id])
    }

    @Test("Files go with the planning of other files, and not while a run is open, paused or in doubt")
    func spare() throws {
        let endings: [(RunID, [Event])] = [
            ("open", []),
            ("paused", [.runPaused("paused", reason: "why")]),
            ("cancelled", [.runCancelled("cancelled")]),
            ("finished", [.runFinished("finished")]),
            (
                "doubtful",
                [
                    .mailIntent(MailIntent(run: "doubtful", relay: "main", customers: ["c-1"])),
                    .runFinished("doubtful"),
                ]
            ),
        ]
        for (id, events) in endings {
            try plan(id, with: Self.files(id.text))
            if !events.isEmpty { try store.record(events) }
        }
        try plan("last", with: Self.files("last"))
        let needed = ["open", "paused", "doubtful", "last"].map { Self.files($0).id }
        #expect(Set(names) == Set(needed))
        try store.record([
            .mailOutcome(
                MailOutcome(run: "doubtful", customer: "c-1", result: .accepted, attempt: 1, reply: "250"))
        ])
        try plan("new", with: Self.files("new"))
        #expect(!names.contains(Self.files("doubtful").id) && names.contains(Self.files("open").id))
    }

    @Test("What a crash left half written is written anew, and is never taken for whole")
    func crash() throws {
        let draft = "\(folder.path)/definitions/draft/campaigns"
        try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: URL(filePath: "\(draft)/other.yaml"))
        try plan("c@1", with: Self.files)
        #expect(names == [Self.files.id])
        _ = try store.archive.folder(of: Self.files.id)
    }

    @Test(
        "Files that are changed, gone or more than they were are never sent, and verifying names the run",
        arguments: ["change", "remove", "add", "all", "link"])
    func lost(_ damage: String) throws {
        try plan("c@1", with: Self.files)
        let path = "\(folder.path)/definitions/\(Self.files.id)"
        #expect(Store.verifyDefinitions(folder: folder.path) == .init(kept: 1, damage: []))
        let manager = FileManager.default
        switch damage {
        case "change": try Data("brand: []".utf8).write(to: URL(filePath: "\(path)/boon.yaml"))
        case "remove": try manager.removeItem(atPath: "\(path)/templates/words/et.txt")
        case "add": try Data().write(to: URL(filePath: "\(path)/templates/footer.html.liquid"))
        case "link":
            try manager.removeItem(atPath: "\(path)/boon.yaml")
            try manager.createSymbolicLink(atPath: "\(path)/boon.yaml", withDestinationPath: "nowhere")
        default: try manager.removeItem(atPath: path)
        }
        try plan("c@2", with: Self.files("sound"))
        let expected: LostDefinitions = damage == "all" ? .missing(path) : .changed(path)
        #expect(throws: expected) { try store.archive.folder(of: Self.files.id) }
        let report = Store.verifyDefinitions(folder: folder.path)
        #expect(report.damage == ["c@1: \(expected)"] && report.kept == (damage == "all" ? 1 : 2))
        try store.record([.runCancelled("c@1")])
        #expect(Store.verifyDefinitions(folder: folder.path).damage.isEmpty)
    }

    @Test("A record cannot lead out of the store", arguments: ["..", "../../etc", "", "draft", "5be1"])
    func outside(_ name: String) {
        #expect(throws: LostDefinitions.self) { try store.archive.folder(of: name) }
    }

    @Test("A plan that fails keeps its files from nobody: neither run nor record names them")
    func failed() throws {
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try store.commitInParts(keeping: Self.files) { _, _ in throw Refused() }
        }
        try store.commitInParts(keeping: Self.files) { _, record in
            let run = Run(id: "c@1", campaign: "c", occurrence: someInstant, recipients: 0)
            try record(.runSkipped(run, reason: "-"))
        }
        #expect(names == [])
    }
}
