import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A/B tests that are sent")
    struct SplitTests {
        @Test(
            "By hand those who are tested are sent to, and all others wait, with a sentence and exit code 0")
        func waits() async throws {
            let test = try await SplitShop()
            let first = try await test.shop.succeed("send", "letter")
            let tested = test.mailed
            #expect(Set(tested.keys) == ["First", "Second"])
            #expect(abs(test.count - 120) < 43, "five standard deviations")
            let left = SplitShop.customers - test.count
            #expect(first.output.contains("\(left) recipients wait for the winner of the A/B test until "))
            #expect(first.output.contains("'boon send letter' goes on then, and so does the daemon"))
            try await test.shop.succeed("send", "letter")
            #expect(test.mailed == tested && left + test.count == SplitShop.customers)
            let report = try await test.report()
            #expect(report["verdict"] == nil && report["decides"] is String)
            let runs = try #require(try await test.shop.json("runs", "list") as? [[String: Any]])
            let waiting = try #require(runs.first?["waits"] as? [String: String])
            #expect(waiting["cause"] == "decision" && waiting["until"] == report["decides"] as? String)
            let list = try await test.shop.succeed("runs", "list").output
            #expect(list.contains("waits for the A/B test until "), "\(list)")
            let plan = try #require(try await test.shop.json("plan") as? [String: Any])
            let entries = try #require(plan["entries"] as? [[String: Any]])
            #expect(entries.map { $0["part"] as? String } == ["others"])
            #expect(entries[0]["recipients"] as? Int == left)
            #expect(entries[0]["state"] as? String == "open")
            let text = try await test.shop.succeed("plan").output
            #expect(text.contains("letter  waiting, \(left) still to send"), "\(text)")
            try await test.inbox.stop()
        }

        @Test(
            "All others get the winner, or the campaign's own subject where no variant has won",
            arguments: [
                ("orders after 4 hours", [0.1, 0.6], "Second", "variant 2 wins: "),
                ("orders after 4 hours", [0.3, 0.35], "Own", "no winner: "),
                ("most orders after 4 hours", [0.35, 0.3], "First", "variant 1 has most: "),
                ("most orders after 4 hours", [0, 0], "Own", "no winner: "),
                ("clicks after 4 hours", [0.1, 0.6], "Second", "variant 2 wins: "),
                ("clicks after 4 hours", [0.3, 0.35], "Own", "no winner: "),
                ("most clicks after 4 hours", [0.35, 0.3], "First", "variant 1 has most: "),
            ] as [(String, [Double], String, String)])
        func decided(winner: String, shares: [Double], subject: String, words: String) async throws {
            let test = try await SplitShop(winner: winner)
            try await test.test(did: shares)
            let tested = test.mailed
            let ended = try await test.shop.succeed("send", "letter")
            #expect(ended.output.contains("The A/B test: \(words)"), "\(ended.output)")
            try await test.expectAll(subject)
            for (subject, those) in tested {
                #expect(test.mailed[subject]?.isSuperset(of: those) == true)
            }
            let report = try await test.report()
            let variants = try #require(report["variants"] as? [[String: Any]])
            #expect(variants.map { $0["subject"] as? String } == ["First", "Second"])
            #expect(variants.map { $0["sent"] as? Int } == ["First", "Second"].map { tested[$0]?.count })
            #expect((report["words"] as? String)?.hasPrefix(words) == true)
            #expect(
                report["decided"] is String && report["decides"] as? String == report["decided"] as? String)
            let shown = try await test.shop.succeed("runs", "show", "letter").output
            #expect(shown.contains("A/B test, decided on 2") && shown.contains("): \(words)"), "\(shown)")
            #expect(try await test.shop.boon("send", "letter").errors.contains("--again"))
            try await test.inbox.stop()
        }

        @Test(
            "The daemon decides a test that was begun by hand, says so, and sends the rest",
            arguments: ["orders after 4 hours", "clicks after 4 hours"])
        func daemon(winner: String) async throws {
            let test = try await SplitShop(winner: winner)
            try await test.test(did: [0.6, 0.1])
            let ended = try await DaemonTests.daemon(test.shop) { _, _ in
                try await waitUntil { test.count == SplitShop.customers }
                try await waitUntil {
                    try test.shop.records(of: "mail").contains { $0.contains("run.finished") }
                }
            }
            #expect(ended.code == 0 && ended.errors.contains("variant 1 wins: "), "\(ended.errors)")
            try await test.expectAll("First")
            try await test.inbox.stop()
        }

        @Test("What the daemon has planned is tested, decided and sent by it, over its restarts")
        func scheduled() async throws {
            let zone = try #require(TimeZone(identifier: "Europe/Tallinn"))
            var style = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
            style = style.dateTimeSeparator(.space).time(includingFractionalSeconds: false)
            let time = Date.now.addingTimeInterval(-600).formatted(style).prefix("2026-11-22 09:00".count)
            let test = try await SplitShop(schedule: "schedule: { at: \(time), late: send }")
            func daemon(until isDone: @escaping () throws -> Bool) async throws {
                let ended = try await DaemonTests.daemon(test.shop) { _, _ in
                    try await waitUntil { try isDone() }
                }
                #expect(ended.code == 0, "\(ended.errors)")
            }
            func recorded(_ kind: String) throws -> Int {
                try test.shop.records(of: "mail").filter { $0.contains("\"type\":\"\(kind)\"") }.count
            }
            // What was before the schedule was first seen is not sent: so it was seen an hour ago.
            try await daemon { try recorded("campaign.scheduled") == 1 }
            try test.shop.age(byHours: 1)
            try await daemon { try test.isTested() }
            let tested = test.mailed
            #expect(Set(tested.keys) == ["First", "Second"] && test.count < SplitShop.customers / 2)
            try test.shop.age(byHours: 5)
            try await test.order((tested["First"] ?? []).sorted().dropFirst(5))
            try await daemon { try recorded("run.finished") == 1 }
            try await test.expectAll("First")
            #expect(tested["Second"] == test.mailed["Second"])
            try await test.inbox.stop()
        }

        @Test("A test of everyone is decided too, and only then the run is over")
        func everyone() async throws {
            let test = try await SplitShop(split: 100)
            let first = try await test.shop.succeed("send", "letter")
            #expect(test.count == SplitShop.customers && first.output.contains("The A/B test is decided at "))
            try test.shop.age(byHours: 5)
            try await test.shop.succeed("send", "letter")
            #expect(test.count == SplitShop.customers)
            #expect(try await test.report()["verdict"] as? String == "open")
            try await test.inbox.stop()
        }

        @Test("Killed at random moments around the decision, it is made once, and nobody gets two")
        func killed() async throws {
            let test = try await SplitShop()
            try await test.test(did: [0.1, 0.6])
            let tested = Set(test.mailed.values.flatMap(\.self))
            try await test.inbox.stop()
            let undisturbed = try await SplitShop(copying: test.shop)
            let span = try await Crash.time { try await undisturbed.shop.succeed("send", "letter") }
            try await undisturbed.inbox.stop()
            var crash = Crash(seed: 5, span: span)
            for _ in 0..<(LongRun.isWanted ? 100 : 6) {
                let killed = try await SplitShop(copying: test.shop)
                if try await crash.run(["send", "letter", "--workspace", killed.shop.path]) == nil {
                    let ended = try await killed.shop.boon("send", "letter")
                    #expect(ended.code == 0 || ended.errors.contains("--again"), "\(ended.errors)")
                }
                let mailed = killed.mailed["Second"] ?? []
                #expect(Set(killed.mailed.keys) == ["Second"], "everyone else gets the winner")
                #expect(killed.count == mailed.count, "somebody has two")
                #expect(mailed.isDisjoint(with: tested))
                let records = try killed.shop.records(of: "mail")
                #expect(records.filter { $0.contains("run.decided") }.count == 1)
                let left = SplitShop.customers - tested.count - mailed.count
                #expect(left <= (try await KilledRun.State(of: killed.shop).inDoubt.count))
                try await killed.shop.verify()
                try await killed.inbox.stop()
            }
            #expect(crash.kills > 0)
        }

        @Test("Cut off just before or just after the decision, the next send makes it, or goes by it")
        func cutOff() async throws {
            let test = try await SplitShop()
            try await test.test(did: [0.1, 0.6])
            let tested = test.mailed
            try await test.inbox.stop()
            let decided = try await SplitShop(copying: test.shop)
            try await decided.shop.succeed("send", "letter")
            try await decided.inbox.stop()
            try decided.shop.cutMail(behind: "run.decided")
            for (shop, isDecided) in [(test.shop, false), (decided.shop, true)] {
                let killed = try await SplitShop(copying: shop)
                #expect(
                    try killed.shop.records(of: "mail").contains { $0.contains("run.decided") } == isDecided)
                // What is told from now on changes nothing that was decided.
                if isDecided { try await killed.order(tested["First"] ?? [], called: "late") }
                try await killed.shop.succeed("send", "letter")
                let left = SplitShop.customers - tested.values.map(\.count).reduce(0, +)
                #expect(killed.mailed.mapValues(\.count) == ["Second": left])
                let decisions = try killed.shop.records(of: "mail").filter { $0.contains("run.decided") }
                #expect(decisions.count == 1)
                try await killed.inbox.stop()
            }
        }

        @Test("--limit, a pause and a cancellation hold for a test as for any run")
        func stopped() async throws {
            let test = try await SplitShop()
            try await test.shop.succeed("send", "letter", "--limit", "10")
            #expect(test.count == 10)
            try test.shop.age(byHours: 5)
            try await test.shop.succeed("send", "letter")
            let tested = test.count
            #expect(tested > 60 && test.mailed["Own"] == nil, "the last acceptance is not four hours ago")
            try test.shop.age(byHours: 5)
            let run = try #require(
                (try await test.shop.json("runs", "list") as? [[String: Any]])?.first?["run"] as? String)
            try await test.shop.succeed("runs", "pause", run)
            #expect(try await test.shop.boon("send", "letter").code == 1)
            try await test.shop.succeed("runs", "resume", run)
            try await test.shop.succeed("send", "letter", "--limit", "20")
            #expect(test.count == tested + 20 && test.mailed["Own"]?.count == 20)
            try await test.shop.succeed("runs", "cancel", run)
            #expect(try await test.shop.boon("send", "letter").code == 1)
            #expect(test.count == tested + 20)
            try await test.inbox.stop()
        }

        @Test("A preview shows the variant that is asked for, and refuses one that there is not")
        func preview() async throws {
            let test = try await SplitShop()
            for (arguments, subject) in [([], "Own"), (["--variant", "2"], "Second")] {
                let words = ["preview", "letter", "--customer", "c-1", "--workspace", test.shop.path]
                let ended = try await Boon.run(words + arguments)
                #expect(ended.output.hasPrefix(subject))
            }
            for number in ["0", "3"] {
                let ended = try await test.shop.boon(
                    "preview", "letter", "--customer", "c-1", "--variant", number)
                #expect(ended.code == 1 && ended.errors.contains("1 to 2"))
            }
            try await test.inbox.stop()
        }
    }
}
