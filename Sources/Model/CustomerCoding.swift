extension Customer {
    func write(to json: inout JSONWriter) {
        json.write("customer", id.text)
        json.write("email", email)
        json.write("first_name", firstName)
        json.write("last_name", lastName)
        json.write("phone", phone)
        json.write("locale", locale)
        json.write("timezone", timezone)
        json.write("country", country)
        json.write("city", city)
        json.write("birthday", birthday?.description)
        json.write("gender", gender)
        json.write("tags", tags)
        json.write("channel", channel)
        json.write("acquisition_cost", acquisitionCost?.description)
        json.write("joined", joined)
        json.write("consent", consent.rawValue)
        json.write("consent_source", consentSource)
        json.write("attributes", attributes)
    }

    init(_ json: JSONObject) throws {
        self.init(
            id: CustomerID(try json.required("customer")), email: try json.required("email"),
            consent: try json.requiredParsed("consent") { Consent(rawValue: $0) })
        firstName = try json.string("first_name")
        lastName = try json.string("last_name")
        phone = try json.string("phone")
        locale = try json.string("locale")
        timezone = try json.string("timezone")
        country = try json.string("country")
        city = try json.string("city")
        birthday = try json.parsed("birthday") { CalendarDate($0) }
        gender = try json.string("gender")
        tags = try json.strings("tags")
        channel = try json.string("channel")
        acquisitionCost = try json.parsed("acquisition_cost") { Money($0) }
        joined = try json.timestamp("joined")
        consentSource = try json.string("consent_source")
        attributes = try json.texts("attributes")
    }
}
