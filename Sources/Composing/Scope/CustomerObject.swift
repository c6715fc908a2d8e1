import Foundation
import Liquid
import Model

/// A customer as templates see one. A value of theirs is text and nothing else: it is escaped in HTML, and
/// never read as a template.
final class CustomerObject: LiquidObject {
    private let customer: Customer
    private let zone: TimeZone

    init(_ customer: Customer, zone: TimeZone) {
        (self.customer, self.zone) = (customer, zone)
    }

    private static let names = [
        "id", "email", "first_name", "last_name", "name", "phone", "locale", "timezone", "country", "city",
        "birthday",
        "gender", "tags", "channel", "joined", "attributes",
    ]

    var fieldNames: [String] { Self.names }

    func field(_ key: Key) -> Value? {
        switch key.name {
        case "id": .string(customer.id.text)
        case "email": .string(customer.email)
        case "first_name": Value(customer.firstName)
        case "last_name": Value(customer.lastName)
        case "name": Value(customer.fullName)
        case "phone": Value(customer.phone)
        case "locale": Value(customer.locale)
        case "timezone": Value(customer.timezone)
        case "country": Value(customer.country)
        case "city": Value(customer.city)
        case "birthday": Value(customer.birthday?.description)
        case "gender": Value(customer.gender)
        case "tags": .array(customer.tags.map { .string($0) })
        case "channel": Value(customer.channel)
        case "joined": customer.joined.map { Value($0.local(in: zone)) } ?? .null
        case "attributes":
            .fields(customer.attributes.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        default: nil
        }
    }
}

extension Customer {
    /// First and last name, as far as they are known.
    var fullName: String? {
        let names = [firstName, lastName].compactMap { $0 }.filter { !$0.isEmpty }
        return names.isEmpty ? nil : names.joined(separator: " ")
    }
}
