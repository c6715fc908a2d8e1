import Foundation
import Model
import Testing
import Value

@testable import Campaigns

extension Facts {
    /// Midday on 21 November 2026 in Tallinn.
    static let now = Timestamp(rfc3339: "2026-11-21T12:00:00+02:00") ?? Timestamp(milliseconds: 0)

    static let nobody = Facts(
        customer: Customer(id: "c-0", email: "a@b.example", consent: .pending), now: now, zone: zone)

    static let zone = TimeZone(identifier: "Europe/Tallinn") ?? .gmt

    /// A customer of whom much is known.
    static let mari: Facts = {
        var customer = Customer(id: "c-1", email: "mari@kohv.example", consent: .subscribed)
        customer.country = "EE"
        customer.locale = "et-EE"
        customer.city = "Pärnu"
        customer.birthday = CalendarDate("1984-11-28")
        customer.tags = ["vip", "barista"]
        customer.joined = Timestamp(rfc3339: "2026-11-20T22:30:00Z")
        customer.acquisitionCost = Money("12.50 EUR")
        customer.attributes = ["plan": "pro", "visits": "12", "renewal": "2026-12-01", "empty": ""]
        var facts = Facts(customer: customer, now: now, zone: zone)
        facts.points = Points(available: 620, pending: 40, earned: 900, spent: 240)
        (facts.tier, facts.tiers) = ("gold", ["green", "gold", "reserve"])
        facts.orders = [
            order(
                "1", "2026-11-01T10:00:00Z",
                [
                    OrderLine(total: 1200, category: "coffee", quantity: 2, cost: 500),
                    OrderLine(total: 800, category: "tea"),
                ]),
            order("2", "2026-09-15T10:00:00Z", [OrderLine(total: 3000, category: "coffee", sku: "huila")]),
            order(
                "3", "2025-01-15T10:00:00Z", [OrderLine(total: 5000, category: "grinder")],
                Currency("USD") ?? .euro),
        ]
        facts.rfm = scales
        facts.segments = Workspace.read([:]).segments
        facts.responses = activity
        facts.npsScore = activity.npsScore(of: Workspace.read([:]).npsQuestions)
        return facts
    }()

    /// Of five customers with 1 to 5 orders of 20 euros, who came last 50 to 10 days ago.
    static let scales: RFMScales = {
        var census = RFMCensus()
        for number in 1...5 as ClosedRange<Int64> {
            census.count(
                Purchases(
                    orders: number, daysSinceFirst: 100, daysSinceLast: 60 - 10 * number, total: 2000 * number
                ))
        }
        return census.scales(moneyUnit: 100)
    }()

    private static let activity: Responses = {
        var responses = Responses()
        let (early, late) = (instant("2026-11-10T09:00:00Z"), instant("2026-11-12T09:00:00Z"))
        responses.answers = [(late, "10"), (early, "3")].map { at, value in
            Answer(
                customer: "c-1", survey: "nps", wave: "1", question: "score", value: value, occurred: at,
                via: "desk")
        }
        responses.mails = [ReceivedMail(campaign: "welcome", at: early)]
        responses.engagements = [
            EngagedMail(kind: .clicked, campaign: "welcome", at: early),
            EngagedMail(kind: .clicked, campaign: "welcome", at: late),
            EngagedMail(kind: .opened, campaign: "thanks-promoter", at: late),
        ]
        responses.events = [("visit", early, ["spent": "10.1"]), ("visit", late, ["spent": "2.15"])].map {
            name, at, properties in
            CustomerEvent(
                id: "\(name)-\(at)", customer: "c-1", name: name, occurred: at, properties: properties)
        }
        return responses
    }()

    private static func instant(_ text: String) -> Timestamp { Timestamp(rfc3339: text) ?? now }

    private static func order(_ id: String, _ at: String, _ lines: [OrderLine], _ currency: Currency = .euro)
        -> Order
    {
        Order(
            id: OrderID(id), customer: "c-1", at: Timestamp(rfc3339: at) ?? now, currency: currency,
            lines: lines)
    }
}

@Suite("Conditions are decided in memory")
struct EvaluationTests {
    @Test(
        "These hold for Mari",
        arguments: [
            "subscribed", "country == EE", "country != FI", "country in [FI, EE]", "locale == et",
            "not locale == fi",
            "locale in [en, et]", "city == Pärnu", "city contains \"ärn\"", "tags contains vip", "vip",
            "not regulars",
            "consent == subscribed", "points.available >= 620", "points.pending < 41", "points.earned == 900",
            "points.spent == 240", "tier == gold", "tier > green", "tier <= gold", "tier != reserve",
            "tier in [gold, reserve]", "rfm == new", "rfm in [lost, new]", "rfm != champions",
            "not rfm is empty",
            "ltv == 81.16 EUR", "ltv < 81.17", "not ltv > 1 USD", "not ltv is empty", "orders.count == 3",
            "orders.count within 90 days == 2",
            "orders.total == 50 EUR", "orders.total == 50 USD", "orders.total == 0 JPY",
            "orders.total within 30 days >= 20", "last_order within 30 days", "not last_order within 2 weeks",
            "orders.first older than 1 year", "orders.last >= 2026-11-01", "orders.last <= 2026-11-01",
            "orders.last == 2026-11-01", "count(orders where category == coffee) == 2",
            "count(orders where category == coffee within 30 days) == 1", "count(orders within 30 days) == 1",
            "sum(orders.total where category == coffee) == 42 EUR", "sum(orders.quantity) == 2",
            "sum(orders.cost) == 5 EUR", "count(orders where total >= 20 EUR) == 2",
            "count(orders where currency == USD) == 1",
            "count(orders where sku is empty and not category == tea) == 2",
            "birthday within next 7 days", "not birthday within next 6 days", "birthday older than 41 years",
            "not birthday older than 42 years", "joined == 2026-11-21", "joined within 12 hours",
            "acquisition_cost > 12 EUR", "attributes.plan == pro", "attributes.visits > 11",
            "attributes.visits == 12.0",
            "attributes.renewal within next 10 days", "attributes.renewal > 2026-11-30",
            "attributes.missing is empty",
            "attributes.empty is empty", "nps == promoter", "nps == 10", "not nps in [passive, detractor]",
            "answered nps", "answered any within 10 days", "not answered any within 8 days", "sent welcome",
            "not sent nps", "sent any within 2 weeks", "sent any within 10 days is empty",
            "clicked any within 30 days and not opened is empty", "clicked welcome",
            "clicked any within 10 days",
            "not clicked any within 8 days", "not clicked thanks-promoter",
            "clicked thanks-promoter is empty",
            "opened", "opened thanks-promoter within 10 days", "opened welcome is empty",
            "opened any within 8 days is empty",
            "count(events) == 2", "count(events where name == visit and spent > 2.15) == 1",
            "count(events within 10 days) == 1", "sum(events.spent) == 12.25",
            "sum(events.spent where name == demo) == 0", "first_name is empty", "not tags is empty",
            "not birthday is empty",
        ])
    func holds(text: String) throws {
        #expect(try parse(text).holds(for: .mari))
    }

    @Test(
        "A missing value makes every comparison false, and only `is empty` true",
        arguments: [
            "city == Tartu", "city != Tartu", "country in [EE]", "locale == et", "locale != et",
            "birthday within next 1 year",
            "birthday older than 1 day", "joined within 9 years", "joined < 2030-01-01", "tier == gold",
            "tier != gold",
            "acquisition_cost < 100 EUR", "attributes.x == 1", "attributes.x != y",
            "last_order older than 1 day",
            "phone contains 5", "tags contains vip", "subscribed",
        ])
    func missing(text: String) throws {
        #expect(try !parse(text).holds(for: .nobody))
        #expect(try parse("not (\(text))").holds(for: .nobody))
    }

    @Test(
        "Sums over nothing are nought, not missing",
        arguments: [
            "orders.count == 0", "orders.total == 0 EUR", "points.available == 0",
            "count(orders where sku == a) < 1",
            "sum(orders.total) <= 0 EUR", "orders.last is empty", "tier is empty", "birthday is empty",
        ])
    func nothing(text: String) throws {
        #expect(try parse(text).holds(for: .nobody))
    }

    @Test("Money of another currency is neither equal nor unequal")
    func currencies() throws {
        #expect(try !parse("acquisition_cost == 12.50 USD").holds(for: .mari))
        #expect(try !parse("acquisition_cost != 12.50 USD").holds(for: .mari))
    }

    @Test("An attribute that is no number is neither above nor below one")
    func attributes() throws {
        #expect(try !parse("attributes.plan > 0 or attributes.plan <= 0").holds(for: .mari))
    }

    @Test(
        "A birthday on 29 February comes on the 28th in a year that lacks it",
        arguments: [
            ("2027-02-20", "2027-02-28"), ("2028-02-20", "2028-02-29"), ("2027-03-01", "2028-02-29"),
            ("2027-02-28", "2027-02-28"),
        ])
    func leapDay(today: String, next: String) throws {
        let birthday = try #require(CalendarDate("2000-02-29"))
        let day = try #require(CalendarDate(today))
        #expect(birthday.nextAnniversary(onOrAfter: day) == CalendarDate(next))
    }

    @Test("Who has bought nothing by now is in no group and has no value", arguments: [false, true])
    func noPurchases(ordersAhead: Bool) throws {
        var facts = Facts.nobody
        facts.rfm = Facts.scales
        if ordersAhead {
            facts.orders = [
                Order(
                    id: "o", customer: "c-0", at: Facts.now.advanced(milliseconds: 1), currency: .euro,
                    lines: [OrderLine(total: 1000)])
            ]
        }
        for text in ["rfm is empty", "ltv is empty", "not rfm != lost", "not ltv != 0 EUR"] {
            #expect(try parse(text).holds(for: facts), "\(text)")
        }
    }

    @Test("An order in another currency is an order, and nothing was paid for it")
    func otherCurrency() throws {
        var facts = Facts.mari
        facts.orders.removeAll { $0.currency == .euro }
        #expect(try parse("ltv == 0 EUR and not rfm is empty").holds(for: facts))
        (facts.currency, facts.lifetime) = (Currency("USD") ?? .euro, LifetimeValue(margin: 50, months: 36))
        #expect(try parse("ltv == 40.58 USD and not ltv is empty and not ltv == 40.58 EUR").holds(for: facts))
    }

    @Test("Where customers were not measured against each other, nobody is put into a group")
    func unmeasured() throws {
        var facts = Facts.mari
        facts.rfm = nil
        #expect(throws: Unanswerable.self) { try parse("not rfm == lost").holds(for: facts) }
    }

    @Test("Segments that name each other end in an error, not in a hang")
    func circle() throws {
        var facts = Facts.nobody
        let place = Place(file: "", line: 1, column: 1)
        facts.segments["a"] = Segment(name: "a", condition: .segment("a", place), place: place)
        #expect(throws: Unanswerable.self) { try parse("a").holds(for: facts) }
    }

    @Test("Sums that leave the range of numbers are held, and nothing stops")
    func overflow() throws {
        var facts = Facts.nobody
        facts.orders = ["1", "2"].map { id in
            Order(
                id: OrderID(id), customer: "c-0", at: Facts.now, currency: .euro,
                lines: [OrderLine(total: .max, quantity: .max)])
        }
        #expect(try parse("orders.total > 100 EUR and sum(orders.quantity) > 5").holds(for: facts))
    }

    @Test("Random conditions are decided without stopping the process", arguments: 0..<200)
    func random(seed: UInt64) {
        var generator = ConditionGenerator(seed: seed)
        let condition = generator.condition(depth: 4)
        let decided = try? condition.holds(for: .mari)
        let negated = try? Condition.not(condition).holds(for: .mari)
        #expect(decided.map { !$0 } == negated)
    }
}
