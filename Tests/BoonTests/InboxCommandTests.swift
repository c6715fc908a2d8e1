import Foundation
import FoundationNetworking
import TestSupport
import Testing

extension EndToEnd {
    @Suite("boon demo and boon inbox")
    struct InboxCommandTests {
        @Test("The demo sends to everyone, finds every mail in its inbox and ends with 0 off a terminal")
        func demo() async throws {
            let shop = try Shop()
            let ended = try await Boon.run(["demo"], environment: ["TMPDIR": shop.path])
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(ended.complaints == [])
            #expect(ended.output.contains("arrived, once each"))
            let made = try FileManager.default.contentsOfDirectory(atPath: shop.path).filter {
                $0.hasPrefix("boon-demo")
            }
            let verified = try await Boon.run([
                "store", "verify", "--workspace", shop.file(try #require(made.first)),
            ])
            #expect(made.count == 1 && verified.code == 0)
        }

        @Test("The inbox takes mail, shows it on its page, and ends with 0 at SIGTERM")
        func inbox() async throws {
            let (smtp, web) = (try Socket.freePort(), try Socket.freePort())
            let shop = try Shop(relay: Int(smtp))
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write(Letter.customers(3), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let ended = try await Boon.start(["inbox", "--smtp", "\(smtp)", "--web", "\(web)"]) { inbox in
                try await waitUntilListening(port: web)
                try await shop.succeed("send", "letter")
                let page = try await Self.text("http://127.0.0.1:\(web)/")
                for number in 1...3 { #expect(page.contains("c\(number)@shop.example")) }
                let taken = try await Boon.run(["inbox", "--smtp", "\(smtp)", "--web", "0"])
                #expect(taken.code == 3 && taken.complaints.count == 1 && taken.errors.contains("\(smtp)"))
                inbox.signal(.terminate)
            }
            #expect(ended.code == 0)
            #expect(
                ended.output.contains("smtp://127.0.0.1:\(smtp)")
                    && ended.output.contains("http://127.0.0.1:\(web)/"))
            #expect(ended.errors == "")
        }

        private static func text(_ address: String) async throws -> String {
            let url = try #require(URL(string: address))
            return String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
        }
    }
}
