import ArgumentParser
import MIME
import Model
import Recording

extension IndexView {
    /// A customer as people name them: by identifier, address, phone number or one of their orders.
    ///
    /// The first of these that fits counts, so that no number of a shop's orders can hide an identifier.
    func customer(named name: String) throws -> Customer {
        if let customer = try customer(CustomerID(name)) { return customer }
        let address = try? EmailAddress(name, smtputf8: true)
        if let customer = try only(of: customers(email: address?.text ?? name), what: "address", name) {
            return customer
        }
        if let customer = try only(of: customers(phone: name), what: "phone number", name) { return customer }
        if let order = try order(OrderID(name)), let customer = try customer(order.customer) {
            return customer
        }
        throw Failure.input(
            "no customer has the id, address, phone number or order '\(name)'; check the spelling")
    }

    private func only(of found: [Customer], what: String, _ name: String) throws -> Customer? {
        if found.count > 1 {
            let ids = found.map(\.id.text).joined(separator: ", ")
            throw Failure.input("several customers have the \(what) '\(name)': \(ids); name one by its id")
        }
        return found.first
    }
}

extension ArgumentHelp {
    /// How a customer is named on the command line.
    static var customer: ArgumentHelp { "An id, an address, a phone number or the id of an order." }
}
