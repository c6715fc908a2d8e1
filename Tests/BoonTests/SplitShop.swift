import Foundation
import Inbox
import Model
import Recording
import TestSupport
import Testing

/// A shop with a campaign that has an A/B test of four hours, and the inbox that is its relay.
struct SplitShop {
    static let customers = 300

    let shop: Shop
    let inbox: Inbox
    /// Whether clicks are measured, and not orders.
    private let countsClicks: Bool

    /// - Parameters:
    ///   - winner: `orders after 4 hours`, `clicks after 4 hours`, or with `most`.
    ///   - schedule: a line of the campaign.
    init(split: Int = 40, winner: String = "orders after 4 hours", schedule: String = "") async throws {
        inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
        shop = try Shop(relay: inbox.smtpPort)
        countsClicks = winner.contains("clicks")
        try shop.write(
            """
            campaign: letter
            audience: subscribed
            subject: Own
            test: { split: \(split)%, variants: [{ subject: First }, { subject: Second }], winner: \(winner) }
            modules: [{ thanks: {} }]
            \(schedule)
            """, to: "campaigns/letter.yaml")
        try shop.write(Letter.customers(Self.customers), to: "customers.csv")
        try await shop.succeed("customers", "import", shop.file("customers.csv"))
    }

    /// The same shop as it is now, with an inbox of its own.
    init(copying other: Shop) async throws {
        inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
        shop = try Shop(copying: other)
        countsClicks = false
        try shop.setRelay(port: inbox.smtpPort)
    }

    /// Who has had a mail by now, by its subject.
    var mailed: [String: Set<String>] {
        var mailed: [String: Set<String>] = [:]
        for message in inbox.mailbag.messages {
            for recipient in message.recipients {
                mailed[message.parsed.subject ?? "", default: []].insert(Letter.customer(of: recipient))
            }
        }
        return mailed
    }

    /// How many mails there are, told twice or not.
    var count: Int { inbox.mailbag.messages.flatMap(\.recipients).count }

    /// Imports an order of an hour ago for some customers.
    /// - Parameter name: what the orders are called: those of one name are imported once.
    func order(_ customers: some Collection<String>, called name: String = "o") async throws {
        let at = Date.now.addingTimeInterval(-3600).ISO8601Format()
        let rows = customers.map { "\(name)-\($0),\($0),\(at),10,EUR\n" }.joined()
        try shop.write("id,customer,at,total,currency\n" + rows, to: "orders.csv")
        try await shop.succeed("orders", "import", shop.file("orders.csv"))
    }

    /// Imports a click of an hour ago for some customers, and of others that they have only opened the mail.
    func click(_ customers: some Collection<String>) async throws {
        let at = Date.now.addingTimeInterval(-3600).ISO8601Format()
        let idle = Set(mailed.values.flatMap(\.self)).subtracting(customers).sorted()
        let rows = customers.map { "\($0),clicked" } + idle.map { "\($0),opened" }
        try shop.write(
            "customer,kind,campaign,at\n" + rows.map { "\($0),letter,\(at)\n" }.joined(), to: "clicks.csv")
        try await shop.succeed("clicks", "import", shop.file("clicks.csv"))
    }

    /// Sends to those who are tested, hours ago, of whom as many have done what is measured since as some shares say.
    func test(did shares: [Double]) async throws {
        try await shop.succeed("send", "letter")
        try shop.age(byHours: 5)
        let tested = mailed
        let those = zip(["First", "Second"], shares).flatMap { subject, share in
            let those = (tested[subject] ?? []).sorted()
            return those.prefix(Int(Double(those.count) * share))
        }
        if countsClicks { try await click(those) } else if !those.isEmpty { try await order(those) }
    }

    /// Whether everyone who is tested was sent to, and all others wait.
    func isTested() throws -> Bool {
        let store = try Store(folder: shop.file("store")) { Timestamp(milliseconds: 0) }
        return try store.read { view in
            guard let run = try view.openRuns().first?.id, let hold = try view.hold(of: run) else {
                return false
            }
            return try view.waiting(in: run, before: hold) == nil
                && view.recipients(of: run, in: [.intended], limit: 1).isEmpty
        }
    }

    /// What `boon runs show` tells programs of the test.
    func report() async throws -> [String: Any] {
        let run = try #require(
            (try await shop.json("runs", "list") as? [[String: Any]])?.first?["run"] as? String)
        let detail = try #require(try await shop.json("runs", "show", run) as? [String: Any])
        return try #require(detail["test"] as? [String: Any])
    }

    /// Everyone has one mail: those who were tested theirs, all others one of a subject.
    func expectAll(_ subject: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(count == Self.customers, sourceLocation: sourceLocation)
        #expect(Set(mailed.values.flatMap(\.self)).count == Self.customers, sourceLocation: sourceLocation)
        #expect(
            (mailed[subject]?.count ?? 0) > Self.customers / 2, "\(mailed.mapValues(\.count))",
            sourceLocation: sourceLocation)
        let decisions = try shop.records(of: "mail").filter { $0.contains("run.decided") }
        #expect(decisions.count == 1, sourceLocation: sourceLocation)
        try await shop.verify(sourceLocation: sourceLocation)
    }
}
