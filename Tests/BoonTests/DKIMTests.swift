import Foundation
import MIME
import Testing

extension EndToEnd {
    @Suite("boon dkim")
    struct DKIMTests {
        private let domain = "kuldnekohv.example"

        /// Adds lines to the shop's settings.
        private func add(_ lines: String, to shop: Shop) throws {
            let settings = try String(contentsOfFile: shop.file("boon.yaml"), encoding: .utf8)
            try shop.write(settings + lines, to: "boon.yaml")
        }

        /// A shop whose two keys are in boon.yaml as the commands said.
        private func signingShop() async throws -> Shop {
            let shop = try await CoffeeShop.copy()
            let first = try await shop.succeed("dkim", "new", domain, "boon1")
            let second = try await shop.succeed("dkim", "new", domain, "boon2", "--algorithm", "ed25519")
            for output in [first.output, second.output] {
                let lines = try #require(output.components(separatedBy: "boon.yaml\n").last)
                try add(lines, to: shop)
            }
            try await shop.succeed("check")
            return shop
        }

        @Test(
            "A new key is its owner's alone, and what is printed is all that is needed",
            arguments: ["rsa", "ed25519"])
        func new(algorithm: String) async throws {
            let shop = try Shop()
            let made = try await shop.succeed("dkim", "new", domain, "boon1", "--algorithm", algorithm)
            let path = shop.file("keys/boon1.pem")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let key = try DKIMKey(pem: String(contentsOfFile: path, encoding: .utf8))
            #expect(key.algorithm.rawValue == algorithm)
            let line = key.record.zoneLine(for: try DKIMName(domain: domain, selector: "boon1"))
            #expect(made.output.split(separator: "\n").contains { $0 == line })
            #expect(line.split(separator: "\"").allSatisfy { $0.utf8.count <= 255 })
            #expect(made.output.contains("keys/boon1.pem") && !made.output.contains("PRIVATE"))
        }

        @Test("A key that is there is kept")
        func kept() async throws {
            let shop = try Shop()
            try await shop.succeed("dkim", "new", domain, "boon1", "--out", "own.pem")
            let before = try Data(contentsOf: URL(filePath: shop.file("own.pem")))
            let again = try await shop.boon("dkim", "new", domain, "boon1", "--out", "own.pem")
            #expect(again.code == 1 && again.output == "")
            #expect(again.errors.contains("own.pem is there already and is kept"))
            #expect(try Data(contentsOf: URL(filePath: shop.file("own.pem"))) == before)
        }

        @Test(
            "What is no domain, no selector or no path inside the workspace is refused",
            arguments: [
                (["kohv", "boon1"], 1), (["kohv example", "boon1"], 1), (["kohv.example", "a_b"], 1),
                (["kohv.example", "../x"], 1), (["kohv.example", "boon1", "--out", "../x.pem"], 2),
                (["kohv.example", "boon1", "--out", "/tmp/x.pem"], 2),
                (["kohv.example", "boon1", "--algorithm", "dsa"], 2),
            ] as [([String], Int32)])
        func refused(arguments: [String], code: Int32) async throws {
            let shop = try Shop()
            let ended = try await Boon.run(["dkim", "new"] + arguments + ["--workspace", shop.path])
            #expect(ended.code == code && ended.output == "", "\(ended.errors)")
            #expect(!FileManager.default.fileExists(atPath: shop.file("keys")))
        }

        @Test("Both keys sign what goes out")
        func signs() async throws {
            let shop = try await signingShop()
            let file = shop.file("mail.eml")
            try await shop.succeed("preview", "november-thanks", "--customer", "c-1001", "--out", file)
            let mail = ParsedMessage(Array(try Data(contentsOf: URL(filePath: file))))
            let signatures = mail.headers.fields.filter { $0.name == "DKIM-Signature" }.map(\.text)
            #expect(signatures.count == 2)
            #expect(signatures.contains { $0.contains("a=rsa-sha256") && $0.contains("s=boon1") })
            #expect(signatures.contains { $0.contains("a=ed25519-sha256") && $0.contains("s=boon2") })
        }

        @Test("A record that holds the key is found right, in all the forms in which one is handed on")
        func right() async throws {
            let shop = try await signingShop()
            let should = try await shop.succeed("dkim", "check")
            let lines = should.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 2)
            let strings = lines[0].split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(
                \.element)
            let quoted = strings.map { "\"\($0)\"" }.joined(separator: " ")
            try shop.write(should.output.replacing("\" \"", with: "\"\n  \""), to: "zone.txt")
            try shop.write(strings.joined() + "\n", to: "plain.txt")
            let forms = [
                ["--record", quoted], ["--record", strings.joined()],
                ["--record-file", shop.file("zone.txt")], ["--record-file", shop.file("plain.txt")],
                ["--record", lines[1], "--selector", "boon2"],
            ]
            for form in forms {
                let ended = try await Boon.run(["dkim", "check"] + form + ["--workspace", shop.path])
                #expect(ended.code == 0 && ended.output == "", "\(form): \(ended.output)\(ended.errors)")
            }
        }

        @Test("Each fault of a record is a sentence, exit code 1")
        func wrong() async throws {
            let shop = try await signingShop()
            let records = [
                ("v=DKIM1; k=rsa; p=", "revoked"), ("v=spf1 -all", "The DNS record"),
                ("v=DKIM1; k=rsa; t=y; p=AAAA", "another public key"),
                ("v=DKIM1; k=rsa; t=y; p=AAAA", "is being tested"), ("v=DKIM1; k=ed25519; p=AAAA", "ed25519"),
            ]
            for (record, words) in records {
                let ended = try await shop.boon("dkim", "check", "--record", record)
                #expect(ended.code == 1 && ended.output.contains(words), "\(record): \(ended.output)")
                #expect(ended.errors.contains("boon1._domainkey.kuldnekohv.example. IN TXT"))
            }
        }

        @Test("Without a key in boon.yaml, or with another selector, it says what to do")
        func nothing() async throws {
            let none = try await Shop().boon("dkim", "check")
            #expect(none.code == 1 && none.errors.contains("'boon dkim new' makes a key"))
            let other = try await signingShop().boon("dkim", "check", "--selector", "boon3")
            #expect(other.code == 1 && other.errors.contains("there is no selector 'boon3'"))
        }
    }
}
