extension Answer {
    func write(to json: inout JSONWriter) {
        json.write("customer", customer.text)
        json.write("survey", survey)
        json.write("wave", wave)
        json.write("question", question)
        json.write("value", value)
        json.write("occurred", occurred)
        json.write("via", via)
    }

    init(_ json: JSONObject) throws {
        self.init(
            customer: CustomerID(try json.required("customer")), survey: try json.required("survey"),
            wave: try json.required("wave"), question: try json.required("question"),
            value: try json.required("value"), occurred: try json.requiredTimestamp("occurred"),
            via: try json.required("via"))
    }
}
