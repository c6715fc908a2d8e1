import Foundation
import Model
import Recording
import Synchronization
import TestSupport

/// The folder of a store whose process can die in the middle of anything.
///
/// A process writes the journal of mails in one order and nothing else that counts, so whatever kills it leaves a
/// beginning of what it would have written, to a byte, and an index from any time before.
final class SimulatedDisk: Sendable {
    private let folder = URL(filePath: StoreFolder.new())
    private let clock = Mutex(Timestamp(milliseconds: 0))

    deinit {
        try? FileManager.default.removeItem(at: folder)
        try? FileManager.default.removeItem(at: kept)
    }

    private var kept: URL { URL(filePath: folder.path + "-kept") }
    private var mail: URL { folder.appending(path: "mail.jsonl") }
    /// The index and what SQLite keeps beside it that is not made anew.
    private static let index = ["index.sqlite", "index.sqlite-wal"]

    /// What a process that opens the store now reads and writes.
    func open() throws -> Store {
        try Store(folder: folder.path) { self.clock.withLock { $0 } }
    }

    func setClock(_ now: Int64) {
        clock.withLock { $0 = Timestamp(minute: now) }
    }

    /// How many bytes of mail are recorded.
    var size: Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: mail.path)
        return attributes?[.size] as? Int ?? 0
    }

    /// Remembers the index as it is.
    func keepIndex() throws {
        try? FileManager.default.removeItem(at: kept)
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        try move(from: folder, to: kept, FileManager.default.copyItem)
    }

    /// Leaves so many bytes of mail, and the index as it was or none at all. Nobody has the store open.
    func cut(to size: Int, losingIndex: Bool) throws {
        let file = try FileHandle(forWritingTo: mail)
        try file.truncate(atOffset: UInt64(size))
        try file.close()
        try dropIndex()
        if !losingIndex { try move(from: kept, to: folder, FileManager.default.moveItem) }
    }

    /// The index is disposable.
    func dropIndex() throws {
        for name in Self.index + ["index.sqlite-shm"] {
            let file = folder.appending(path: name)
            if FileManager.default.fileExists(atPath: file.path) {
                try FileManager.default.removeItem(at: file)
            }
        }
    }

    private func move(from source: URL, to target: URL, _ move: (URL, URL) throws -> Void) throws {
        for name in Self.index where FileManager.default.fileExists(atPath: source.appending(path: name).path)
        {
            try move(source.appending(path: name), target.appending(path: name))
        }
    }
}
