import Campaigns
import Foundation
import Liquid
import Model
import Testing

@testable import Composing

@Suite("What templates see")
struct ScopeTests {
    private func names(_ value: Value) throws -> Set<String> {
        guard case .object(let object) = value else { return [] }
        return Set(object.fieldNames)
    }

    @Test("Templates are offered exactly the fields that a text may name")
    func offered() throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        let customer = CustomerObject(Sample.customer(), zone: zone)
        let orders = OrdersObject([], currency: .euro, zone: zone)
        for (name, value) in [
            ("customer", .object(customer)), ("orders", .object(orders)), ("points", PointsScope.none),
        ] as [(String, Value)] {
            #expect(try names(value) == Set(MergeFields.known[name] ?? []), "\(name)")
        }
    }
}
