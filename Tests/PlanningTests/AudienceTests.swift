import Campaigns
import Foundation
import Model
import Recording
import Testing

@testable import Planning

@Suite("Who is in an audience")
struct AudienceTests {
    private let now = RandomShop.now
    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)").path
        let now = now
        store = try Store(folder: folder) { now }
        for number in [3, 10, 2, 1, 4] {
            let consent: Consent = number == 4 ? .unsubscribed : .subscribed
            var customer = Customer(
                id: CustomerID("c-\(number)"), email: "c\(number)@example.com", consent: consent)
            customer.country = number == 2 ? "FI" : "EE"
            customer.timezone = number == 1 ? "Europe/Tallinn" : nil
            customer.birthday = CalendarDate(year: 1990, month: 2, day: number)
            try store.record([.customerSaved(customer)])
        }
        try store.record([
            .addressSuppressed(Suppression(customer: "c-3", reason: .complaint, detail: "", actor: "boon"))
        ])
    }

    private func audience(_ text: String) throws -> Audience {
        let definitions = RandomShop.definitions(segments: [text], review: "real_time")
        var campaign = try #require(definitions.campaigns["news"])
        campaign.audience = try #require(definitions.segments["s0"]).condition
        return Audience(of: campaign, in: definitions, zone: .gmt)
    }

    @Test(
        "The suppressed and the unsubscribed are in none, the others come in the order of their identifiers")
    func members() throws {
        let audience = try audience("country == EE or not subscribed")
        try store.read { (view) throws in
            #expect(try audience.members(in: view, at: now) == ["c-1", "c-10"])
            #expect(try audience.includes("c-10", in: view, at: now))
            for outsider in ["c-2", "c-3", "c-4", "c-5"] as [CustomerID] {
                #expect(try !audience.includes(outsider, in: view, at: now))
            }
        }
    }

    @Test(
        "A list has the same customers, knows their zones where wanted, and stays as it was when it was asked for"
    )
    func list() throws {
        let audience = try audience("country == EE or not subscribed")
        let plain = try audience.list(in: store, at: now, withZones: false)
        let zoned = try audience.list(in: store, at: now, withZones: true)
        try store.record([
            .customerSaved(Customer(id: "c-10", email: "c10@example.com", consent: .unsubscribed))
        ])
        for (list, zones) in [(plain, [nil, nil]), (zoned, ["Europe/Tallinn", nil])] {
            var (customers, told): ([CustomerID], [String?]) = ([], [])
            try list.each { customer, zone in
                customers.append(customer)
                told.append(zone)
            }
            #expect(customers == ["c-1", "c-10"] && told == zones && list.count == 2)
        }
    }

    @Test("A list for a birthday has those of the audience who were born on one of its days")
    func birthdays() throws {
        let list = try audience("subscribed").list(
            in: store, at: now, bornOn: ["02-01", "02-10", "02-04"], withZones: false)
        var customers: [CustomerID] = []
        try list.each { customer, _ in customers.append(customer) }
        #expect(customers == ["c-1", "c-10"])
    }

    @Test("Segments that name each other end in an error, not in a hang")
    func circle() throws {
        let definitions = RandomShop.definitions(segments: ["s1", "s0 or subscribed"], review: "real_time")
        let condition = try #require(definitions.segments["s0"]).condition
        #expect(throws: Unanswerable.self) {
            try CustomerQuery(condition, in: definitions, rfm: nil, at: now, zone: .gmt)
        }
    }

    @Test("The largest condition that is allowed can be asked")
    func size() throws {
        let lists = (0..<4).map { _ in "id in [\(Array(repeating: "x", count: 1249).joined(separator: ","))]"
        }
        let nested = String(repeating: "not (", count: 16) + "subscribed" + String(repeating: ")", count: 16)
        let condition = (lists + [nested]).joined(separator: " or ")
        let members = try store.read { try audience(condition).members(in: $0, at: now) }
        #expect(members == ["c-1", "c-10", "c-2"])
    }
}
