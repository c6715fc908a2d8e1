import Foundation
import Model
import TestSupport
import Testing

@testable import Importing

@Suite("Importing events")
struct EventImportTests {
    /// A workspace that knows the customers `a` and `b`.
    private func workspace() throws -> Workspace {
        let workspace = try Workspace()
        _ = try workspace.customers("id,email\na,a@x.example\nb,b@x.example\n")
        return workspace
    }

    @Test("Every column arrives where it belongs, and a date means noon in the workspace's zone")
    func everyColumn() throws {
        let workspace = try workspace()
        let summary = try workspace.events(
            """
            id,customer,email,name,at,properties.plan,properties.seats
            e-1,a,,trial_ended,2026-11-21,pro,
            e-2,,B@x.example,visited,2026-11-21 09:00,,3

            """)
        #expect(summary.counts == [2, 2, 0, 0, 0])
        let noon = try #require(Timestamp(rfc3339: "2026-11-21T10:00:00Z"))
        #expect(
            try workspace.event("e-1")
                == CustomerEvent(
                    id: "e-1", customer: "a", name: "trial_ended", occurred: noon, properties: ["plan": "pro"]
                ))
        #expect(
            try workspace.event("e-2")
                == CustomerEvent(
                    id: "e-2", customer: "b", name: "visited",
                    occurred: noon.advanced(milliseconds: -10_800_000),
                    properties: ["seats": "3"]))
    }

    @Test(
        "The same file again records nothing, with identifiers or without, and in any order",
        arguments: [
            [
                "id,customer,name,at", "1,a,visited,2026-11-21", "2,a,visited,2026-11-21",
                "3,b,left,2026-11-20",
            ],
            ["email,name,at", "a@x.example,visited,2026-11-21", "b@x.example,visited,2026-11-21"],
        ])
    func again(lines: [String]) throws {
        let workspace = try workspace()
        let first = try workspace.events(lines.joined(separator: "\n"))
        #expect(first.counts == [lines.count - 1, lines.count - 1, 0, 0, 0])
        let length = try workspace.recordedBytes(.responses)
        let turned = lines.prefix(1) + lines.dropFirst().reversed()
        #expect(
            try workspace.events(turned.joined(separator: "\n")).counts
                == [lines.count - 1, 0, 0, lines.count - 1, 0])
        #expect(try workspace.recordedBytes(.responses) == length)
    }

    @Test("Without an identifier, one thing told twice is one, however it is written")
    func withoutID() throws {
        let workspace = try workspace()
        let summary = try workspace.events(
            """
            customer,email,name,at,properties.page
            a,,visited,2026-11-21 12:00,home
            ,A@X.example,visited,2026-11-21T10:00:00Z,home
            a,,visited,2026-11-21,shop
            a,,visited,2026-11-22,home

            """)
        #expect(summary.counts == [4, 3, 0, 1, 0])
        let events = try workspace.store.read { try $0.events(of: "a") }
        #expect(Set(events.map(\.id)).count == 3)
        #expect(events.allSatisfy { $0.id.hasPrefix("e-") && $0.id.utf8.count == 34 })
    }

    @Test(
        "Another event with a known id is refused, in the same file and in the next, and the first one stays")
    func conflict() throws {
        let workspace = try workspace()
        let head = "id,customer,name,at\n"
        let summary = try workspace.events(head + "e-1,a,visited,2026-11-21\ne-1,b,visited,2026-11-21\n")
        #expect(summary.counts == [2, 1, 0, 0, 1])
        #expect(summary.refusals.first?.line == 3)
        #expect(summary.refusals.first?.reason.contains("'e-1' already") == true)
        #expect(try workspace.events(head + "e-1,a,visited,2026-11-22\n").counts == [1, 0, 0, 0, 1])
        #expect(try workspace.event("e-1")?.occurred == Timestamp(rfc3339: "2026-11-21T10:00:00Z"))
    }

    @Test(
        "What cannot be taken is refused with its place and what to do",
        arguments: [
            ("nobody,,visited,2026-11-21", 1, "", "Customer 'nobody' is not known"),
            ("nobody,a@x.example,visited,2026-11-21", 1, "", "Customer 'nobody' is not known"),
            (",n@x.example,visited,2026-11-21", 1, "", "A customer with this address is not known"),
            (",,visited,2026-11-21", 1, "", "neither customer nor email"),
            ("a,,,2026-11-21", 1, "", "no 'name'"),
            ("a,,visited,", 1, "", "no 'at'"),
            ("a,,trial ended,2026-11-21", 4, "name", "such as trial_ended"),
            ("a,,-x,2026-11-21", 4, "name", "is no name of an event"),
            ("a,,visited,yesterday", 12, "at", "is no date or time"),
            ("a,,\"vis\u{1}ited\",2026-11-21", 8, "name", "U+0001"),
        ])
    func refusals(row: String, position: Int, column: String, words: String) throws {
        let workspace = try workspace()
        let good = "b,,visited,2026-11-21"
        let summary = try workspace.events("customer,email,name,at\n\(row)\n\(good)\n")
        #expect(summary.counts == [2, 1, 0, 0, 1])
        let refusal = try #require(summary.refusals.first)
        #expect((refusal.line, refusal.position, refusal.column ?? "") == (2, position, column))
        #expect(refusal.reason.contains(words), "\(refusal.reason)")
        #expect(try workspace.read("events.csv.rejected.csv").contains(words))
    }

    @Test(
        "What an event file must have is asked for before anything is read",
        arguments: [
            ("customer,at", "'name'"), ("customer,name", "'at'"), ("at,name", "'customer' or 'email'"),
            ("customer,at,name,properties.", "'properties.' is not known"),
            ("customer,at,nam", "Did you mean 'name'?"),
        ])
    func missingColumns(header: String, words: String) throws {
        let workspace = try workspace()
        let error = #expect(throws: ImportError.self) { try workspace.events(header + "\n") }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("JSON Lines are read like a table, and columns are mapped and left out when told")
    func jsonLines() throws {
        let workspace = try workspace()
        let text = """
            {"event_id":7,"customer":"a","name":"trial_ended","at":"2026-11-21T09:00:00Z","properties":{"plan":"pro"}}
            {"customer":"b","name":"visited","at":"2026-11-21","agent":"curl"}

            """
        let summary = try workspace.events(text, file: "events.jsonl") {
            $0.map = ["event_id": "id"]
            $0.ignored = ["agent"]
        }
        #expect(summary.counts == [2, 2, 0, 0, 0])
        #expect(try workspace.event("7")?.properties == ["plan": "pro"])
    }

    @Test("More events than one batch holds are all taken, and progress comes to the end")
    func batches() throws {
        let workspace = try workspace()
        let rows = (1...12_001).map { "\($0 % 12_000),a,visited,2026-11-21\n" }
        let path = try workspace.write("id,customer,name,at\n" + rows.joined(), to: "many.csv")
        var reports: [ImportProgress] = []
        let importer = Importer(store: workspace.store, options: .test)
        let summary = try importer.importEvents(from: path) { reports.append($0) }
        #expect(summary.counts == [12_001, 12_000, 0, 1, 0])
        #expect(reports.map(\.rows) == [5000, 10_000, 12_001])
        #expect(reports.last.map { $0.bytes == $0.totalBytes } == true)
    }
}
