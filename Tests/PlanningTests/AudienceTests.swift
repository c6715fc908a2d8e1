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
