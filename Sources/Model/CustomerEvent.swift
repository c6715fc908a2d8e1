/// Something that happened to a customer beside orders and answers, as the shop tells it: `trial_ended`, `visited`.
package struct CustomerEvent: Hashable, Sendable {
    /// The idempotency key, unique in the store: the same event told twice is one.
    package var id: String
    package var customer: CustomerID
    /// What happened.
    package var name: String
    /// When.
    package var occurred: Timestamp
    /// What else is known of it.
    package var properties: [String: String]

    /// An event with all its parts.
    package init(
        id: String, customer: CustomerID, name: String, occurred: Timestamp,
        properties: [String: String] = [:]
    ) {
        (self.id, self.customer, self.name) = (id, customer, name)
        (self.occurred, self.properties) = (occurred, properties)
    }
}

extension CustomerEvent {
    func write(to json: inout JSONWriter) {
        json.write("id", id)
        json.write("customer", customer.text)
        json.write("name", name)
        json.write("occurred", occurred)
        json.write("properties", properties)
    }

    init(_ json: JSONObject) throws {
        self.init(
            id: try json.required("id"), customer: CustomerID(try json.required("customer")),
            name: try json.required("name"), occurred: try json.requiredTimestamp("occurred"),
            properties: try json.texts("properties"))
    }
}
