extension PointsEntry {
    func write(to json: inout JSONWriter) {
        json.write("customer", customer.text)
        json.write("key", key)
        json.write("points", points)
        json.write("occurred", occurred)
        json.write("lots", lots) { change, json in
            json.write("lot", change.lot)
            json.write("points", change.points)
        }
        json.write("activates", activates)
        json.write("expires", expires)
        json.write("prolongs", prolongs)
        json.write("source", source)
        json.write("rule", rule)
        json.write("actor", actor)
        json.write("reason", reason)
    }

    init(_ json: JSONObject, kind: Kind) throws {
        self.init(
            kind: kind, customer: CustomerID(try json.required("customer")), key: try json.required("key"),
            points: try json.requiredInteger("points"), occurred: try json.requiredTimestamp("occurred"),
            lots: try json.objects("lots").map { change in
                LotChange(lot: try change.required("lot"), points: try change.requiredInteger("points"))
            },
            activates: try json.timestamp("activates"), expires: try json.timestamp("expires"),
            prolongs: try json.timestamp("prolongs"), source: try json.required("source"),
            rule: try json.string("rule"), actor: try json.required("actor"),
            reason: try json.string("reason"))
    }
}
