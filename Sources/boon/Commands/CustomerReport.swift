import Foundation
import Model

/// What is known about a customer, as support staff want it.
struct CustomerReport: Encodable {
    let id: String
    let email: String
    let firstName: String?
    let lastName: String?
    let phone: String?
    let locale: String?
    let timezone: String?
    let country: String?
    let city: String?
    let birthday: String?
    let gender: String?
    let tags: [String]
    let channel: String?
    let acquisitionCost: String?
    let joined: Timestamp?
    let consent: String
    let consentSource: String?
    /// How many.
    let orders: Int
    let lastOrder: Timestamp?
    let attributes: [String: String]

    /// - Parameter orders: oldest first.
    init(_ customer: Customer, orders: [Order]) {
        (id, email, phone) = (customer.id.text, customer.email, customer.phone)
        (firstName, lastName) = (customer.firstName, customer.lastName)
        (locale, timezone) = (customer.locale, customer.timezone)
        (country, city) = (customer.country, customer.city)
        (birthday, gender) = (customer.birthday?.description, customer.gender)
        (tags, channel) = (customer.tags, customer.channel)
        (acquisitionCost, joined) = (customer.acquisitionCost?.description, customer.joined)
        (consent, consentSource) = (customer.consent.rawValue, customer.consentSource)
        (self.orders, lastOrder) = (orders.count, orders.last?.at)
        attributes = customer.attributes
    }

    /// For a person: what is not known is left out.
    func lines(in zone: TimeZone) -> [String] {
        let known: [(String, String?)] = [
            ("id", id), ("email", email), ("first_name", firstName), ("last_name", lastName),
            ("phone", phone), ("locale", locale), ("timezone", timezone), ("country", country),
            ("city", city), ("birthday", birthday), ("gender", gender),
            ("tags", tags.isEmpty ? nil : tags.joined(separator: ", ")), ("channel", channel),
            ("acquisition_cost", acquisitionCost), ("joined", joined?.text(in: zone)),
            ("consent", consent), ("consent_source", consentSource), ("orders", grouped(orders)),
            ("last_order", lastOrder?.text(in: zone)),
        ]
        let own = attributes.sorted { $0.key < $1.key }.map { ("attributes.\($0.key)", Optional($0.value)) }
        return (known + own).compactMap { name, value in value.map { name.column(18) + $0 } }
    }
}
