import Foundation
import Model
import Recording
import TestSupport
import Testing

@testable import Importing

@Suite("Importing clicks and opened mails")
struct EngagementImportTests {
    private static let monday = RunID("news@2026-11-16T09:00")
    private static let tuesday = RunID("news@2026-11-17T09:00")

    private static func instant(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text))
    }

    /// A workspace that has sent `news` on two days to `a`, on the second to `b` too, and to `c` without success.
    private func workspace() throws -> Workspace {
        let monday = try Self.instant("2026-11-16T09:00:30+02:00")
        let tuesday = monday.advanced(milliseconds: 86_400_000)
        let workspace = try Workspace(startingAt: monday)
        _ = try workspace.customers("id,email\na,a@x.example\nb,b@x.example\nc,c@x.example\n")
        try workspace.send(Self.monday, accepted: ["a"], refused: ["c"])
        workspace.now = tuesday
        try workspace.send(Self.tuesday, accepted: ["a", "b"], refused: ["c"])
        return workspace
    }

    @Test("Every column arrives where it belongs, and who says no kind has told a click")
    func everyColumn() throws {
        let workspace = try workspace()
        let summary = try workspace.engagements(
            """
            id,customer,email,at,run,campaign,url,kind
            k-1,a,,2026-11-17 10:00,news@2026-11-16T09:00,,https://x.example/a?b=1#c,
            k-2,,B@x.example,2026-11-17T08:00:00Z,,news,,clicked
            k-3,a,,2026-11-17 10:00,,news,https://x.example/pixel,opened

            """)
        #expect(summary.counts == [3, 3, 0, 0, 0])
        let at = try Self.instant("2026-11-17T08:00:00Z")
        #expect(
            try workspace.engagement("k-1")
                == Engagement(
                    id: "k-1", customer: "a", run: Self.monday, kind: .clicked,
                    url: "https://x.example/a?b=1#c",
                    occurred: at, via: "import"))
        #expect(
            try workspace.engagement("k-2")
                == Engagement(
                    id: "k-2", customer: "b", run: Self.tuesday, kind: .clicked, url: nil, occurred: at,
                    via: "import"))
        let opened = try #require(try workspace.engagement("k-3"))
        #expect(opened.kind == .opened && opened.url == nil && opened.run == Self.tuesday)
    }

    @Test(
        "A campaign means its last mail that the customer was sent by then, to the minute",
        arguments: [
            ("2026-11-16 09:00", monday), ("2026-11-16 23:00", monday), ("2026-11-17 08:59", monday),
            ("2026-11-17 09:00", tuesday), ("2026-11-30", tuesday),
        ])
    func lastRun(at: String, run: RunID) throws {
        let workspace = try workspace()
        let summary = try workspace.engagements("id,customer,campaign,at\nk,a,news,\(at)\n")
        #expect(summary.counts == [1, 1, 0, 0, 0])
        #expect(try workspace.engagement("k")?.run == run)
    }

    @Test(
        "The same file again records nothing, with identifiers or without, in any order and after later mails",
        arguments: [
            ["id,customer,campaign,at", "1,a,news,2026-11-30", "2,a,news,2026-11-30", "3,b,news,2026-11-18"],
            ["email,campaign,at", "a@x.example,news,2026-11-30", "b@x.example,news,2026-11-30"],
            [
                "email,run,at,url", "a@x.example,\(tuesday),2026-11-30,",
                "a@x.example,\(tuesday),2026-11-30,http://x",
            ],
            ["customer,campaign,at,kind", "a,news,2026-11-30,opened", "a,news,2026-11-30,clicked"],
        ])
    func again(lines: [String]) throws {
        let workspace = try workspace()
        let first = try workspace.engagements(lines.joined(separator: "\n"))
        #expect(first.counts == [lines.count - 1, lines.count - 1, 0, 0, 0])
        let length = try workspace.recordedBytes(.responses)
        workspace.now = try Self.instant("2026-11-29T09:00:00Z")
        try workspace.send("news@2026-11-29T09:00", accepted: ["a", "b"], refused: [])
        let turned = lines.prefix(1) + lines.dropFirst().reversed()
        #expect(
            try workspace.engagements(turned.joined(separator: "\n")).counts
                == [lines.count - 1, 0, 0, lines.count - 1, 0])
        #expect(try workspace.recordedBytes(.responses) == length)
        try workspace.store.rebuild()
        #expect(
            try workspace.engagements(lines.joined(separator: "\n")).counts
                == [lines.count - 1, 0, 0, lines.count - 1, 0])
    }

    @Test("Without an identifier, one click told twice is one, however it is written")
    func withoutID() throws {
        let workspace = try workspace()
        let summary = try workspace.engagements(
            """
            customer,email,campaign,at,url
            a,,news,2026-11-17 12:00,https://x.example
            ,A@X.example,news,2026-11-17T10:00:00Z,https://x.example
            a,,news,2026-11-17 12:00,https://x.example/other
            a,,news,2026-11-17 12:01,https://x.example

            """)
        #expect(summary.counts == [4, 3, 0, 1, 0])
        let records = try workspace.read("store/responses.jsonl")
        #expect(records.matches(of: /"id":"m-[0-9a-f]{32}"/).count == 3, "\(records)")
    }

    @Test(
        "Another click with a known id is refused, in the same file and in the next, and the first one stays",
        arguments: [
            "k,b,\(tuesday),,2026-11-18,", "k,a,\(monday),,2026-11-18,", "k,a,,thanks,2026-11-18,",
            "k,a,\(tuesday),,2026-11-19,", "k,a,\(tuesday),,2026-11-18,https://x.example",
        ])
    func conflict(row: String) throws {
        let (workspace, head) = (try workspace(), "id,customer,run,campaign,at,url\n")
        let first = "k,a,\(Self.tuesday),,2026-11-18,\n"
        let summary = try workspace.engagements("\(head)\(first)\(row)\nk,a,,news,2026-11-18,\n")
        #expect(summary.counts == [3, 1, 0, 1, 1])
        #expect(summary.refusals.first?.line == 3)
        #expect(summary.refusals.first?.reason.contains("'k' already") == true)
        #expect(try workspace.engagements(head + row).counts == [1, 0, 0, 0, 1])
        #expect(try workspace.engagement("k")?.run == Self.tuesday)
    }

    @Test(
        "What cannot be taken is refused with its place and what to do",
        arguments: [
            ("nobody,,2026-11-18,,news,,", 1, "", "Customer 'nobody' is not known"),
            (",n@x.example,2026-11-18,,news,,", 1, "", "A customer with this address is not known"),
            (",,2026-11-18,,news,,", 1, "", "neither customer nor email"),
            ("a,,2026-11-18,,,,", 1, "", "neither run nor campaign"),
            ("a,,,,news,,", 1, "", "no 'at'"),
            ("a,,yesterday,,news,,", 4, "at", "is no date or time"),
            ("b,,2026-11-18,\(monday),,,", 1, "", "No mail of the run '\(monday)' was sent to customer 'b'"),
            ("c,,2026-11-18,\(monday),,,", 1, "", "No mail of the run '\(monday)' was sent to customer 'c'"),
            ("a,,2026-11-18,news@never,,,", 1, "", "No mail of the run 'news@never' was sent"),
            ("a,,2026-11-17 08:59,\(tuesday),,,", 1, "", "sent later, at 2026-11-17T07:00:30.000Z"),
            (
                "c,,2026-11-18,,news,,", 1, "",
                "No mail of the campaign 'news' was sent to customer 'c' by then"
            ),
            ("b,,2026-11-17 08:59,,news,,", 1, "", "No mail of the campaign 'news' was sent to customer 'b'"),
            ("a,,2026-11-18,,thanks,,", 1, "", "No mail of the campaign 'thanks' was sent"),
            ("a,,2026-11-18,,news,x.example,", 21, "url", "is no link"),
            ("a,,2026-11-18,,news,,forwarded", 22, "kind", "write clicked or opened"),
            ("a,,2026-11-18,,\"ne\u{1}ws\",,", 19, "campaign", "U+0001"),
        ])
    func refusals(row: String, position: Int, column: String, words: String) throws {
        let workspace = try workspace()
        let good = "b,,2026-11-18,,news,,"
        let summary = try workspace.engagements("customer,email,at,run,campaign,url,kind\n\(row)\n\(good)\n")
        #expect(summary.counts == [2, 1, 0, 0, 1])
        let refusal = try #require(summary.refusals.first)
        #expect((refusal.line, refusal.position, refusal.column ?? "") == (2, position, column))
        #expect(refusal.reason.contains(words), "\(refusal.reason)")
        #expect(try workspace.read("clicks.csv.rejected.csv").contains(words))
    }

    @Test(
        "A link leads to the web, and no address of a person is kept with it",
        arguments: [
            ("https://x.example", true), ("http://x.example:8080/a%20b?c=d&e=%3D#f", true),
            ("https://x.example/@kohv/1%40", true), ("https://kohv.example/õ", true),
            ("ftp://x.example", false), ("javascript:alert(1)", false), ("https:///a", false),
            ("https://", false), ("https://x.example/a b", false), ("https://mari@x.example/", false),
            ("https://x.example\\@y.example/", false), ("https://x.example?e=mari@x.example", false),
            ("https://x.example?e=mari%40x.example", false), ("https://x.example/#mari@x.example", false),
        ])
    func links(url: String, isTaken: Bool) throws {
        #expect(((try? Links.url(url)) != nil) == isTaken)
    }

    @Test(
        "What a file of clicks must have is asked for before anything is read",
        arguments: [
            ("customer,at", "'run' or 'campaign'"), ("customer,run", "'at'"),
            ("at,campaign", "'customer' or 'email'"), ("customer,at,run,link", "'link' is not known"),
            ("customer,at,campain", "Did you mean 'campaign'?"),
        ])
    func missingColumns(header: String, words: String) throws {
        let workspace = try workspace()
        let error = #expect(throws: ImportError.self) { try workspace.engagements(header + "\n") }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("JSON Lines are read like a table, and columns are mapped and left out when told")
    func jsonLines() throws {
        let workspace = try workspace()
        let text = """
            {"click":7,"customer":"a","campaign":"news","at":"2026-11-18T09:00:00Z","url":"https://x.example"}
            {"customer":"b","run":"\(Self.tuesday)","at":"2026-11-18","kind":"opened","agent":"curl"}

            """
        let summary = try workspace.engagements(text, file: "clicks.jsonl") {
            $0.map = ["click": "id"]
            $0.ignored = ["agent"]
        }
        #expect(summary.counts == [2, 2, 0, 0, 0])
        #expect(try workspace.engagement("7")?.run == Self.tuesday)
    }
}

extension Workspace {
    fileprivate func engagements(
        _ text: String, file: String = "clicks.csv", _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> ImportSummary {
        var options = ImportOptions.test
        change(&options)
        return try Importer(store: store, options: options)
            .importEngagements(from: try write(text, to: file))
    }

    fileprivate func engagement(_ id: String) throws -> Engagement? {
        try store.read { try $0.engagement(id: id) }
    }

    /// Sends the mail of a run now.
    fileprivate func send(_ run: RunID, accepted: [CustomerID], refused: [CustomerID]) throws {
        let all = accepted + refused
        try store.record([
            .runPlanned(Run(id: run, campaign: "news", occurrence: now, recipients: all.count)),
            .runRecipients(run, all), .mailIntent(MailIntent(run: run, relay: "main", customers: all)),
        ])
        try store.record(
            all.map { customer in
                let result: MailOutcome.Result = accepted.contains(customer) ? .accepted : .refused
                return .mailOutcome(
                    MailOutcome(run: run, customer: customer, result: result, attempt: 1, reply: ""))
            })
    }
}
