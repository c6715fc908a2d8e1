import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What a filter of others makes of the worked campaigns.
    @Suite("SpamAssassin")
    struct SpamTests {
        /// A customer of the worked example for each of its languages.
        private static let customers = ["c-1001", "c-1014", "c-1023", "c-1032", "c-1041", "c-1051"]

        /// What it says about a message: the points, whose mail it is, and each rule with its points.
        private struct Verdict {
            let points: Double
            let description: String

            /// Reads the header that `scan` asks for.
            init(header: Substring) throws {
                description = String(header)
                points = try #require(header.split(separator: " ").first.flatMap { Double($0) }, "\(header)")
            }
        }

        @Test(
            "It gives no campaign more than 1.0 points, in any language, by its rules on content",
            .enabled(if: Executable("spamassassin") != nil, "spamassassin is not installed"),
            .timeLimit(.minutes(10)))
        func content() async throws {
            let shop = try await CoffeeShop.copy()
            var mails: [String] = []
            for campaign in try Self.campaigns(of: shop) {
                for customer in Self.customers {
                    let name = "\(campaign)-\(customer).eml"
                    try await shop.succeed(
                        "preview", campaign, "--customer", customer, "--out", shop.file(name))
                    try Self.receive(name, in: shop)
                    mails.append(name)
                }
            }
            let verdicts = try await Self.scan(mails, in: shop)
            #expect(verdicts.count == mails.count)
            for verdict in verdicts {
                #expect(verdict.points <= 1.0, "\(verdict.description)")
            }
        }

        /// All campaigns of the workspace, also those that wait for an order or an answer.
        private static func campaigns(of shop: Shop) throws -> [String] {
            let files = try FileManager.default.contentsOfDirectory(atPath: shop.file("campaigns")).sorted()
            let campaigns = try files.filter { file in
                String(decoding: try shop.contents("campaigns/\(file)"), as: UTF8.self).hasPrefix("campaign:")
            }
            try #require(campaigns.count >= CoffeeShop.campaigns.count)
            return campaigns.map { String($0.dropLast(".yaml".count)) }
        }

        /// Puts the trace of the receiving server before a mail, since one without it looks made up. The address is
        /// routable: those that documents may use cost points.
        private static func receive(_ name: String, in shop: Shop) throws {
            let mail = String(decoding: try shop.contents(name), as: UTF8.self)
            let lines = mail.split(separator: "\r\n", maxSplits: 20)
            let date = try #require(lines.first { $0.hasPrefix("Date: ") }?.dropFirst("Date: ".count))
            try shop.write(
                """
                Received: from news.kuldnekohv.example (news.kuldnekohv.example [5.35.248.10])\r
                \tby mx.example.net with ESMTPS id abc; \(date)\r

                """ + mail, to: name)
        }

        /// Scans mails in one process, without the network and without what this machine has learned.
        private static func scan(_ mails: [String], in shop: Shop) async throws -> [Verdict] {
            let settings = [
                "use_bayes 0", "report_safe 0", "fold_headers 0", "clear_headers",
                "add_header all Verdict _SCORE_ points for _HEADER(X-Campaign)_ to _HEADER(To:addr)_: _TESTSSCORES(, )_",
            ]
            let spamassassin = try #require(Executable("spamassassin"))
            let ended = try await Boon.run(
                spamassassin.url.path,
                ["--local", "--test-mode", "--nocreate-prefs", "--prefspath=/dev/null"]
                    + settings.map { "--cf=\($0)" } + mails,
                in: shop.path, environment: ["HOME": shop.path])
            #expect(ended.code == 0, "\(ended.errors)")
            let header = "X-Spam-Verdict: "
            return try ended.output.split(whereSeparator: \.isNewline).filter { $0.hasPrefix(header) }
                .map { try Verdict(header: $0.dropFirst(header.count)) }
        }
    }
}
