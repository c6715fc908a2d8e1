import Foundation
import Model
import Testing

@testable import Recording

/// What is recorded event by event: a run whose recipients have identifiers of 100 bytes, so that its journal is
/// written in several blocks.
@Suite("A commit in parts")
struct CommitInPartsTests {
    private static let run = Run(id: "c@1", campaign: "c", occurrence: someInstant, recipients: 0)
    private static let groups = 12
    /// How many bytes of lines are held at most: a block, and the line that fills it.
    private static let held: Int64 = 1 << 19
    private let folder: TemporaryFolder
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try openStore(folder)
        try store.record([
            .runSkipped(Run(id: "c@0", campaign: "c", occurrence: someInstant, recipients: 0), reason: "-")
        ])
    }

    private static func recipients(_ group: Int) -> Event {
        .runRecipients(
            run.id, (0..<1000).map { CustomerID("\(group)-\($0)-" + String(repeating: "x", count: 100)) })
    }

    /// Records the run.
    /// - Parameter meanwhile: is called after each group of recipients.
    private func record(_ meanwhile: @Sendable (_ group: Int) throws -> Void = { _ in }) throws {
        try store.commitInParts { _, record in
            try record(.runPlanned(Self.run))
            for group in 0..<Self.groups {
                try record(Self.recipients(group))
                try meanwhile(group)
            }
        }
    }

    private func count(in store: Store) throws -> Int? {
        try store.read { try $0.runs() }.first { $0.run.id == Self.run.id }?.counts[.planned]
    }

    private func expectSound(records: Int64) throws {
        let mail = try #require(try Store.verify(folder: folder.path).first { $0.store == .mail })
        #expect(mail.damage == nil && mail.unfinished == nil && mail.records == records)
    }

    @Test("It is one whole, and is the same after a rebuild")
    func whole() throws {
        try record()
        #expect(try count(in: store) == Self.groups * 1000)
        try store.rebuild()
        #expect(try count(in: store) == Self.groups * 1000)
        try expectSound(records: 2 + Int64(Self.groups))
    }

    @Test("Its lines go to the disk while it is decided, so that few are held at a time")
    func streams() throws {
        let path = "\(folder.path)/mail.jsonl"
        try record { [held = Self.held] group in
            let size = try File(path, flags: O_RDONLY)?.size() ?? 0
            #expect(size > Int64(group - 1) * 100_000 - held, "after group \(group)")
        }
    }

    @Test("What a crash leaves of it, nobody ever sees", arguments: [0, 5, 11])
    func crash(group: Int) throws {
        let copy = try TemporaryFolder()
        try record { [folder] reached in
            guard reached == group else { return }
            for name in ["mail.jsonl", "index.sqlite", "index.sqlite-wal"] {
                try copy.write(try folder.contents(name), to: name)
            }
        }
        let survivor = try openStore(copy)
        #expect(try survivor.read { try $0.runs() }.map(\.run.id) == ["c@0"])
        let isWritten = group > 0
        #expect(FileManager.default.fileExists(atPath: "\(copy.path)/torn") == isWritten)
        #expect(survivor.takeNotices().count == (isWritten ? 1 : 0))
        try survivor.record([.runPlanned(Self.run)])
        #expect(try count(in: survivor) == nil)
        #expect(try survivor.read { try $0.runs() }.count == 2)
    }

    @Test(
        "One that fails after its first blocks leaves no byte and no row, and the next one goes on",
        arguments: [0, 5, 11])
    func failure(group: Int) throws {
        struct Refused: Error {}
        let before = try folder.contents("mail.jsonl")
        #expect(throws: Refused.self) {
            try record { if $0 == group { throw Refused() } }
        }
        #expect(try folder.contents("mail.jsonl") == before)
        #expect(try store.read { try $0.runs() }.map(\.run.id) == ["c@0"])
        try record()
        #expect(try count(in: store) == Self.groups * 1000)
        try expectSound(records: 2 + Int64(Self.groups))
    }

    @Test("One that records nothing writes nothing, and its answer is told")
    func nothing() throws {
        let before = try folder.contents("mail.jsonl")
        #expect(try store.commitInParts { view, _ in try view.runs().count } == 1)
        #expect(try folder.contents("mail.jsonl") == before)
    }

    @Test("Readers see nothing of it before it is over, and do not wait for it")
    func readers() throws {
        try record { [store] _ in
            let runs = try store.read { try $0.runs() }
            #expect(runs.count == 1)
        }
        #expect(try store.read { try $0.runs() }.count == 2)
    }
}
