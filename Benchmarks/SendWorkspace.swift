import Foundation

/// A workspace whose customers are imported and nobody of whom has had the letter; each sending begins with a copy.
struct SendWorkspace {
    static let sessions = 16

    let customers: Int
    private let path: String
    private let boon: String

    init(_ folder: BenchFolder, _ size: SendLetter.Size, customers: Int) throws {
        (path, boon) = ("\(folder.path)/send-\(size)-\(customers)", folder.boon)
        self.customers = customers
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try SendLetter(size).write(to: path, customers: customers)
        try writeSettings(port: 25, isSigned: false)
        _ = try ChildProcess.run([boon, "customers", "import", "\(path)/customers.csv", "--workspace", path])
        try FileManager.default.moveItem(atPath: "\(path)/store", toPath: "\(path)/before")
    }

    /// The bytes of the message to one of them.
    func messageSize(isSigned: Bool = false) throws -> Int {
        try writeSettings(port: 25, isSigned: isSigned)
        try begin()
        let file = "\(path)/letter.eml"
        _ = try ChildProcess.run(
            [boon, "preview", "letter", "--customer", "c-4242", "--out", file, "--workspace", path])
        return try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    }

    /// Sends to everyone, or to the first ones, and looks at the process meanwhile.
    func send(port: UInt16, limit: Int? = nil, isSigned: Bool = false) throws -> ChildProcess {
        try writeSettings(port: port, isSigned: isSigned)
        try begin()
        let portion = limit.map { ["--limit", "\($0)"] } ?? []
        return try ChildProcess.run([boon, "send", "letter", "--workspace", path] + portion)
    }

    private func begin() throws {
        try? FileManager.default.removeItem(atPath: "\(path)/store")
        _ = try ChildProcess.run(["cp", "-r", "\(path)/before", "\(path)/store"])
    }

    private func writeSettings(port: UInt16, isSigned: Bool) throws {
        let key = "\(path)/dkim.pem"
        if isSigned, !FileManager.default.fileExists(atPath: key) {
            _ = try ChildProcess.run(["openssl", "genrsa", "-out", key, "2048"])
        }
        let settings = """
            brand: { name: Bench, address: "Pikk 1, 10123 Tallinn" }
            from: Bench <bench@example.com>
            bounce: bounce@example.com
            public_url: https://news.example.com
            languages: [en]
            relays:
              - { relay: main, url: "smtp://127.0.0.1:\(port)", tls: none, connections: \(Self.sessions) }
            \(isSigned ? "dkim: { domain: example.com, selector: one, key: dkim.pem }" : "")

            """
        try Data(settings.utf8).write(to: URL(filePath: "\(path)/boon.yaml"))
    }
}
