import Foundation
import Model
import TestSupport
import Testing

@testable import Importing

@Suite("Importing orders")
struct OrderImportTests {
    /// A workspace that knows the customers `a` and `b`.
    private func workspace() throws -> Workspace {
        let workspace = try Workspace()
        _ = try workspace.customers("id,email\na,a@x.example\nb,b@x.example\n")
        return workspace
    }

    @Test("Every column arrives where it belongs")
    func everyColumn() throws {
        let workspace = try workspace()
        let summary = try workspace.orders(
            """
            id,customer,email,at,total,currency,category,sku,quantity,channel,cost
            o-1,a,,2026-11-21,12.50,USD,coffee,K-1,2,web,7
            o-2,,B@x.example,2026-11-21 09:00,3 USD,EUR,,,,,

            """)
        #expect(summary.counts == [2, 1, 0, 0, 1])
        #expect(summary.refusals.first?.reason.contains("is in USD and the row in EUR") == true)
        let currency = try #require(Currency("USD"))
        let line = OrderLine(total: 1250, category: "coffee", sku: "K-1", quantity: 2, cost: 700)
        let at = try #require(Timestamp(rfc3339: "2026-11-21T10:00:00Z"))
        let expected = Order(
            id: "o-1", customer: "a", at: at, currency: currency, lines: [line], channel: "web")
        #expect(try workspace.order("o-1") == expected)
    }

    @Test("Rows with one id are lines of one order, wherever they stand, and blanks mean as before")
    func lines() throws {
        let workspace = try workspace()
        let text = """
            id,customer,at,total,sku
            o-1,a,2026-11-21,1,first
            o-2,b,2026-11-21,5,
            o-1,,,2,second
            o-3,b,2026-11-22,5,
            o-1,a,2026-11-21,4,third

            """
        #expect(try workspace.orders(text).counts == [5, 3, 0, 0, 0])
        let order = try #require(try workspace.order("o-1"))
        #expect(order.lines.map(\.total) == [100, 200, 400])
        #expect(order.lines.map(\.sku) == ["first", "second", "third"])
        let length = try workspace.recordedBytes(.orders)
        #expect(try workspace.orders(text).counts == [5, 0, 0, 3, 0])
        #expect(try workspace.recordedBytes(.orders) == length)
    }

    @Test("An order is refused whole when one of its rows is, whatever is wrong with that row")
    func wholeOrders() throws {
        let workspace = try workspace()
        let summary = try workspace.orders(
            """
            id,customer,at,total
            o-1,a,2026-11-21,1
            o-1,a,2026-11-21,"1,5"
            o-2,a,2026-11-21,1
            o-2,b,2026-11-21,1
            o-3,a,2026-11-21,1
            o-3,a,2026-11-21
            o-4,a,2026-11-21,1
            o-5,nobody,2026-11-21,1

            """)
        #expect(summary.counts == [8, 1, 0, 0, 7])
        #expect(try workspace.orders(of: "a").map(\.id) == ["o-4"])
        let reasons = summary.refusals.map(\.reason)
        #expect(reasons.filter { $0.contains("of the same order was refused") }.count == 3)
        #expect(reasons.contains { $0.contains("'customer' differs") })
        #expect(reasons.contains { $0.contains("Customer 'nobody' is not known") })
    }

    @Test("Orders without an id get one from content and rank, so the same file adds nothing")
    func withoutID() throws {
        let workspace = try workspace()
        let text =
            "email,at,total\na@x.example,2026-11-21,5\nb@x.example,2026-11-21,5\na@x.example,2026-11-21,5\n"
        #expect(try workspace.orders(text).counts == [3, 3, 0, 0, 0])
        #expect(try workspace.orders(of: "a").count == 2)
        #expect(try workspace.orders(text).counts == [3, 0, 0, 3, 0])
        let more = text + "a@x.example,2026-11-21,5\n"
        #expect(try workspace.orders(more).counts == [4, 1, 0, 3, 0])
        for order in try workspace.orders(of: "a") { #expect(!order.id.text.contains("x.example")) }
    }

    @Test("A changed order is saved anew, and keeps what the file has no column for")
    func update() throws {
        let workspace = try workspace()
        _ = try workspace.orders("id,customer,at,total,sku,channel\no-1,a,2026-11-21,5,K-1,web\n")
        #expect(try workspace.orders("id,customer,at,total\no-1,a,2026-11-21,6\n").counts == [1, 0, 1, 0, 0])
        let order = try #require(try workspace.order("o-1"))
        #expect(order.total?.minor == 600)
        #expect(order.lines[0].sku == "K-1")
        #expect(order.channel == "web")
    }

    @Test("Orders create the customers that nobody knows, and leave the others as they are")
    func creating() throws {
        let workspace = try workspace()
        let text = """
            customer,email,first_name,at,total
            new,n@x.example,Nora,2026-11-21,5
            new,n@x.example,Nora,2026-11-22,5
            a,a@x.example,Other,2026-11-21,5
            ,m@x.example,Mari,2026-11-21,5
            c,b@x.example,Bo,2026-11-21,5
            d,,Dan,2026-11-21,5

            """
        let summary = try workspace.orders(text) { $0.createsCustomers = true }
        #expect(summary.counts == [6, 4, 0, 0, 2])
        #expect(summary.createdCustomers == 2)
        #expect(try workspace.customer("new")?.firstName == "Nora")
        #expect(try workspace.customer("new")?.consentSource == "a test")
        #expect(try workspace.customer("a")?.firstName == nil)
        #expect(try workspace.customer(email: "m@x.example")?.firstName == "Mari")
        #expect(summary.refusals.map(\.line).sorted() == [6, 7])
        let again = try workspace.orders(text) { $0.createsCustomers = true }
        #expect(again.counts == [6, 0, 0, 4, 2])
        #expect(again.createdCustomers == 0)
    }

    @Test(
        "What an order file must have is asked for before anything is read",
        arguments: [
            ("customer,at", "'total'"), ("customer,total", "'at'"), ("at,total", "'customer' or 'email'"),
            ("customer,at,total,city", "--create-customers"),
        ])
    func missingColumns(header: String, word: String) throws {
        let workspace = try workspace()
        let error = #expect(throws: ImportError.self) { try workspace.orders(header + "\n") }
        #expect(error?.description.contains(word) == true)
    }

    @Test("A row with more values than columns is refused, and progress counts both passes to the end")
    func extraValues() throws {
        let workspace = try workspace()
        let path = try workspace.write(
            "customer,at,total\na,2026-11-21,1,2,3\na,2026-11-21,5 USD\n", to: "wide.csv")
        var generator = SeededGenerator(seed: 1)
        let importer = Importer(store: workspace.store, options: .test)
        #expect(try importer.importOrders(from: path, using: &generator).counts == [2, 1, 0, 0, 1])
        #expect(try workspace.orders(of: "a").first?.currency == Currency("USD"))
        let lines = try workspace.write("id,customer,at,total\n1,a,2026-11-21,1\n", to: "lines.csv")
        var last: ImportProgress?
        _ = try importer.importOrders(from: lines, using: &generator) { last = $0 }
        #expect(last == ImportProgress(bytes: 76, totalBytes: 76, rows: 1))
    }

    @Test("A total past the range is refused, not wrapped")
    func overflow() throws {
        let workspace = try workspace()
        let half = "o-1,a,2026-11-21,50000000000000000.00\n"
        let summary = try workspace.orders("id,customer,at,total\n" + half + half + half)
        #expect(summary.counts == [3, 0, 0, 0, 3])
    }

    @Test("JSON Lines of orders are read like a table")
    func jsonLines() throws {
        let workspace = try workspace()
        let text = """
            {"id":"o-1","customer":"a","at":"2026-11-21T09:00:00Z","total":12.5}
            {"id":"o-1","total":"2.50"}
            {"customer":"a","at":"2026-11-21","total":[1,2]}

            """
        #expect(try workspace.orders(text, file: "orders.jsonl").counts == [3, 1, 0, 0, 1])
        #expect(try workspace.order("o-1")?.total?.minor == 1500)
    }

    // MARK: - The published example

    static let example = Checkout.shared("rfm-orders.csv").path

    @Test(
        "The published RFM example imports as it is, twice with the same result",
        .enabled(
            if: FileManager.default.fileExists(atPath: example),
            "../shared/data/rfm-orders.csv is not here; it is kept outside the project"))
    func publishedExample() throws {
        let workspace = try Workspace()
        var options = ImportOptions.test
        options.map = ["customer_id": "customer", "order_date": "at", "revenue": "total"]
        options.createsCustomers = true
        let copy = workspace.path("rfm-orders.csv")
        try FileManager.default.copyItem(atPath: Self.example, toPath: copy)
        var generator = SeededGenerator(seed: 3)
        let importer = Importer(store: workspace.store, options: options)
        let first = try importer.importOrders(from: copy, using: &generator)
        #expect(first.counts == [4906, 4906, 0, 0, 0])
        #expect(first.createdCustomers == 995)
        #expect(first.rejectedFile == nil)
        #expect(try workspace.store.read { try $0.customerCount() } == 995)
        let lengths = [try workspace.recordedBytes(.customers), try workspace.recordedBytes(.orders)]
        let second = try importer.importOrders(from: copy, using: &generator)
        #expect(second.counts == [4906, 0, 0, 4906, 0])
        #expect([try workspace.recordedBytes(.customers), try workspace.recordedBytes(.orders)] == lengths)
    }
}
