import Foundation
import Testing

@testable import Importing

@Suite("The file of refused rows")
struct RejectedFileTests {
    @Test(
        "No value in it is run by a spreadsheet",
        arguments: [
            ("=\u{301}1+1", "'=\u{301}1+1"), (" =cmd", "' =cmd"), ("@SUM(1)", "'@SUM(1)"), ("-1", "'-1"),
            ("+1", "'+1"),
            ("\t=1", "'\t=1"), ("'=1", "''=1"), ("plain", "plain"), ("", ""),
        ])
    func formulas(value: String, written: String) {
        #expect(Array(CSVWriter.defused(Array(value.utf8)[...])) == Array(written.utf8))
    }

    @Test("It can be corrected and imported as it is")
    func correcting() throws {
        let workspace = try Workspace()
        let first = try workspace.customers(
            "id;email;phone;city\n1;bad;+372 5;\"'s;Hertogenbosch\"\n2;b@x.example;;\n")
        #expect(first.counts == [2, 1, 0, 0, 1])
        let rejected = try workspace.read("customers.csv.rejected.csv")
        #expect(
            rejected
                == "id;email;phone;city;rejected.surplus;rejected.line;rejected.column;rejected.reason\r\n"
                + "1;bad;'+372 5;\"''s;Hertogenbosch\";;2;email;\"The address has no @; write it as name@domain.\"\r\n"
        )
        let corrected = rejected.replacingOccurrences(of: ";bad;", with: ";good@x.example;")
        let second = try workspace.customers(corrected, file: "customers.csv.rejected.csv")
        #expect(second.counts == [1, 1, 0, 0, 0])
        let customer = try #require(try workspace.customer("1"))
        #expect(customer.phone == "+372 5")
        #expect(customer.city == "'s;Hertogenbosch")
    }

    @Test("Nobody else can read it, and it goes when nothing is refused any more")
    func lifetime() throws {
        let workspace = try Workspace()
        let summary = try workspace.customers("email\nbad\n")
        let path = try #require(summary.rejectedFile)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try workspace.customers("email\ngood@x.example\n").rejectedFile == nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.folder)
        #expect(names.sorted() == ["customers.csv", "store"])
    }

    @Test("A row that could not be read whole is in it with what could be read")
    func brokenRow() throws {
        let workspace = try Workspace()
        let summary = try workspace.customers("id,email\n1,\"a@x.example\"x\n2,b@x.example\n")
        #expect(summary.counts == [2, 1, 0, 0, 1])
        let rejected = try workspace.read("customers.csv.rejected.csv")
        #expect(rejected.contains("\r\n1,,\"\"\"a@x.example\"\"x\",2,email,Text follows"))
    }

    @Test(
        "What had no place in a row is not lost, and the row is refused until that is cleared",
        arguments: [
            (#"1,a@x.example,Smith, John,"Mr ""X""""#, #"" John,""Mr """"X""""""""#),
            (#"1,a@x.example,"Smith" John"#, #""""Smith"" John""#),
            ("1,a@x.example,Smith,=cmd", "'=cmd"),
            (#"1,a@x.example,Smith,Jr,"Jo"hn"#, #""Jr,""Jo""hn""#),
        ])
    func surplus(row: String, kept: String) throws {
        let workspace = try Workspace()
        let first = try workspace.customers("id,email,last_name\n\(row)\n2,b@x.example,Tamm\n")
        #expect(first.counts == [2, 1, 0, 0, 1])
        let rejected = try workspace.read("customers.csv.rejected.csv")
        #expect(rejected.contains(",\(kept),2,"), "\(rejected)")
        // As it is, it is refused again, and what it says stays.
        let second = try workspace.customers(rejected, file: "again.csv")
        #expect(second.counts == [1, 0, 0, 0, 1])
        #expect(second.refusals.first?.column == "rejected.surplus")
        #expect(try workspace.read("again.csv.rejected.csv").contains(",\(kept),2,"))
        let cleared = rejected.replacing(",\(kept),2,", with: ",,2,")
        #expect(try workspace.customers(cleared, file: "cleared.csv").counts == [1, 1, 0, 0, 0])
    }

    @Test("A row of one value more than there can be columns keeps it")
    func widest() throws {
        let workspace = try Workspace()
        let others = (2...1000).map { "c\($0)" }
        let row = "a@x.example" + String(repeating: ",", count: 1000) + "last"
        let text = (["email"] + others).joined(separator: ",") + "\n\(row)\n"
        let summary = try workspace.customers(text) {
            $0.ignored = Set(others)
        }
        #expect(summary.refused == 1)
        #expect(try workspace.read("customers.csv.rejected.csv").contains(",last,2,"))
    }

    @Test("A row whose quote is never closed is mended in its file, not apart from it")
    func unclosed() throws {
        let workspace = try Workspace()
        let summary = try workspace.customers("id,email\n1,bad\n2,\"b@x.example\n3,c@x.example\n")
        #expect(summary.counts == [2, 0, 0, 0, 2] && summary.isCutShort)
        let rejected = try workspace.read("customers.csv.rejected.csv")
        #expect(rejected.contains("1,bad") && !rejected.contains("b@x.example"), "\(rejected)")
        #expect(try workspace.customers("id,email\n2,\"b@x.example\n").rejectedFile == nil)
    }

    @Test("Refused JSON Lines are kept as they were, below a note that imports pass over")
    func jsonLines() throws {
        let workspace = try Workspace()
        let lines = [
            #"{"id":"1","email":"bad","attributes":{"plan":"pro"},"tags":["a","b"]}"#, #"{"id":"2","#,
            #"{"id":"3","email":"c@x.example"}"#, #"{"id":"4","email":"d@x.example","colour":"\u00f5"}"#,
        ]
        let first = try workspace.customers(lines.joined(separator: "\n"), file: "hostile.jsonl")
        #expect(first.counts == [4, 1, 0, 0, 3])
        #expect(first.rejectedFile == workspace.path("hostile.jsonl.rejected.jsonl"))
        let rejected = try workspace.read("hostile.jsonl.rejected.jsonl")
        let written = rejected.split(separator: "\n").map(String.init)
        #expect(written.count == 6)
        #expect([1, 3, 5].map { written[$0] } == [lines[0], lines[1], lines[3]])
        let email = #"{"rejected.line":1,"rejected.column":"email","rejected.reason":"The address has no @; "#
        #expect(written[0].hasPrefix(email), "\(written[0])")
        let mended = rejected.replacing("\"bad\"", with: "\"a@x.example\"")
            .replacing("{\"id\":\"2\",\n", with: "{\"id\":\"2\",\"email\":\"b@x.example\"}\n")
            .replacing("colour", with: "first_name")
        let second = try workspace.customers(mended, file: "hostile.jsonl.rejected.jsonl")
        #expect(second.counts == [3, 3, 0, 0, 0])
        #expect(try workspace.customer("1")?.attributes == ["plan": "pro"])
        #expect(try workspace.customer("4")?.firstName == "õ")
    }
}
