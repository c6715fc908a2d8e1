import Testing

@testable import Importing

@Suite("What columns mean")
struct ColumnLayoutTests {
    private func error(
        _ header: String, _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> String {
        let workspace = try Workspace()
        let error = #expect(throws: ImportError.self) { try workspace.customers(header + "\n", change) }
        return error?.description ?? ""
    }

    @Test("Unknown columns are refused by name, with the nearest known one and what to say")
    func unknown() throws {
        let message = try error("email,Frist_name,colour")
        #expect(
            message.contains("customers.csv: Column 'Frist_name' is not known. Did you mean 'first_name'?"))
        #expect(
            message.contains("Column 'colour' is not known. Say --map 'colour=OURS' or --ignore 'colour'."))
    }

    @Test("Two columns that mean the same are refused")
    func twice() throws {
        #expect(
            try error("email,city,email").contains("Columns 1 ('email') and 3 ('email') both mean 'email'"))
        #expect(try error("mail,email") { $0.map = ["mail": "email"] }.contains("both mean 'email'"))
    }

    @Test("A map that does not fit the file or Boon is refused")
    func badMap() throws {
        #expect(try error("email,x") { $0.map = ["x": "emial"] }.contains("Did you mean 'email'?"))
        #expect(try error("email") { $0.map = ["mail": "email"] }.contains("which the file does not have"))
        #expect(try error("city").contains("No column is 'id' or 'email'"))
        #expect(try error("email,").contains("--ignore ''"))
    }

    @Test("Columns are renamed by a map, and left out when told")
    func mapping() throws {
        let workspace = try Workspace()
        let summary = try workspace.customers(
            "﻿E-mail;Navn;nr;\nmari@x.example;Mari;7;\n"
        ) {
            $0.map = ["E-mail": "email", "Navn": "first_name"]
            $0.ignored = ["nr", ""]
        }
        #expect(summary.counts == [1, 1, 0, 0, 0])
        #expect(try workspace.customer(email: "mari@x.example")?.firstName == "Mari")
    }
}
