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
