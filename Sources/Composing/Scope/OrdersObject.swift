import Foundation
import Liquid
import Model

/// A customer's orders as templates see them: how many, how much, the first and the last.
final class OrdersObject: LiquidObject {
    private let orders: [Order]
    private let currency: Currency
    private let zone: TimeZone

    /// - Parameter currency: the one whose orders make `total`; amounts of two currencies are never added.
    init(_ orders: [Order], currency: Currency, zone: TimeZone) {
        (self.orders, self.currency, self.zone) = (orders, currency, zone)
    }

    private static let order = Fields.Shape(["id", "at", "total"])

    var fieldNames: [String] { ["count", "total", "first", "last"] }

    func field(_ key: Key) -> Value? {
        switch key.name {
        case "count": .int(orders.count)
        case "total": Value(total)
        case "first": orders.min(by: Self.isEarlier).map(value) ?? .null
        case "last": orders.max(by: Self.isEarlier).map(value) ?? .null
        default: nil
        }
    }

    private var total: Money? {
        orders.filter { $0.currency == currency }.reduce(Money(minor: 0, currency)) { sum, order in
            sum.flatMap { sum in order.total.flatMap { sum.adding($0) } }
        }
    }

    private func value(_ order: Order) -> Value {
        .object(
            Fields(
                shape: Self.order,
                values: [.string(order.id.text), Value(order.at.local(in: zone)), Value(order.total)]))
    }

    private static func isEarlier(_ left: Order, _ right: Order) -> Bool {
        (left.at, left.id) < (right.at, right.id)
    }
}
