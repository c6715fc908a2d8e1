import Campaigns
import Foundation
import Loyalty
import Model
import Recording
import TestSupport

/// Random customers with orders, points, answers, events and mail, of few and awkward values, so that random
/// conditions hold for some of them.
struct RandomShop {
    static let now = Timestamp(rfc3339: "2026-11-21T12:00:00+02:00") ?? Timestamp(milliseconds: 0)

    let definitions: Definitions
    private(set) var random: SeededGenerator
    private(set) var events: [[Event]] = []

    init(seed: UInt64, segments: [String], review: String) {
        random = SeededGenerator(seed: seed)
        definitions = Self.definitions(segments: segments, review: review)
        for number in 0..<24 { addCustomer(CustomerID("c-\(number)")) }
    }

    static func definitions(segments: [String], review: String) -> Definitions {
        let lines = segments.enumerated().map { number, condition in
            "  s\(number): '\(condition.replacing("'", with: "''"))'\n"
        }
        let files = [
            "boon.yaml": """
            brand: { name: Kohv, address: "Pikk 1" }
            from: Kohv <tere@kohv.example>
            relays: [ { relay: main, url: "smtp://127.0.0.1:2525", tls: none } ]
            value: { margin: 30 %, months: 36 }
            """,
            "campaigns/news.yaml":
                "campaign: news\naudience: subscribed\nsubject: A\nmodules: [{ thanks: {} }]",
            "campaigns/thanks.yaml":
                "campaign: thanks\naudience: subscribed\nsubject: A\nmodules: [{ thanks: {} }]",
            "campaigns/beans.yaml": """
            programme: beans
            unit: { one: bean, many: beans }
            earn: [{ rule: purchase, per: 1 EUR, points: 1 }]
            tiers:
              window: 6 months
              review: \(review)
              levels: [{ name: green, from: 0 }, { name: gold, from: 100 }, { name: reserve, from: 300 }]
            """,
            "campaigns/nps.yaml":
                "survey: nps\nquestions: [{ id: score, kind: nps, text: A }, { id: why, kind: text, text: B }]",
            "campaigns/fit.yaml": "survey: fit\nquestions: [{ id: size, kind: csat, text: A }]",
            "campaigns/segments.yaml": "segments:\n" + lines.joined(),
        ]
        return Definitions.read(files: files.mapValues { Array($0.utf8) }, environment: [:])
    }

    private mutating func addCustomer(_ id: CustomerID) {
        events.append([.customerSaved(customer(id))])
        let orders = (0..<count(4)).map { order(OrderID("\(id)-\($0)"), of: id) }
        events.append(orders.map { .orderSaved($0) })
        events.append(ledger(of: id).entries.map { .points($0) })
        events.append((0..<count(4)).map { _ in .answerConfirmed(answer(of: id)) })
        events.append((0..<count(4)).map { .happened(happening("\(id)-\($0)", of: id)) })
        if Int.random(in: 0..<8, using: &random) == 0 {
            let reason = pick(Suppression.Reason.allCases)
            events.append([
                .addressSuppressed(Suppression(customer: id, reason: reason, detail: "", actor: "boon"))
            ])
        }
    }

    // MARK: - What is known of a customer

    private mutating func customer(_ id: CustomerID) -> Customer {
        var customer = Customer(id: id, email: "\(id)@example.com", consent: pick(Consent.allCases))
        customer.city = pick([nil, "", "Pärnu", "pärnu", "a|b", "100%"])
        customer.country = pick([nil, "EE", "FI"])
        customer.locale = pick([nil, "", "et", "et_EE", "ET-ee", "etx", "fi-FI"])
        customer.gender = pick([nil, "x"])
        customer.tags = pick([[], ["vip"], ["vip", "a b"], ["vi", "p"]])
        customer.birthday = CalendarDate(
            pick(["2000-02-29", "1984-11-21", "1984-11-20", "2026-11-22", "1999-12-31", "1990-01-01", ""]))
        customer.joined = pick([nil, instant(), instant()])
        customer.acquisitionCost = pick([nil, Money("12.50 EUR"), Money("-0.05 EUR"), Money("12 JPY")])
        for name in ["plan", "n.1", "õ"] {
            customer.attributes[name] = pick(Self.texts.map { $0 } + [nil, nil])
        }
        return customer
    }

    /// Texts that look like numbers and dates, or nearly.
    static let texts: [String?] = [
        "", "5", "5.0", "-0.5", "05", "5.", "1e3", " 5", "999999999999", "1000000000000", "0.000001", "pro",
        "PRO", "2026-11-21", "2026-11-20", "2026-02-30", "2027-01-01", "Pärnu", "'\"%_|",
    ]

    private mutating func order(_ id: OrderID, of customer: CustomerID) -> Order {
        let isHuge = Int.random(in: 0..<12, using: &random) == 0
        var lines: [OrderLine] = []
        for _ in 0..<(isHuge ? 1 : 1 + count(3)) {
            lines.append(
                OrderLine(
                    total: isHuge ? pick([.max, .min]) : Int64.random(in: -500...4000, using: &random),
                    category: pick([nil, "coffee", "tea"]), sku: pick([nil, "", "a b"]),
                    quantity: isHuge ? pick([.max, .min]) : pick([nil, 0, 1, 2, -1]),
                    cost: isHuge ? pick([.max, .min]) : pick([nil, 100, 250])))
        }
        return Order(
            id: id, customer: customer, at: instant(),
            currency: pick([.euro, .euro, Currency("JPY") ?? .euro]), lines: lines,
            channel: pick([nil, "web", "shop"]))
    }

    /// Only entries that the ledger takes.
    private mutating func ledger(of customer: CustomerID) -> Ledger {
        guard var ledger = try? Ledger(customer: customer) else {
            preconditionFailure("an empty ledger is sound")
        }
        for number in 0..<count(9) {
            let key = "\(customer):\(number)"
            let occurred = instant()
            var entry = PointsEntry(
                kind: pick(PointsEntry.Kind.allCases), customer: customer, key: key,
                points: Int64.random(in: 1...200, using: &random), occurred: occurred, source: "test",
                actor: "test")
            let lots = ledger.entries.filter { $0.points > 0 }
            if entry.kind == .spent || (entry.kind == .adjusted && Bool.random(using: &random)),
                let lot = lots.randomElement(using: &random)
            {
                entry.lots = [PointsEntry.LotChange(lot: lot.key, points: entry.points)]
                entry.points = -entry.points
            } else {
                entry.activates = pick([nil, later(occurred, by: 30)])
                entry.expires = pick([nil, later(occurred, by: 200)])
            }
            if pick([true, false, false]), entry.points < 0 || entry.expires != nil {
                entry.prolongs = later(occurred, by: 120)
            }
            try? ledger.append(entry)
        }
        return ledger
    }

    private mutating func answer(of customer: CustomerID) -> Answer {
        Answer(
            customer: customer, survey: pick(["nps", "nps", "fit"]), wave: "1",
            question: pick(["score", "score", "why", "size"]),
            value: pick(["0", "6", "7", "8", "9", "10", "11", "07", "x"]), occurred: instant(), via: "desk")
    }

    private mutating func happening(_ id: String, of customer: CustomerID) -> CustomerEvent {
        var event = CustomerEvent(
            id: id, customer: customer, name: pick(["demo", "visit", "5"]), occurred: instant())
        for name in ["value", "page"] { event.properties[name] = pick(Self.texts + [nil]) }
        return event
    }

    // MARK: - Mail

    /// Two runs of campaigns with recipients in every state, who have clicked and opened, or were not even sent it.
    mutating func mail() -> [[Event]] {
        var events: [[Event]] = []
        for campaign in ["news", "thanks"] {
            let recipients = (0..<24).filter { _ in Bool.random(using: &random) }
                .map { CustomerID("c-\($0)") }
            let run = Run(campaign: campaign, occurrence: Self.now, recipients: recipients.count)
            events.append([.runPlanned(run), .runRecipients(run.id, recipients)])
            for customer in recipients where Bool.random(using: &random) {
                events.append([
                    .mailIntent(MailIntent(run: run.id, relay: "main", customers: [customer]))
                ])
                if Bool.random(using: &random) { continue }
                events.append([
                    .mailOutcome(
                        MailOutcome(
                            run: run.id, customer: customer, result: pick(MailOutcome.Result.allCases),
                            attempt: 1, reply: "250 ok"))
                ])
            }
            events.append(recipients.map { .engaged(engagement(with: run.id, of: $0)) })
        }
        return events
    }

    private mutating func engagement(with run: RunID, of customer: CustomerID) -> Engagement {
        Engagement(
            id: "\(run) \(customer)", customer: customer, run: run, kind: pick([.clicked, .opened]), url: nil,
            occurred: instant(), via: "import")
    }

    // MARK: - Chance

    /// About now, at the edges of days, and long ago.
    private mutating func instant() -> Timestamp {
        let day = Int64.random(in: -400...3, using: &random)
        return pick([
            Self.now,
            Self.now.advanced(
                milliseconds: day * 86_400_000 + Int64.random(in: 0..<86_400_000, using: &random)),
            Self.now.advanced(milliseconds: -86_400_000), Self.now.advanced(milliseconds: -43_200_001),
            Timestamp(rfc3339: "2026-11-19T22:00:00Z") ?? Self.now,
            Timestamp(rfc3339: "2026-11-20T21:59:59.999Z") ?? Self.now,
            Self.now.advanced(milliseconds: day * 7_000_000),
        ])
    }

    private mutating func later(_ instant: Timestamp, by days: Int64) -> Timestamp {
        instant.advanced(milliseconds: Int64.random(in: 1...days * 86_400_000, using: &random))
    }

    private mutating func count(_ limit: Int) -> Int { Int.random(in: 0...limit, using: &random) }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}
