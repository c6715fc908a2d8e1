import Campaigns
import Foundation
import Model
import Recording
import Testing

@testable import Planning

@Suite("Planning a run by hand")
struct RunPlannerTests {
    private static let now = Timestamp(milliseconds: 1_795_251_600_000)
    private let folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)")
        .path
    private let store: Store
    private let zone: TimeZone

    init() throws {
        store = try Store(folder: folder) { Self.now }
        zone = try #require(TimeZone(identifier: "Europe/Tallinn"))
    }

    private func definitions(audience: String) throws -> Definitions {
        let settings = """
            brand: { name: Kohv, address: "Pikk 1" }
            from: Kohv <tere@kohv.example>
            relays: [ { relay: main, url: "smtp://127.0.0.1:2525", tls: none } ]
            """
        let campaign = """
            campaign: news
            audience: \(audience)
            subject: News
            modules: [ { proposition: { headline: News } } ]
            """
        let programme = """
            programme: beans
            unit: { one: bean, many: beans }
            earn: [ { rule: purchase, per: 1 EUR, points: 1 } ]
            """
        let definitions = Definitions.read(
            files: [
                "boon.yaml": Array(settings.utf8), "campaigns/news.yaml": Array(campaign.utf8),
                "campaigns/beans.yaml": Array(programme.utf8),
            ], environment: [:])
        #expect(!definitions.hasErrors, "\(definitions.diagnostics)")
        return definitions
    }

    private func save(_ number: Int, country: String?, consent: Consent = .subscribed, orders: Int = 0) throws
    {
        let id = CustomerID("c-\(number)")
        var customer = Customer(id: id, email: "c\(number)@example.com", consent: consent)
        customer.country = country
        try store.record([.customerSaved(customer)])
        let euro = try #require(Currency("EUR"))
        for order in 0..<orders {
            try store.record([
                .orderSaved(
                    Order(
                        id: "o-\(number)-\(order)", customer: id, at: Self.now, currency: euro,
                        lines: [OrderLine(total: 1000)]))
            ])
        }
    }

    private func plan(_ audience: String, again: Bool = false, at now: Timestamp = Self.now) throws
        -> RunSummary
    {
        let definitions = try definitions(audience: audience)
        let campaign = try #require(definitions.campaigns["news"])
        return try RunPlanner(store: store, definitions: definitions, zone: zone)
            .run(of: campaign, again: again, now: now)
    }

    private func recipients(of run: RunSummary) throws -> [String] {
        try store.read { try $0.recipients(of: run.run.id, in: RecipientState.allCases, limit: .max) }
            .map(\.customer.text)
    }

    @Test(
        "Only who is subscribed and in the audience gets it",
        arguments: [
            ("subscribed", ["c-1", "c-2", "c-4"]), ("country == EE", ["c-1"]),
            ("not country == EE", ["c-2", "c-4"]),
            ("orders.count >= 2", ["c-2"]), ("country is empty or orders.total >= 20 EUR", ["c-2", "c-4"]),
        ])
    func audiences(audience: String, expected: [String]) throws {
        try save(1, country: "EE", orders: 1)
        try save(2, country: "FI", orders: 2)
        try save(3, country: "EE", consent: .unsubscribed, orders: 5)
        try save(4, country: nil)
        try save(5, country: "EE", consent: .pending)
        let run = try plan(audience)
        #expect(try recipients(of: run) == expected)
        #expect(run.run.recipients == expected.count && run.counts == [.planned: expected.count])
    }

    @Test(
        "Customers are measured against all others with orders, whoever may be mailed",
        arguments: [
            ("rfm in [champions, loyal]", ["c-5"]), ("rfm == new", ["c-1", "c-2"]), ("rfm is empty", ["c-6"]),
            ("ltv >= 1440 EUR", ["c-4", "c-5"]),
        ])
    func value(audience: String, expected: [String]) throws {
        for number in 1...5 {
            try save(
                number, country: "EE", consent: number == 3 ? .unsubscribed : .subscribed, orders: number)
        }
        try save(6, country: "EE")
        #expect(try recipients(of: plan(audience)) == expected)
    }

    @Test("A run is taken up until it is finished, and then sent again only when that is said")
    func once() throws {
        try save(1, country: "EE")
        let first = try plan("subscribed")
        try save(2, country: "EE")
        let later = Self.now.advanced(milliseconds: 60_000)
        #expect(try plan("subscribed", at: later).run == first.run)
        #expect(try plan("subscribed", again: true, at: later).run == first.run)
        try store.record([.runFinished(first.run.id)])
        let error = #expect(throws: PlanningError.self) { try plan("subscribed", at: later) }
        let sentence = "'news' was sent on \(Self.now.fullText(in: zone)); say --again"
        #expect(error?.description.hasPrefix(sentence) == true)
        let second = try plan("subscribed", again: true, at: later)
        #expect(second.run.id != first.run.id)
        #expect(try recipients(of: second) == ["c-1", "c-2"])
    }

    @Test(
        "A run for later has its recipients now and their turn then; it is not held, and not planned beside another"
    )
    func later() throws {
        try save(1, country: "EE")
        let definitions = try definitions(audience: "subscribed")
        let campaign = try #require(definitions.campaigns["news"])
        let planner = RunPlanner(store: store, definitions: definitions, zone: zone)
        let due = Self.now.advanced(milliseconds: 86_400_000)
        let run = try planner.run(of: campaign, due: due, again: false, now: Self.now)
        try save(2, country: "EE")
        let planned = try #require(try store.read { try $0.run(run.id) })
        #expect(planned.state == .open && planned.run == run && run.recipients == 1)
        let members = try store.read { try $0.recipients(of: run.id, in: [.planned], limit: 10) }
        #expect(members.map(\.customer) == ["c-1"] && members.map(\.due) == [due])
        for again in [false, true] {
            #expect(throws: PlanningError.unfinished(campaign: "news", run: run.id)) {
                try planner.run(of: campaign, due: due, again: again, now: due)
            }
        }
        // Whoever sends it by hand goes on with it.
        #expect(try planner.run(of: campaign, again: false, now: due).run == run)
        try store.record([.runCancelled(run.id)])
        #expect(throws: PlanningError.self) {
            try planner.run(of: campaign, due: due, again: false, now: due)
        }
        let second = try planner.run(of: campaign, due: due, again: true, now: due)
        #expect(second.id != run.id && second.recipients == 2)
    }

    @Test("An audience of nobody plans nothing")
    func nobody() throws {
        try save(1, country: "EE")
        #expect(throws: PlanningError.nobody(campaign: "news")) { try plan("country == FI") }
        #expect(try store.read { try $0.runs() }.isEmpty)
    }

    @Test("Many recipients are planned whole, each once")
    func many() throws {
        let customers = (0..<2500).map { number in
            Event.customerSaved(
                Customer(id: CustomerID("c-\(number)"), email: "c\(number)@example.com", consent: .subscribed)
            )
        }
        try store.record(customers)
        let run = try plan("subscribed")
        #expect(Set(try recipients(of: run)).count == 2500 && run.run.recipients == 2500)
    }
}
