import Foundation
import FoundationNetworking

@testable import Inbox

/// Reads the pages of an inbox.
struct Browser {
    private let address: String

    init(_ inbox: Inbox) {
        address = inbox.webAddress
    }

    func get(_ path: String, host: String? = nil) async throws -> (Data, HTTPURLResponse) {
        guard let url = URL(string: address + path.dropFirst()) else { throw URLError(.badURL) }
        var request = URLRequest(url: url, timeoutInterval: 30)
        request.setValue(host, forHTTPHeaderField: "Host")
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return (data, response)
    }

    func status(_ path: String, host: String? = nil) async throws -> Int {
        try await get(path, host: host).1.statusCode
    }

    func text(_ path: String) async throws -> String {
        String(decoding: try await get(path).0, as: UTF8.self)
    }
}

/// A program of this machine that a test drives.
struct Program: Sendable {
    static let python = Program(["python3"])
    static let chromium = Program(["chromium", "chromium-browser", "google-chrome"])

    private let url: URL

    init?(_ names: [String]) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
        url = URL(fileURLWithPath: path)
    }

    func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        (process.executableURL, process.arguments) = (url, arguments)
        (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
