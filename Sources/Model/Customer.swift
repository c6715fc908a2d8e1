/// Whether a customer may be mailed.
package enum Consent: String, CaseIterable, Sendable {
    /// May be mailed.
    case subscribed
    /// Has said no.
    case unsubscribed
    /// Has not confirmed yet.
    case pending
}

/// A person who buys, as the shop knows them. Only `customers.jsonl` holds these.
package struct Customer: Hashable, Sendable {
    /// The identifier that every other store uses.
    package var id: CustomerID
    /// The normalised address: NFC, domain in lower case as A-labels.
    package var email: String
    package var firstName: String?
    package var lastName: String?
    package var phone: String?
    /// BCP 47, as given: `et`, `pt-BR`.
    package var locale: String?
    /// IANA name, `Europe/Tallinn`.
    package var timezone: String?
    /// ISO 3166-1 alpha-2 in capitals.
    package var country: String?
    package var city: String?
    package var birthday: CalendarDate?
    package var gender: String?
    /// In the order of import, without repetition.
    package var tags: [String]
    /// The acquisition channel.
    package var channel: String?
    /// What winning this customer cost.
    package var acquisitionCost: Money?
    /// When they became a customer.
    package var joined: Timestamp?
    package var consent: Consent
    /// Where the consent comes from, in the words of whoever imported it.
    package var consentSource: String?
    /// The shop's own fields.
    package var attributes: [String: String]

    /// A customer of whom nothing is known but the address.
    package init(id: CustomerID, email: String, consent: Consent) {
        self.id = id
        self.email = email
        self.consent = consent
        tags = []
        attributes = [:]
    }
}
