extension Run {
    func write(to json: inout JSONWriter) {
        json.write("run", id.text)
        json.write("campaign", campaign)
        json.write("occurrence", occurrence)
        json.write("recipients", Int64(recipients))
        json.write("definitions", definitions)
        json.write("decides", decides)
        json.write("topic", topic)
    }

    init(_ json: JSONObject) throws {
        self.init(
            id: RunID(try json.required("run")), campaign: try json.required("campaign"),
            occurrence: try json.requiredTimestamp("occurrence"),
            recipients: Int(try json.requiredInteger("recipients")),
            definitions: try json.string("definitions"), decides: try json.timestamp("decides"),
            topic: try json.string("topic"))
    }
}

extension MailIntent {
    func write(to json: inout JSONWriter) {
        json.write("run", run.text)
        json.write("relay", relay)
        json.write("customers", customers.map(\.text))
    }

    init(_ json: JSONObject) throws {
        self.init(
            run: RunID(try json.required("run")), relay: try json.required("relay"),
            customers: try json.strings("customers").map { CustomerID($0) })
    }
}

extension MailOutcome {
    func write(to json: inout JSONWriter) {
        json.write("run", run.text)
        json.write("customer", customer.text)
        json.write("result", result.rawValue)
        json.write("attempt", Int64(attempt))
        json.write("reply", reply)
        json.write("relay", relay)
        json.write("retry", retry)
    }

    init(_ json: JSONObject) throws {
        self.init(
            run: RunID(try json.required("run")), customer: CustomerID(try json.required("customer")),
            result: try json.requiredParsed("result") { Result(rawValue: $0) },
            attempt: Int(try json.requiredInteger("attempt")), reply: try json.required("reply"),
            relay: try json.string("relay"), retry: try json.timestamp("retry"))
    }
}

extension MailBounce {
    func write(to json: inout JSONWriter) {
        json.write("report", report)
        json.write("run", run.text)
        json.write("customer", customer.text)
        json.write("kind", kind.rawValue)
        json.write("status", status)
        json.write("reply", reply)
        json.write("occurred", occurred)
    }

    init(_ json: JSONObject) throws {
        self.init(
            report: try json.required("report"), run: RunID(try json.required("run")),
            customer: CustomerID(try json.required("customer")),
            kind: try json.requiredParsed("kind") { Kind(rawValue: $0) }, status: try json.string("status"),
            reply: try json.required("reply"), occurred: try json.requiredTimestamp("occurred"))
    }
}

extension Suppression {
    func write(to json: inout JSONWriter) {
        json.write("customer", customer.text)
        json.write("reason", reason.rawValue)
        json.write("detail", detail)
        json.write("actor", actor)
    }

    init(_ json: JSONObject) throws {
        self.init(
            customer: CustomerID(try json.required("customer")),
            reason: try json.requiredParsed("reason") { Reason(rawValue: $0) },
            detail: try json.required("detail"), actor: try json.required("actor"))
    }
}
