import Foundation
import Model
import Recording

/// Generated data that several benchmarks share, made when first asked for and gone with the run.
final class BenchFolder {
    static let customerCount = 1_000_000
    static let entriesPerCustomer = 5

    let path: String
    /// The binary that was built beside this one.
    let boon: String
    private var hasStore = false

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "boon-bench-\(UUID().uuidString)").path
        boon =
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "boon").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let settings = """
            brand: { name: Bench, address: "Pikk 1, 10123 Tallinn" }
            from: Bench <bench@example.com>
            relays: [ { relay: main, url: "smtp://127.0.0.1:2525", tls: none } ]

            """
        try settings.write(toFile: "\(path)/boon.yaml", atomically: true, encoding: .utf8)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// A Python with the peers' packages, in a folder of its own.
    /// - Throws: `BenchError` when it cannot be installed.
    func python() throws -> String {
        let python = "\(path)/python/bin/python"
        if FileManager.default.fileExists(atPath: python) { return python }
        _ = try ChildProcess.run(["python3", "-m", "venv", "\(path)/python"])
        let packages = ["aiosmtplib==5.1.3", "jinja2==3.1.6", "python-liquid==2.3.6"]
        _ = try ChildProcess.run([python, "-m", "pip", "install", "--quiet"] + packages)
        return python
    }

    /// A CSV file of a million customers.
    func customersFile() throws -> String {
        let file = "\(path)/customers.csv"
        if FileManager.default.fileExists(atPath: file) { return file }
        var text = "id,email,first_name,last_name,phone,locale,country,city,tags,joined,consent\n"
        guard FileManager.default.createFile(atPath: file, contents: nil),
            let handle = FileHandle(forWritingAtPath: file)
        else { throw BenchError("\(file) cannot be written") }
        for number in 0..<Self.customerCount {
            // A multiplicative order, so that identifiers do not come sorted.
            let id = number * 7_919 % Self.customerCount
            text += "c-\(id),customer\(id)@example.com,Mari\(id % 977),Maasikas\(id % 1_013),+372 5\(id),"
            text +=
                "\(["et", "en", "he", "kk", "th", "nl"][id % 6]),EE,Tallinn,a|b\(id % 7),2026-01-\(10 + id % 20),subscribed\n"
            if text.utf8.count > 1 << 20 {
                handle.write(Data(text.utf8))
                text = ""
            }
        }
        handle.write(Data(text.utf8))
        return file
    }

    /// A workspace whose store holds a million customers and five million points entries.
    func filledWorkspace() throws -> String {
        let workspace = "\(path)/filled"
        if hasStore { return workspace }
        try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(path)/boon.yaml", toPath: "\(workspace)/boon.yaml")
        let now = Timestamp(seconds: 1_795_251_600)
        let store = try Store(folder: "\(workspace)/store") { now }
        for start in stride(from: 0, to: Self.customerCount, by: 5000) {
            try store.record((start..<start + 5000).map { .customerSaved(Self.customer($0)) })
        }
        for round in 0..<Self.entriesPerCustomer {
            for start in stride(from: 0, to: Self.customerCount, by: 5000) {
                try store.record(
                    (start..<start + 5000).map { .points(Self.entry($0, round: round, at: now)) })
            }
        }
        hasStore = true
        return workspace
    }

    private static func customer(_ number: Int) -> Customer {
        var customer = Customer(
            id: "c-\(number)", email: "customer\(number)@example.com", consent: .subscribed)
        customer.firstName = "Mari\(number % 977)"
        customer.locale = "et"
        customer.country = "EE"
        return customer
    }

    private static func entry(_ number: Int, round: Int, at now: Timestamp) -> PointsEntry {
        PointsEntry(
            kind: .earned, customer: "c-\(number * 7_919 % customerCount)",
            key: "purchase:\(round)-\(number)",
            points: Int64(number % 90 + 1), occurred: now, activates: now, source: "order:\(round)-\(number)",
            rule: "purchase@5be1c0de", actor: "boon",
            reason: "1 point per 1.00 EUR: 12.50 EUR = 12, rounded down")
    }
}
