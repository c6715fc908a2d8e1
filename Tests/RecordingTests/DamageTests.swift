import Foundation
import Model
import TestSupport
import Testing

@testable import Recording

@Suite("Torn and damaged journals")
struct DamageTests {
    let folder: TemporaryFolder
    let files: JournalFiles

    init() throws {
        folder = try TemporaryFolder()
        files = JournalFiles(folder: folder.path, store: .points)
    }

    @Test("Every truncation of a 1,000-line journal is recovered to its last good line")
    func everyTruncation() async throws {
        let ends = try write(1000)
        let file = try #require(try File(files.activePath, flags: O_RDWR))
        var line = ends.count - 1
        for length in stride(from: ends[line].offset, through: 0, by: -1) {
            try file.truncate(to: length)
            while ends[line].offset > length {
                line -= 1
                await Task.yield()
            }
            var reader = try JournalReader(files, from: ends[line])
            switch try reader.next() {
            case .end: #expect(length == ends[line].offset)
            case .broken(let place, let damage):
                #expect(place.offset == ends[line].offset && place.line == line + 1)
                #expect(!damage.isFollowedByGoodLines && length > ends[line].offset)
            case .line: Issue.record("a line was read past byte \(length)")
            }
        }
    }

    @Test(
        "Without an index, a store opens after a truncation with all good records and keeps the torn tail",
        arguments: [
            0, 1, 20, 400, 401, 5000, 17_000,
        ] as [Int])
    func truncatedStore(cut: Int) throws {
        let ends = try write(100)
        let bytes = try folder.contents("points.jsonl")
        let length = max(0, bytes.count - cut)
        let good = try #require(ends.last { $0.offset <= length })
        try folder.write(bytes[..<length], to: "points.jsonl")
        try removeIndex()
        let store = try openStore(folder)
        #expect(try store.read { try $0.points(of: "c-1") }.count == Int(good.seq))
        #expect(try folder.contents("points.jsonl").count == Int(good.offset))
        let torn = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/torn")) ?? []
        #expect(torn.count == (good.offset == length ? 0 : 1))
        for name in torn {
            #expect(try folder.contents("torn/\(name)") == bytes[Int(good.offset)..<length].map { $0 })
        }
        #expect(store.takeNotices().isEmpty == (cut == 0))
        try store.record([earned(5000)])
        #expect(try Store.verify(folder: folder.path).allSatisfy { $0.damage == nil && $0.unfinished == nil })
    }

    @Test("Every flip of a byte in a 1,000-line journal is found, at its line")
    func everyFlip() async throws {
        let ends = try write(1000)
        let bytes = try folder.contents("points.jsonl")
        let file = try #require(try File(files.activePath, flags: O_RDWR))
        var random = SeededGenerator(seed: 1)
        var line = 0
        for (offset, byte) in bytes.enumerated() {
            while ends[line + 1].offset <= offset {
                line += 1
                await Task.yield()
            }
            try file.write([byte ^ UInt8.random(in: 1...255, using: &random)], at: Int64(offset))
            var reader = try JournalReader(files, from: ends[line])
            guard case .broken(let place, _) = try reader.next(), place.line == line + 1 else {
                Issue.record("a flip of byte \(offset) was not found at line \(line + 1)")
                return
            }
            try file.write([byte], at: Int64(offset))
        }
    }

    @Test("Damage before valid lines stops the start with file, line and byte, and verify says the same")
    func damageInTheMiddle() throws {
        let ends = try write(50)
        var bytes = try folder.contents("points.jsonl")
        bytes[Int(ends[20].offset) + 30] ^= 1
        try folder.write(bytes, to: "points.jsonl")
        try FileManager.default.removeItem(atPath: "\(folder.path)/index.sqlite")
        let error = #expect(throws: StoreError.self) { try openStore(folder) }
        let sentence = "\(try #require(error))"
        #expect(sentence.hasPrefix("\(files.activePath):21: at byte \(ends[20].offset): "))
        #expect(try Store.verify(folder: folder.path).first { $0.store == .points }?.damage == sentence)
        #expect(try folder.contents("points.jsonl") == bytes)
    }

    @Test("A commit of many lines is kept whole or not at all")
    func unfinishedCommit() throws {
        try write(5)
        let before = try folder.contents("points.jsonl")
        try openStore(folder).record((100..<110).map { earned($0) })
        let bytes = try folder.contents("points.jsonl")
        let breaks = bytes.indices.filter { $0 >= before.count && bytes[$0] == UInt8(ascii: "\n") }
        #expect(breaks.count == 10)
        for end in breaks.dropLast() {
            try folder.write(bytes[...end], to: "points.jsonl")
            try removeIndex()
            #expect(try openStore(folder).read { try $0.points(of: "c-1") }.count == 5)
            #expect(try folder.contents("points.jsonl") == before)
        }
    }

    @Test("A missing, swapped, repeated or edited line is found")
    func edits() throws {
        try write(6)
        let lines = try folder.contents("points.jsonl").split(separator: UInt8(ascii: "\n"))
        let edited = String(decoding: lines[2], as: UTF8.self).replacing(
            "\"points\":10", with: "\"points\":99")
        let variants: [[ArraySlice<UInt8>]] = [
            Array(lines[..<2] + lines[3...]), Array(lines[..<2] + [lines[3], lines[2]] + lines[4...]),
            Array(lines[..<3] + [lines[2]] + lines[3...]),
            Array(lines[..<2] + [Array(edited.utf8)[...]] + lines[3...]),
            Array(lines[1...]),
        ]
        for variant in variants {
            try folder.write(variant.flatMap { $0 + [UInt8(ascii: "\n")] }, to: "points.jsonl")
            #expect(try Store.verify(folder: folder.path).first { $0.store == .points }?.damage != nil)
        }
    }

    private func removeIndex() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasPrefix("index") {
            try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        }
    }

    /// Writes a store of so many points records.
    /// - Returns: the checkpoint before the first line and behind each.
    @discardableResult
    private func write(_ count: Int) throws -> [Checkpoint] {
        let store = try openStore(folder)
        for number in 0..<count { try store.record([earned(number)]) }
        var reader = try JournalReader(files, from: .start)
        var ends = [Checkpoint.start]
        while case .line(_, let end) = try reader.next() { ends.append(end) }
        #expect(ends.count == count + 1)
        return ends
    }
}
