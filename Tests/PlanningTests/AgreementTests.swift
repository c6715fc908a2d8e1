import Campaigns
import Foundation
import Model
import Recording
import TestSupport
import Testing

@testable import Planning

@Suite("SQL and memory agree")
struct AgreementTests {
    private static let shops = LongRun.isWanted ? 2000 : 12

    @Test("Random conditions hold for the same of random customers", arguments: 0..<UInt64(shops))
    func agreement(seed: UInt64) throws {
        var conditions = RandomConditions(seed: seed)
        let review = seed % 2 == 0 ? "anniversary" : "real_time"
        var shop = RandomShop(seed: seed, segments: conditions.segments(60), review: review)
        let diagnostics = shop.definitions.diagnostics
        try #require(diagnostics.isEmpty)
        let folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Store(folder: folder) { RandomShop.now.advanced(milliseconds: -86_400_000) }
        for events in shop.events + shop.mail() where !events.isEmpty { try store.record(events) }
        let zones = ["Europe/Tallinn", "America/St_Johns", "Pacific/Apia", "UTC"]
        let zone = try #require(TimeZone(identifier: zones[Int(seed % 4)]))
        try store.read { view in try compare(shop, view, zone) }
    }

    private func compare(_ shop: RandomShop, _ view: IndexView, _ zone: TimeZone) throws {
        let now = RandomShop.now
        let everyone = try CustomerQuery(
            .any([.subscribed, .not(.subscribed)]), in: shop.definitions, rfm: nil, at: now, zone: zone)
        let profiles = try view.customers(everyone, limit: .max).map { try view.profile(of: $0) }
        #expect(profiles.count == 24)
        let scales = try view.rfmScales(
            for: shop.definitions.segments.values.map(\.condition), in: shop.definitions, at: now, zone: zone)
        let facts = profiles.map { $0.facts(shop.definitions, rfm: scales, at: now, zone: zone) }
        for segment in shop.definitions.segments.values {
            let query = try CustomerQuery(
                segment.condition, in: shop.definitions, rfm: scales, at: now, zone: zone)
            let sql = try view.customers(query, limit: .max).map(\.id)
            let memory = try facts.filter { try segment.condition.holds(for: $0) }.map(\.customer.id)
            #expect(sql == memory, "\(segment.name): \(segment.condition)")
            let count = try view.count(query)
            let mailable = try view.mailable(query)
            #expect(count.all == memory.count && count.mailable == mailable.count)
            #expect(mailable.allSatisfy(Set(memory).contains))
        }
    }
}
