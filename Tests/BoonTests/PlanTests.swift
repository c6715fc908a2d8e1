import Foundation
import Testing

extension EndToEnd {
    @Suite("boon plan")
    struct PlanTests {
        private let shop: Shop

        init() async throws {
            shop = try Shop()
            try shop.write(
                """
                campaign: letter
                name: "Letter; with commas, and a name that is long enough that a line of a calendar has to be folded: õ"
                audience: subscribed
                subject: News
                schedule: { every: day 09:00, timezone: recipient }
                limits: { per_customer: 1 per 2 days }
                modules: [{ thanks: {} }]
                """, to: "campaigns/letter.yaml")
            try shop.write("id,email,timezone\nc-1,mari@example.com,Asia/Tokyo\n", to: "customers.csv")
            try await shop.succeed(
                "customers", "import", "\(shop.path)/customers.csv", "--consent", "subscribed", "--source",
                "till")
        }

        @Test("Every day is there with its letters, and whom limits leave out is told")
        func text() async throws {
            let lines = try await shop.succeed("plan", "--days", "4").output.split(separator: "\n")
            #expect(lines.contains("  09:00  letter  1 recipient"))
            #expect(lines.contains { $0.contains("by each recipient's own clock") })
            let full = try #require(lines.firstIndex { $0.hasPrefix("  ! left out, having had") })
            #expect(lines[full].hasSuffix("by then: 1 of letter"))
            #expect(lines[..<full].contains("  09:00  letter  0 of 1 recipient"))
        }

        @Test(
            "The calendar keeps to RFC 5545: lines of 75 octets that end in CRLF, texts escaped, floating times"
        )
        func calendar() async throws {
            let text = try await shop.succeed("plan", "--days", "4", "--ical").output
            #expect(
                text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
            let lines = text.components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.utf8.contains(0x0A) })
            let unfolded = text.replacing("\r\n ", with: "")
            #expect(
                unfolded.contains(
                    "SUMMARY:Letter\\; with commas\\, and a name that is long enough that a line of a calendar has to be folded: õ (1 recipient)\r\n"
                ))
            let starts = unfolded.components(separatedBy: "\r\n").filter { $0.hasPrefix("DTSTART:") }
            #expect(starts.count >= 3 && starts.allSatisfy { $0.hasSuffix("T090000") })
        }

        @Test("A customer's plan is on the customer's clock, with reasons")
        func customer() async throws {
            let text = try await shop.succeed("plan", "--days", "4", "--customer", "mari@example.com").output
            #expect(text.contains("c-1, times in Asia/Tokyo"))
            #expect(text.contains(" 09:00  letter"))
            #expect(text.contains("the customer will have had 1 mail in 2 days"))
            #expect(text.contains("as many as the campaign 'letter' allows"))
        }

        @Test(
            "A campaign with a clock of its own is told by the shop's, with its own behind; every minute is not told to the end"
        )
        func times() async throws {
            func write(_ id: String, _ schedule: String) throws {
                try shop.write(
                    "campaign: \(id)\naudience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\n\(schedule)\n",
                    to: "campaigns/\(id).yaml")
            }
            try write("tokyo", "schedule: { every: day 03:00, timezone: Asia/Tokyo }")
            try write("tick", "schedule: { cron: \"* * * * *\" }")
            let lines = try await shop.succeed("plan", "--days", "2").output.split(separator: "\n")
            let text = try #require(lines.firstIndex { $0.hasSuffix("  tokyo   1 recipient") })
            // Clocks in Tallinn are six or seven hours behind.
            #expect(lines[text].hasPrefix("  20:00") || lines[text].hasPrefix("  21:00"))
            #expect(lines[text + 1].hasSuffix(" 03:00 in Asia/Tokyo"))
            #expect(
                lines.contains { $0.hasPrefix("... and 2,7") && $0.contains(" more of 'tick' until ") },
                "\(lines)")
            let plan = try #require(await shop.json("plan", "--days", "2") as? [String: Any])
            let entries = try #require(plan["entries"] as? [[String: Any]])
            let tokyo = try #require(entries.first { $0["campaign"] as? String == "tokyo" })
            #expect(
                tokyo["timezone"] as? String == "Europe/Tallinn" && (tokyo["time"] as? String)?.first == "2")
            let own = tokyo["schedule_clock"] as? [String: String]
            #expect(own?["timezone"] == "Asia/Tokyo" && own?["time"] == "03:00")
            #expect((plan["more"] as? [String: Int])?["tick"] ?? 0 > 2700)
            let letter = try #require(entries.first { $0["campaign"] as? String == "letter" })
            #expect(letter["recipient_clock"] as? Bool == true && letter["timezone"] == nil)
            let calendar = try await shop.succeed("plan", "--days", "2", "--ical")
            #expect(
                calendar.errors.contains(" more of 'tick' until ") && !calendar.output.contains("more of"))
        }

        @Test("Campaigns that meet on a morning are one line, and one whose time was missed is told")
        func conflicts() async throws {
            for name in ["a", "b", "c", "d"] {
                try shop.write(
                    "campaign: \(name)\naudience: subscribed\nsubject: News\n"
                        + "schedule: { every: day 09:00, timezone: recipient }\nmodules: [{ thanks: {} }]\n",
                    to: "campaigns/\(name).yaml")
            }
            try shop.write(
                "campaign: late\naudience: subscribed\nsubject: News\n"
                    + "schedule: { at: 2026-01-05 09:00 }\nmodules: [{ thanks: {} }]\n",
                to: "campaigns/late.yaml")
            let ended = try await shop.succeed("plan", "--days", "1")
            let marked = ended.output.split(separator: "\n").filter { $0.hasPrefix("  ! 1 gets") }
            #expect(
                marked.allSatisfy { $0 == "  ! 1 gets more than one within hours: a, b, c, d, letter" }
                    && !marked.isEmpty, "\(ended.output)")
            #expect(
                ended.errors.contains("nobody gets 'late': its time, 2026-01-05 09:00"), "\(ended.errors)")
            let check = try await shop.boon("check")
            #expect(
                check.code == 0
                    && check.output.contains("campaigns/late.yaml:4:11: warning: nobody gets 'late'"),
                "\(check.output)")
            #expect(try await shop.boon("check", "--strict").code == 1)
        }

        @Test("What does not go together is a mistake on the command line")
        func usage() async throws {
            #expect(try await shop.boon("plan", "--ical", "--json").code == 2)
            #expect(try await shop.boon("plan", "--days", "0").code == 2)
        }
    }
}
