import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Memory of a run")
    struct MemoryTests {
        /// What both runs may differ by, in bytes: to hold the recipients of the larger one takes 24 million.
        private static let slack = 8 << 20

        @Test("A run that is eight times as large is planned and begun in the same memory")
        func flat() async throws {
            let few = try await peakMemory(recipients: 6_000)
            let many = try await peakMemory(recipients: 48_000)
            #expect(abs(many - few) < Self.slack, "\(few) bytes, then \(many)")
        }

        /// The most that `boon send` has had when its first message is on its way. Identifiers are as long as they may
        /// be, so that thousands of them, held at once, are seen.
        private func peakMemory(recipients: Int) async throws -> Int {
            let server = try FaultyServer(.greeting, .silence)
            defer { server.stop() }
            let shop = try Shop(relay: Int(server.port))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            let long = String(repeating: "x", count: 190)
            let rows = (1...recipients).map { "c-\($0)-\(long),c\($0)@shop.example,subscribed\n" }
            try shop.write("id,email,consent\n" + rows.joined(), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            var peak = 0
            _ = try await Boon.start(["send", "letter", "--workspace", shop.path]) { command in
                try await waitUntil { server.log.connections > 0 }
                peak = try command.peakMemory()
                command.signal(.kill)
            }
            return peak
        }
    }
}
