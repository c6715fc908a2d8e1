import Foundation
import Model
import Recording

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
    /// Why no campaign mails them; nil when one may.
    let suppressed: Suppressed?
    let attributes: [String: String]

    /// A suppression that holds.
    struct Suppressed: Encodable {
        let reason: String
        let detail: String
        let actor: String
        let since: Timestamp
    }

    /// - Parameter orders: oldest first.
    init(_ customer: Customer, orders: [Order], suppression: SuppressionSummary?) {
        (id, email, phone) = (customer.id.text, customer.email, customer.phone)
        (firstName, lastName) = (customer.firstName, customer.lastName)
        (locale, timezone) = (customer.locale, customer.timezone)
        (country, city) = (customer.country, customer.city)
        (birthday, gender) = (customer.birthday?.description, customer.gender)
        (tags, channel) = (customer.tags, customer.channel)
        (acquisitionCost, joined) = (customer.acquisitionCost?.description, customer.joined)
        (consent, consentSource) = (customer.consent.rawValue, customer.consentSource)
        (self.orders, lastOrder) = (orders.count, orders.last?.at)
        suppressed = suppression.flatMap { known in
            guard known.holds else { return nil }
            let suppression = known.suppression
            return Suppressed(
                reason: suppression.reason.rawValue, detail: suppression.detail, actor: suppression.actor,
                since: known.recorded)
        }
        attributes = customer.attributes
    }

    /// For a person: what is not known is left out.
    func lines(in zone: TimeZone) -> [String] {
        let known: [(String, String?)] = [
            ("id", id), ("email", email), ("first_name", firstName), ("last_name", lastName),
            ("phone", phone), ("locale", locale), ("timezone", timezone), ("country", country),
            ("city", city), ("birthday", birthday), ("gender", gender),
            ("tags", tags.isEmpty ? nil : tags.joined(separator: ", ")), ("channel", channel),
            ("acquisition_cost", acquisitionCost), ("joined", joined?.fullText(in: zone)),
            ("consent", consent), ("consent_source", consentSource),
            (
                "suppressed",
                suppressed.map {
                    "\($0.reason), \($0.since.fullText(in: zone)), by \($0.actor): \($0.detail)"
                }
            ),
            ("orders", grouped(orders)),
            ("last_order", lastOrder?.fullText(in: zone)),
        ]
        let own = attributes.sorted { $0.key < $1.key }.map { ("attributes.\($0.key)", Optional($0.value)) }
        let told = (known + own).compactMap { name, value in value.map { (name: name.inert, value: $0) } }
        let width = max(18, (told.map(\.name.columns).max() ?? 0) + 2)
        return told.map { $0.name.column(width) + $0.value }
    }
}
