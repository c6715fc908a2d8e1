import Campaigns
import Foundation
import Model
import Planning
import Recording
import TestSupport
import Testing

/// A shop in Tallinn with a store of its own, whose clock a test sets.
final class Shop {
    let store: Store
    let home: TimeZone
    private let folder: String

    init() throws {
        folder = StoreFolder.new()
        store = try Store(folder: folder) { Timestamp(milliseconds: 1_795_251_600_000) }
        home = try #require(TimeZone(identifier: "Europe/Tallinn"))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A planner that has seen nothing yet.
    func planner(_ campaigns: String...) throws -> Planner {
        let texts = campaigns.enumerated().map { number, lines in
            "audience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\ncampaign: c\(number)\n\(lines)"
        }
        return Planner(store: store, definitions: try .shop(texts), home: home)
    }

    func customer(
        _ id: String, zone: String? = nil, birthday: String? = nil, consent: Consent = .subscribed,
        joined: Timestamp? = nil
    ) throws {
        var customer = Customer(id: CustomerID(id), email: "\(id)@example.com", consent: consent)
        (customer.timezone, customer.birthday, customer.joined) = (
            zone, birthday.flatMap { CalendarDate($0) }, joined
        )
        try store.record([.customerSaved(customer)])
    }

    func order(_ id: String, by customer: String, at instant: Timestamp) throws {
        let euro = try #require(Currency("EUR"))
        try store.record([
            .orderSaved(
                Order(
                    id: OrderID(id), customer: CustomerID(customer), at: instant, currency: euro,
                    lines: [OrderLine(total: 1000)]))
        ])
    }

    /// The recipients of a run with their state, in the order of their identifiers: `c-1 planned`.
    func recipients(of run: RunID) throws -> [String] {
        try store.read { try $0.recipients(of: run, in: RecipientState.allCases, limit: .max) }
            .map { "\($0.customer) \($0.state)" }
    }

    func summary(_ run: RunID) throws -> RunSummary {
        try #require(try store.read { try $0.run(run) })
    }
}

extension Definitions {
    /// A workspace with some campaigns.
    static func shop(_ campaigns: [String]) throws -> Definitions {
        var definitions = try workspace()
        for text in campaigns {
            let id = text.split(separator: "\n").first { $0.hasPrefix("campaign: ") }?.dropFirst(10) ?? ""
            definitions.campaigns[String(id)] = try workspace(text).campaigns[String(id)]
        }
        return definitions
    }
}
