import Foundation
import Testing

extension EndToEnd {
    @Suite("boon check")
    struct CheckTests {
        @Test(
            "The worked example is without errors, and without warnings but of a campaign whose days are over"
        )
        func sound() async throws {
            let ended = try await CoffeeShop.copy().succeed("check")
            let lines = ended.output.split(separator: "\n").filter { !$0.hasPrefix("  hint: ") }
            #expect(lines.allSatisfy { $0.contains("its `between` ended on ") }, "\(lines)")
            #expect(ended.errors.contains("0 errors, \(lines.count) warning"))
        }

        @Test(
            "A campaign whose days are over everywhere is warned of, and one whose last day is today is not")
        func elapsed() async throws {
            let shop = try Shop()
            let today = Date.now.formatted(.iso8601.year().month().day())
            for (id, last) in [("over", "2026-01-31"), ("last-day", today)] {
                try shop.write(
                    Letter.yaml.replacing("campaign: letter", with: "campaign: \(id)")
                        + "schedule: { every: day 09:00, between: 2025-01-01 .. \(last) }\n",
                    to: "campaigns/\(id).yaml")
            }
            let ended = try await shop.succeed("check")
            let lines = ended.output.split(separator: "\n")
            #expect(lines.count == 2 && lines[0].hasPrefix("campaigns/over.yaml:6:"), "\(lines)")
            #expect(lines[0].hasSuffix("the campaign goes out no more: its `between` ended on 2026-01-31"))
            #expect(try await shop.boon("check", "--strict").code == 1)
        }

        @Test("Every problem of a broken workspace is told at once with file, line and column, exit code 1")
        func broken() async throws {
            let shop = try Shop()
            try shop.write(
                "campaign: one\naudiense: subscribed\nsubject: Hello\nmodules: []\n", to: "campaigns/one.yaml"
            )
            try shop.write("segments:\n  rich: points.available >=\n", to: "campaigns/two.yaml")
            try shop.write("Hello {% if %}\n", to: "templates/layout.text.liquid")
            let ended = try await shop.boon("check")
            #expect(ended.code == 1)
            let lines = ended.output.split(separator: "\n")
            #expect(
                lines.contains { $0.hasSuffix("campaigns/one.yaml:2:1: error: unknown key `audiense`") },
                "\(lines)")
            #expect(
                lines.contains { $0.contains("campaigns/two.yaml:2:") && $0.contains(": error: ") },
                "\(lines)")
            #expect(lines.contains { $0.contains("templates/layout.text.liquid:1:") }, "\(lines)")
            #expect(ended.complaints.count == 1)
        }

        @Test("A warning exits with 0, and with 1 when --strict is said")
        func strict() async throws {
            let shop = try Shop()
            try shop.write(
                Letter.yaml.replacing("headline: Coffee,", with: "headline: { en: Coffee },")
                    .replacing("audience:", with: "languages: [en, et]\naudience:"),
                to: "campaigns/letter.yaml")
            let relaxed = try await shop.boon("check")
            #expect(relaxed.code == 0, "\(relaxed.output)")
            #expect(
                relaxed.output.contains("campaigns/letter.yaml:6:") && relaxed.output.contains(": warning: "),
                "\(relaxed.output)")
            #expect(try await shop.boon("check", "--strict").code == 1)
        }

        @Test("Nothing is sent while a campaign file is wrong")
        func nothingSent() async throws {
            let shop = try Shop()
            try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
            try shop.write("segments:\n  rich: points.available >=\n", to: "campaigns/two.yaml")
            let ended = try await shop.boon("send", "letter")
            #expect(ended.code == 1)
            #expect(ended.errors.contains("campaigns/two.yaml:2:"), "\(ended.errors)")
        }
    }
}
