import Model

/// What one row says of a customer: the values of the columns it has, and which those are.
struct CustomerDraft: Sendable {
    /// The values, each at its place; what the row does not say is empty here and not in `fields`. Identifier
    /// and address are empty texts when the row has none.
    var values = Customer(id: "", email: "", consent: .pending)
    /// By what the address is found, letters in lower case; nil when the row has none.
    var addressKey: String?
    /// The columns that the row has, with or without a value.
    var fields = FieldSet<CustomerField>()
    /// The consent that the row states.
    var consent: Consent?

    /// The customer's own identifier; nil when the row has none.
    var id: CustomerID? { values.id.text.isEmpty ? nil : values.id }

    /// A customer nobody knows yet.
    func created(id: CustomerID, consent: Consent, source: String?) -> Customer {
        var customer = values
        customer.id = id
        customer.consent = consent
        customer.consentSource = source
        customer.attributes = values.attributes.filter { !$0.value.isEmpty }
        return customer
    }

    /// A known customer with what the row says in place of what was known. An empty value takes away what
    /// was known; of a column that the file lacks nothing is said.
    ///
    /// Whoever has unsubscribed stays so: they said it here, and the shop's next export does not know. Only
    /// `resubscribes` lets a file overrule that.
    func merged(into known: Customer, source: String?, resubscribes: Bool) -> Customer {
        var customer = known
        if fields.contains(.email) { customer.email = values.email }
        if fields.contains(.firstName) { customer.firstName = values.firstName }
        if fields.contains(.lastName) { customer.lastName = values.lastName }
        if fields.contains(.phone) { customer.phone = values.phone }
        if fields.contains(.locale) { customer.locale = values.locale }
        if fields.contains(.timezone) { customer.timezone = values.timezone }
        if fields.contains(.country) { customer.country = values.country }
        if fields.contains(.city) { customer.city = values.city }
        if fields.contains(.birthday) { customer.birthday = values.birthday }
        if fields.contains(.gender) { customer.gender = values.gender }
        if fields.contains(.tags) { customer.tags = values.tags }
        if fields.contains(.channel) { customer.channel = values.channel }
        if fields.contains(.acquisitionCost) { customer.acquisitionCost = values.acquisitionCost }
        if fields.contains(.joined) { customer.joined = values.joined }
        for (name, value) in values.attributes {
            customer.attributes[name] = value.isEmpty ? nil : value
        }
        if let consent, consent != known.consent, known.consent != .unsubscribed || resubscribes {
            customer.consent = consent
            customer.consentSource = source
        }
        return customer
    }
}
