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
                == "id;email;phone;city;rejected.line;rejected.column;rejected.reason\r\n"
                + "1;bad;'+372 5;\"''s;Hertogenbosch\";2;email;\"The address has no @; write it as name@domain.\"\r\n"
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
        #expect(try workspace.read("customers.csv.rejected.csv").contains("\r\n1,,2,email,Text follows"))
    }
}
