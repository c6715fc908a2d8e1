import Foundation
import Model
import TestSupport
import Testing

@testable import Importing

@Suite("Importing customers")
struct CustomerImportTests {
    static let everything = """
        id,email,first_name,last_name,phone,locale,timezone,country,city,birthday,gender,tags,channel,\
        acquisition_cost,joined,consent,attributes.plan
        c-1,Mari@Kohv.Example,Mari,Maasikas,+372 5551234,et_EE,Europe/Tallinn,ee,Tartu,1990-12-31,f,vip|tea|vip,\
        fair,12.5,2026-11-21,subscribed,pro

        """

    @Test("Every column arrives where it belongs")
    func everyColumn() throws {
        let workspace = try Workspace()
        #expect(try workspace.customers(Self.everything).counts == [1, 1, 0, 0, 0])
        var expected = Customer(id: "c-1", email: "Mari@kohv.example", consent: .subscribed)
        (expected.firstName, expected.lastName, expected.phone) = ("Mari", "Maasikas", "+372 5551234")
        (expected.locale, expected.timezone, expected.country) = ("et-EE", "Europe/Tallinn", "EE")
        (expected.city, expected.birthday, expected.gender) = ("Tartu", CalendarDate("1990-12-31"), "f")
        (expected.tags, expected.channel, expected.acquisitionCost) = (
            ["vip", "tea"], "fair", Money("12.50 EUR")
        )
        expected.joined = Timestamp(rfc3339: "2026-11-21T10:00:00Z")
        (expected.consentSource, expected.attributes) = ("a test", ["plan": "pro"])
        #expect(try workspace.customer("c-1") == expected)
    }

    @Test(
        "The same file again changes nothing", arguments: [everything, "email\na@x.example\nb@x.example\n"])
    func again(text: String) throws {
        let workspace = try Workspace()
        let first = try workspace.customers(text)
        let length = try workspace.recordedBytes(.customers)
        let second = try workspace.customers(text)
        #expect(second.counts == [first.rows, 0, 0, first.rows, 0])
        #expect(try workspace.recordedBytes(.customers) == length)
    }

    @Test("Without an id a customer is known by the address and gets an id that says nothing")
    func withoutID() throws {
        let workspace = try Workspace()
        #expect(try workspace.customers("email,city\nmari@x.example,Tartu\n").added == 1)
        let id = try #require(try workspace.customer(email: "MARI@x.example")).id
        #expect(id.text.hasPrefix("c-") && id.text.utf8.count == 18)
        #expect(try workspace.customers("email,city\nMari@X.example,Tallinn\n").updated == 1)
        let customer = try #require(try workspace.customer(id))
        #expect(customer.city == "Tallinn")
        #expect(customer.email == "Mari@x.example")
    }

    @Test("An update says something only of the columns it has, and an empty value takes away")
    func update() throws {
        let workspace = try Workspace()
        _ = try workspace.customers(Self.everything)
        let summary = try workspace.customers("id,city,attributes.plan,attributes.seats\nc-1,,,3\n")
        #expect(summary.counts == [1, 0, 1, 0, 0])
        let customer = try #require(try workspace.customer("c-1"))
        #expect(customer.city == nil)
        #expect(customer.firstName == "Mari")
        #expect(customer.attributes == ["seats": "3"])
    }

    @Test("JSON Lines say the same as a table")
    func jsonLines() throws {
        let workspace = try Workspace()
        _ = try workspace.customers(Self.everything)
        let line = """
            {"id":"c-1","email":"Mari@kohv.example","tags":["vip","tea"],"attributes":{"plan":"pro"},"acquisition_cost":12.50}
            {"email":"new@x.example","colour":"red"}

            """
        let summary = try workspace.customers(line, file: "customers.jsonl")
        #expect(summary.counts == [2, 0, 0, 1, 1])
        #expect(summary.refusals.first?.reason.contains("Column 'colour' is not known") == true)
    }

    // MARK: - Consent

    @Test("Whoever has unsubscribed stays so, unless the import is told otherwise")
    func unsubscribed() throws {
        let workspace = try Workspace()
        _ = try workspace.customers("id,email,consent\na,a@x.example,unsubscribed\n")
        let summary = try workspace.customers("id,email,consent\na,a@x.example,subscribed\n")
        #expect(summary.counts == [1, 0, 0, 1, 0])
        #expect(summary.stayUnsubscribed == 1)
        #expect(try workspace.customer("a")?.consent == .unsubscribed)
        _ = try workspace.customers("id,email\na,a@x.example\n")
        #expect(try workspace.customer("a")?.consent == .unsubscribed)
        _ = try workspace.customers("id,email,consent\na,a@x.example,subscribed\n") { $0.resubscribes = true }
        #expect(try workspace.customer("a")?.consent == .subscribed)
    }

    @Test("A file may unsubscribe, and confirm who is pending; where that comes from is recorded")
    func consent() throws {
        let workspace = try Workspace()
        _ = try workspace.customers("id,email\na,a@x.example\n") {
            ($0.consent, $0.source) = (.pending, "form")
        }
        #expect(try workspace.customer("a")?.consentSource == "form")
        _ = try workspace.customers("id,consent\na,subscribed\n") { ($0.consent, $0.source) = (nil, "shop") }
        #expect(try workspace.customer("a")?.consent == .subscribed)
        #expect(try workspace.customer("a")?.consentSource == "shop")
        _ = try workspace.customers("id,consent\na,unsubscribed\n")
        #expect(try workspace.customer("a")?.consent == .unsubscribed)
    }

    @Test("Nobody becomes a subscriber by silence")
    func silence() throws {
        let workspace = try Workspace()
        #expect(throws: ImportError.self) {
            try workspace.customers("email\na@x.example\n") { $0.consent = nil }
        }
        #expect(throws: ImportError.self) {
            try workspace.customers("email\na@x.example\n") { $0.source = nil }
        }
        #expect(throws: ImportError.self) {
            try workspace.customers("email\na@x.example\n") { $0.consent = .unsubscribed }
        }
        let summary = try workspace.customers("email,consent\na@x.example,\n") { $0.consent = nil }
        #expect(summary.refused == 1)
    }

    // MARK: - Refusals

    @Test(
        "A bad row is refused with line, place, column and reason, and the good ones are kept",
        arguments: [
            ("id,email", "x,not an address", 3, "email"), ("id,email", "x,b@y>\r\nRCPT TO:<v@z", 3, "email"),
            ("id,email", "x,\"b@y>\r\nRCPT TO:<v@z\"", 8, "email"), ("id,email", "x,õ@y.example", 3, "email"),
            ("id,email,first_name", "x,x@y.example,\"A\r\nBcc: v@x\"", 17, "first_name"),
            ("id,email,first_name", "x,x@y.example,A\u{0}B", 16, "first_name"), ("id,email", ",", 2, "email"),
            ("email,country", "x@y.example,UK", 13, "country"),
            ("email,birthday", "x@y.example,31.12.1990", 13, "birthday"),
            ("email,timezone", "x@y.example,Mars/Base", 13, "timezone"),
            ("email,locale", "x@y.example,??", 13, "locale"),
            ("email,acquisition_cost", "x@y.example,\"1,50\"", 13, "acquisition_cost"),
            ("email,joined", "x@y.example,yesterday", 13, "joined"),
            ("email,consent", "x@y.example,yes", 13, "consent"),
            ("email,id", "x@y.example,\(String(repeating: "i", count: 201))", 13, "id"),
            ("email,city", "a@ok.example,Tartu", 1, nil),
        ] as [(String, String, Int, String?)])
    func refusing(header: String, row: String, position: Int, column: String?) throws {
        let workspace = try Workspace()
        let columns = header.split(separator: ",")
        let good = { (name: String) in
            columns.map { $0 == "email" ? "\(name)@ok.example" : $0 == "id" ? name : "" }.joined(
                separator: ",")
        }
        let summary = try workspace.customers("\(header)\n\(good("a"))\n\(row)\n\(good("z"))\n")
        #expect(summary.added == 2)
        let refusal = try #require(summary.refusals.first)
        #expect(refusal.line == 3)
        #expect(refusal.position == position)
        #expect(refusal.column == column)
        let rejected = try workspace.read("customers.csv.rejected.csv")
        #expect(
            rejected.hasPrefix(header + ",rejected.surplus,rejected.line,rejected.column,rejected.reason\r\n")
        )
        #expect(rejected.utf8.count > header.utf8.count + 60)
    }

    @Test("One address is one customer")
    func addressTaken() throws {
        let workspace = try Workspace()
        let summary = try workspace.customers("id,email\na,mari@x.example\nb,MARI@x.example\n")
        #expect(summary.counts == [2, 1, 0, 0, 1])
        #expect(summary.refusals[0].reason.contains("stands in line 2"))
        let later = try workspace.customers("id,email\nb,Mari@x.example\n")
        #expect(later.refusals.first?.reason.contains("belongs to customer 'a'") == true)
    }

    @Test("An address that one row gives up can be taken by the next, and is asked for as before")
    func addressMoves() throws {
        let workspace = try Workspace()
        _ = try workspace.customers("id,email\na,old@x.example\n")
        let text = "id,email\na,new@x.example\nb,old@x.example\n"
        #expect(try workspace.customers(text).counts == [2, 1, 1, 0, 0])
        #expect(try workspace.customer(email: "old@x.example")?.id == "b")
        #expect(try workspace.customers(text).counts == [2, 0, 0, 2, 0])
    }

    @Test("A customer twice in a file would be another after each import, so the second row is refused")
    func twice() throws {
        let workspace = try Workspace()
        let text = "id,email,city\na,a@x.example,Tartu\na,a@x.example,Narva\n,A@x.example,Valga\n"
        #expect(try workspace.customers(text).counts == [3, 1, 0, 0, 2])
        #expect(try workspace.customers(text).counts == [3, 0, 0, 1, 2])
        #expect(try workspace.customer("a")?.city == "Tartu")
    }

    @Test("A row of a customer nobody knows needs an address")
    func unknownWithoutAddress() throws {
        let workspace = try Workspace()
        let summary = try workspace.customers("id,city\na,Tartu\n")
        #expect(summary.refusals.first?.reason.contains("has no email") == true)
    }

    @Test("A template in a name is a name")
    func template() throws {
        let workspace = try Workspace()
        _ = try workspace.customers("id,email,first_name\na,a@x.example,\"{{ \"\"x\"\" }}\"\n")
        #expect(try workspace.customer("a")?.firstName == "{{ \"x\" }}")
    }

    @Test("Thousands of rows come in batches, with progress to the end")
    func batches() throws {
        let workspace = try Workspace()
        let rows = (0..<10_001).map { "c-\($0),c\($0)@x.example" }
        let path = try workspace.write("id,email\n" + rows.joined(separator: "\n"), to: "many.csv")
        var generator = SeededGenerator(seed: 1)
        var steps: [ImportProgress] = []
        let summary = try Importer(store: workspace.store, options: .test)
            .importCustomers(from: path, using: &generator) { steps.append($0) }
        #expect(summary.counts == [10_001, 10_001, 0, 0, 0])
        #expect(steps.map(\.rows) == [5000, 10_000, 10_001])
        #expect(steps.last?.bytes == steps.last?.totalBytes)
        #expect(try workspace.store.read { try $0.customerCount() } == 10_001)
    }
}
