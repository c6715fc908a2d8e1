import Model
import Recording

/// The customer whom a row is about, as it names them.
struct NamedCustomer: Sendable {
    var id: CustomerID?
    /// By what the customer's address is found, letters in lower case.
    var addressKey: String?

    /// Whether the row names nobody.
    var isNobody: Bool { id == nil && addressKey == nil }

    /// The customer in the stores. The identifier counts where the row has one, since addresses change.
    /// - Throws: `RowFault` for one who is not known; what the index throws.
    func known(in view: IndexView) throws -> CustomerID {
        if let id {
            if try view.customerNumber(id) != nil { return id }
        } else if let found = try addressKey.flatMap({ try view.customerID(email: $0) }) {
            return found
        }
        let name = id.map { "Customer '\($0.text.shortened)'" } ?? "A customer with this address"
        throw RowFault("\(name) is not known; import the customers first.")
    }
}
