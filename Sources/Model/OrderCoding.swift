extension Order {
    func write(to json: inout JSONWriter) {
        json.write("order", id.text)
        json.write("customer", customer.text)
        json.write("occurred", at)
        json.write("currency", currency.code)
        json.write("channel", channel)
        json.write("lines", lines) { line, json in
            json.write("total", line.total)
            json.write("category", line.category)
            json.write("sku", line.sku)
            json.write("quantity", line.quantity)
            json.write("cost", line.cost)
        }
    }

    init(_ json: JSONObject) throws {
        self.init(
            id: OrderID(try json.required("order")), customer: CustomerID(try json.required("customer")),
            at: try json.requiredTimestamp("occurred"),
            currency: try json.requiredParsed("currency") { Currency($0) },
            lines: try json.objects("lines").map { line in
                OrderLine(
                    total: try line.requiredInteger("total"), category: try line.string("category"),
                    sku: try line.string("sku"), quantity: try line.integer("quantity"),
                    cost: try line.integer("cost"))
            },
            channel: try json.string("channel"))
    }
}
