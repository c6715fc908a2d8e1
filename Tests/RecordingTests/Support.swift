import Foundation
import Model
import Synchronization
import TestSupport

@testable import Recording

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = StoreFolder.new()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func contents(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }

    func write(_ bytes: some Collection<UInt8>, to name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }
}

let someInstant = Timestamp(milliseconds: 1_795_251_600_123)

func openStore(_ folder: TemporaryFolder, sealSize: Int64 = 256 << 20) throws -> Store {
    try Store(folder: folder.path, sealSize: sealSize) { someInstant }
}

func earned(_ number: Int, customer: CustomerID = "c-1", points: Int64 = 10) -> Event {
    .points(
        PointsEntry(
            kind: .earned, customer: customer, key: "purchase:\(number)", points: points,
            occurred: someInstant,
            activates: someInstant, source: "order:\(number)", actor: "boon"))
}

func customer(_ number: Int, name: String? = "Õie \"Ö\"") -> Customer {
    var customer = Customer(
        id: CustomerID("c-\(number)"), email: "c\(number)@example.com", consent: .subscribed)
    customer.firstName = name
    customer.tags = ["vip", "tallinn"]
    customer.attributes = ["plan": "pro"]
    return customer
}

/// A clock that goes on by a second whenever it is asked.
final class TickingClock: Sendable {
    private let ticks = Mutex<Int64>(0)

    func next() -> Timestamp {
        ticks.withLock { ticks in
            ticks += 1
            return someInstant.advanced(milliseconds: ticks * 1000)
        }
    }
}
