import Foundation
import TestSupport
import Testing

/// A workspace of a test's own, which goes away with it.
final class Shop: Sendable {
    let path: String

    /// A workspace with settings and nothing else.
    /// - Parameter relay: the port of 127.0.0.1 where its relay is.
    init(relay: Int = 1) throws {
        path = StoreFolder.new()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try setRelay(port: relay)
    }

    /// A copy of a workspace as it is now.
    init(copying other: Shop) throws {
        path = other.path + "-\(UUID().uuidString.prefix(8))"
        try FileManager.default.copyItem(atPath: other.path, toPath: path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes the settings anew, with another relay.
    /// - Parameter more: further keys of it, `rate: 100/s`.
    func setRelay(port: Int, connections: Int = 4, batch: Int = 16, _ more: String...) throws {
        let keys = ["connections: \(connections)", "batch: \(batch)"] + more
        try write(
            """
            brand: { name: Kuldne Kohv, address: "Pikk 1, 10123 Tallinn", url: https://kuldnekohv.example }
            from: Kuldne Kohv <tere@kuldnekohv.example>
            public_url: https://news.kuldnekohv.example
            timezone: Europe/Tallinn
            languages: [en]
            currency: EUR
            relays:
              - { relay: main, url: "smtp://127.0.0.1:\(port)", tls: none, \(keys.joined(separator: ", ")) }

            """, to: "boon.yaml")
    }

    /// Runs a command in the workspace.
    func boon(_ arguments: String...) async throws -> Boon.Ended {
        try await Boon.run(arguments + ["--workspace", path])
    }

    /// Runs a command in the workspace that has to succeed.
    @discardableResult
    func succeed(
        _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Boon.Ended {
        let ended = try await Boon.run(arguments + ["--workspace", path])
        try #require(ended.code == 0, "\(arguments): \(ended.errors)", sourceLocation: sourceLocation)
        return ended
    }

    /// Runs a listing and reads its JSON.
    func json(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> Any {
        let ended = try await Boon.run(arguments + ["--json", "--workspace", path])
        try #require(ended.code == 0, "\(arguments): \(ended.errors)", sourceLocation: sourceLocation)
        return try ended.json()
    }

    /// Whether anything has opened the stores yet.
    var hasStore: Bool { FileManager.default.fileExists(atPath: file("store")) }

    /// Every record's number and sum is right.
    /// - Returns: how many records each store holds.
    @discardableResult
    func verify(sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String: Int] {
        let rows = try #require(
            await json("store", "verify", sourceLocation: sourceLocation) as? [[String: Any]])
        return rows.reduce(into: [:]) { counts, row in
            if let store = row["store"] as? String { counts[store] = row["records"] as? Int }
        }
    }

    func file(_ name: String) -> String {
        "\(path)/\(name)"
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: file(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func contents(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: file(name)))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: file(name))
    }

    /// The records of a store, read as anybody could, without what differs from one writing to the next: number
    /// and time at the beginning of a line, mark and sum at its end.
    func records(of store: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: file("store/\(store).jsonl")) else { return [] }
        let mark = Array(",\"more\":true".utf8)
        return try Array(contents("store/\(store).jsonl")).split(separator: UInt8(ascii: "\n")).map { line in
            let fields = line.split(separator: UInt8(ascii: ","), maxSplits: 2)
            var record = try #require(fields.last).dropLast(",\"sum\":\"0123456789abcdef\"}".utf8.count)
            if record.suffix(mark.count).elementsEqual(mark) { record.removeLast(mark.count) }
            return String(decoding: record, as: UTF8.self)
        }
    }
}
