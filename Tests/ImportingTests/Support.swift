import Foundation
import Model
import Recording
import Synchronization
import TestSupport

@testable import Importing

/// Bytes in memory, handed out in small pieces.
struct MemorySource: ByteSource {
    private final class Position {
        var index = 0
    }

    let bytes: [UInt8]
    /// The most bytes of one read.
    var piece = Int.max
    private let position = Position()

    init(_ bytes: some Sequence<UInt8>, piece: Int = .max) {
        (self.bytes, self.piece) = (Array(bytes), piece)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ImportError) -> Int {
        let count = min(buffer.count, piece, bytes.count - position.index)
        buffer.copyBytes(from: bytes[position.index..<position.index + count])
        position.index += count
        return count
    }
}

/// A source of bytes that are made as they are read, so that a test of 100 MB needs none of it.
struct RepeatingSource: ByteSource {
    private final class Remaining {
        var count: Int
        init(_ count: Int) { self.count = count }
    }

    private let byte: UInt8
    private let remaining: Remaining

    init(_ byte: UInt8, count: Int) {
        (self.byte, remaining) = (byte, Remaining(count))
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ImportError) -> Int {
        let count = min(buffer.count, remaining.count)
        for index in 0..<count { buffer[index] = byte }
        remaining.count -= count
        return count
    }
}

/// A folder with a store, gone with the test.
final class Workspace {
    let folder: String
    let store: Store
    private var generator = SeededGenerator(seed: 7)
    private let clock: Clock

    /// The store's clock.
    private final class Clock: Sendable {
        let now: Mutex<Timestamp>

        init(_ start: Timestamp) {
            now = Mutex(start)
        }
    }

    /// When what is recorded next is.
    var now: Timestamp {
        get { clock.now.withLock { $0 } }
        set { clock.now.withLock { $0 = newValue } }
    }

    init(startingAt start: Timestamp = Timestamp(seconds: 1_795_251_600)) throws {
        folder = NSTemporaryDirectory() + "importing-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let clock = Clock(start)
        self.clock = clock
        store = try Store(folder: folder + "/store") { clock.now.withLock { $0 } }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Writes a file beside the store.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    func customers(
        _ text: String, file: String = "customers.csv", _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> ImportSummary {
        var options = ImportOptions.test
        change(&options)
        return try Importer(store: store, options: options)
            .importCustomers(from: try write(text, to: file), using: &generator)
    }

    func orders(
        _ text: String, file: String = "orders.csv", _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> ImportSummary {
        var options = ImportOptions.test
        change(&options)
        return try Importer(store: store, options: options)
            .importOrders(from: try write(text, to: file), using: &generator)
    }

    func events(
        _ text: String, file: String = "events.csv", _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> ImportSummary {
        var options = ImportOptions.test
        change(&options)
        return try Importer(store: store, options: options).importEvents(from: try write(text, to: file))
    }

    func customer(_ id: CustomerID) throws -> Customer? { try store.read { try $0.customer(id) } }
    func customer(email: String) throws -> Customer? {
        try store.read { try $0.customers(email: email).first }
    }
    func order(_ id: OrderID) throws -> Order? { try store.read { try $0.order(id) } }
    func event(_ id: String) throws -> CustomerEvent? { try store.read { try $0.event(id: id) } }
    func orders(of id: CustomerID) throws -> [Order] { try store.read { try $0.orders(of: id) } }

    /// The length of a journal, by which a test sees that nothing was recorded.
    func recordedBytes(_ name: StoreName) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: "\(folder)/store/\(name.rawValue).jsonl")).count
    }
}

extension ImportOptions {
    /// Subscribers from a test, euros, Tallinn.
    static let test = ImportOptions(
        consent: .subscribed, source: "a test", currency: Currency("EUR"),
        zone: TimeZone(identifier: "Europe/Tallinn") ?? .gmt)
}

extension ImportSummary {
    /// The counts in a row, for comparison.
    var counts: [Int] { [rows, added, updated, unchanged, refused] }
}
