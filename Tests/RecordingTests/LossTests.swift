import Foundation
import Model
import Testing

@testable import Recording

@Suite("Journals that have lost what was acknowledged")
struct LossTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// How a journal of 50 commits, the last one of ten lines, comes to lose some of it.
    enum Accident: CaseIterable {
        case emptied, deleted, cutBetweenLines, cutInALine, cutInTheLastCommit, flippedSum, flippedBody
        case lostItsLastBreak

        /// What is left of the bytes; nil for no file.
        func leaves(of bytes: [UInt8]) -> [UInt8]? {
            let lines = bytes.split(separator: UInt8(ascii: "\n")).map { $0 + [UInt8(ascii: "\n")] }
            switch self {
            case .emptied: return []
            case .deleted: return nil
            case .cutBetweenLines: return Array(lines.prefix(3).joined())
            case .cutInALine: return lines.prefix(3).joined().dropLast(20)
            case .cutInTheLastCommit: return Array(lines.dropLast(4).joined())
            case .flippedSum: return flipped(bytes, at: bytes.count - 5)
            case .flippedBody: return flipped(bytes, at: bytes.count - 80)
            case .lostItsLastBreak: return bytes.dropLast()
            }
        }

        private func flipped(_ bytes: [UInt8], at index: Int) -> [UInt8] {
            var bytes = bytes
            bytes[index] ^= 1
            return bytes
        }

        /// Where it is, and what is wrong there.
        var sentence: String {
            switch self {
            case .emptied, .deleted: "points.jsonl: records 1 to 59 are gone; restore the file"
            case .cutBetweenLines: "points.jsonl: records 4 to 59 are gone; restore the file"
            case .cutInALine: "points.jsonl:3: at byte "
            case .cutInTheLastCommit: "points.jsonl: records 50 to 59 are not whole any more; restore"
            case .flippedSum, .flippedBody, .lostItsLastBreak: "points.jsonl:59: at byte "
            }
        }
    }

    @Test(
        "Lost records stop everything with verify's sentence, and nothing is touched",
        arguments: Accident.allCases)
    func refused(accident: Accident) throws {
        try write()
        let left = try strike(accident)
        let applied = Index(folder: folder.path).applied()
        #expect(applied[.points]?.seq == 59)
        let sentence = try #require(try damage())
        #expect(sentence.contains(accident.sentence), "\(sentence)")
        #expect(sentence.hasSuffix("run 'boon store rebuild --accept-loss'"))
        // Of a line that is applied only the end is looked at again, so one damage waits for who reads all.
        if accident != .flippedBody {
            #expect("\(try #require(opening()))" == sentence)
        }
        let error = #expect(throws: StoreError.self) { try unmended().rebuild() }
        #expect("\(try #require(error))" == sentence)
        #expect(Index(folder: folder.path).applied() == applied)
        #expect((try? folder.contents("points.jsonl")) == left)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/torn"))
    }

    @Test(
        "Who accepts a loss goes on with what is there, and is told what it was", arguments: Accident.allCases
    )
    func accepted(accident: Accident) throws {
        try write()
        let left = try strike(accident)
        let store = try unmended()
        try store.rebuild(acceptsLoss: true)
        let notices = store.takeNotices()
        #expect(notices.first?.hasSuffix("; the index was made without that") == true, "\(notices)")
        try store.record([earned(7000)])
        #expect(try damage() == nil)
        #expect(try openStore(folder).read { try $0.points(of: "c-1") }.last?.key == "purchase:7000")
        // What was cut off is kept.
        let torn = try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/torn")
        let kept = try (torn ?? []).flatMap { try folder.contents("torn/\($0)") }
        let good = try folder.contents("points.jsonl").split(separator: UInt8(ascii: "\n")).dropLast()
        #expect(good.flatMap { $0 + [UInt8(ascii: "\n")] } + kept == left ?? [])
    }

    @Test("A writer that is at work when its journal loses records stops too, and nobody's records are lost")
    func atWork() throws {
        let store = try write()
        let whole = try folder.contents("points.jsonl")
        let left = try strike(.cutBetweenLines)
        #expect(throws: StoreError.self) { try store.record([earned(7000)]) }
        #expect(try folder.contents("points.jsonl") == left)
        // A backup is another file of the same name.
        try FileManager.default.removeItem(atPath: "\(folder.path)/points.jsonl")
        try folder.write(whole, to: "points.jsonl")
        try store.record([earned(7001)])
        #expect(try damage() == nil)
        #expect(try openStore(folder).read { try $0.points(of: "c-1") }.count == 60)
    }

    @Test("Sealed files hold what was acknowledged: without the active one the rest is missed")
    func sealed() throws {
        let store = try openStore(folder, sealSize: 2000)
        for number in 0..<50 { try store.record([earned(number)]) }
        try FileManager.default.removeItem(atPath: "\(folder.path)/points.jsonl")
        let sentence = "\(try #require(opening()))"
        #expect(sentence.contains("points.jsonl: record") && sentence.contains("gone"), "\(sentence)")
        #expect(try damage() == sentence)
    }

    @Test("An index of an older version still knows what was there")
    func olderVersion() throws {
        try write()
        _ = try Index(folder: folder.path).write { try $0.execute(sql: "PRAGMA user_version = 1") }
        try strike(.cutBetweenLines)
        let sentence = "\(try #require(opening()))"
        #expect(sentence.contains("records 4 to 59 are gone"))
        #expect(try damage() == sentence)
    }

    @Test("An index that belongs to other journals is made anew from those that are there")
    func foreign() throws {
        let other = try TemporaryFolder()
        let store = try openStore(other)
        for number in 100..<200 { try store.record([earned(number)]) }
        try write()
        try folder.write(other.contents("points.jsonl"), to: "points.jsonl")
        let opened = try openStore(folder)
        #expect(opened.takeNotices().contains { $0.contains("not the journal that the index was made from") })
        #expect(try opened.read { try $0.points(of: "c-1") }.count == 100)
    }

    @Test("Behind what the index has applied, whole commits are applied and a torn one is cut off")
    func beyondTheIndex() throws {
        try write()
        _ = try Index(folder: folder.path).write { try $0.checkpoint(.truncate) }
        let old = try folder.contents("index.sqlite")
        let known = try folder.contents("points.jsonl").count
        let store = try openStore(folder)
        try store.record([earned(8000)])
        let whole = try folder.contents("points.jsonl")
        try store.record([earned(8001), earned(8002)])
        let bytes = try folder.contents("points.jsonl")
        for length in [known, whole.count, whole.count + 1, bytes.count - 60, bytes.count - 1] {
            let crashed = try TemporaryFolder()
            try crashed.write(old, to: "index.sqlite")
            try crashed.write(bytes[..<length], to: "points.jsonl")
            let count = try openStore(crashed).read { try $0.points(of: "c-1") }.count
            #expect(count == (length == known ? 59 : 60))
            #expect(try crashed.contents("points.jsonl").count == min(length, whole.count))
        }
    }

    @Test("The first line of a new file that a crash has torn is cut off there")
    func tornAfterSealing() throws {
        let store = try openStore(folder, sealSize: 2000)
        var number = 0
        while FileManager.default.fileExists(atPath: "\(folder.path)/points.jsonl") || number == 0 {
            try store.record([earned(number)])
            number += 1
        }
        let torn = Array(#"{"seq":99,"at":"20"#.utf8)
        try folder.write(torn, to: "points.jsonl")
        #expect(try openStore(folder).read { try $0.points(of: "c-1") }.count == number)
        #expect(try folder.contents("points.jsonl").isEmpty)
        #expect(try folder.contents("torn/points-2-0.jsonl") == torn)
    }

    // MARK: - Helpers

    @discardableResult
    private func write() throws -> Store {
        let store = try openStore(folder)
        for number in 0..<49 { try store.record([earned(number)]) }
        try store.record((49..<59).map { earned($0) })
        return store
    }

    /// - Returns: what is left of the journal.
    @discardableResult
    private func strike(_ accident: Accident) throws -> [UInt8]? {
        let path = "\(folder.path)/points.jsonl"
        let left = accident.leaves(of: try folder.contents("points.jsonl"))
        // Another open store keeps its file: what happens to it happens in place.
        let file = try #require(try File(path, flags: O_RDWR))
        try file.truncate(to: 0)
        if let left { try file.write(left, at: 0) } else { try FileManager.default.removeItem(atPath: path) }
        return left
    }

    private func damage() throws -> String? {
        try Store.verify(folder: folder.path).first { $0.store == .points }?.damage
    }

    private func opening() -> StoreError? {
        #expect(throws: StoreError.self) { try openStore(folder) }
    }

    private func unmended() throws -> Store {
        try Store(folder: folder.path, mends: false) { someInstant }
    }
}
