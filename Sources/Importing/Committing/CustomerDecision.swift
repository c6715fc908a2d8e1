import Model
import Recording

/// Decides what rows mean for the customers, one after the other, as if each were recorded at once.
struct CustomerDecision {
    /// What becomes of one row.
    enum Outcome: Sendable {
        case added(CustomerID)
        case updated(CustomerID)
        case unchanged(CustomerID)
        case refused(RowFault)
    }

    /// What is to be recorded.
    private(set) var events: [Event] = []
    /// How many customers have unsubscribed and stay so, although their row says otherwise.
    private(set) var stayUnsubscribed = 0

    private let view: IndexView
    private let options: ImportOptions
    // What earlier rows have changed, which the index does not show before they are committed.
    private var saved: [CustomerID: Customer] = [:]
    private var holders: [String: CustomerID?] = [:]

    init(_ view: IndexView, _ options: ImportOptions) {
        (self.view, self.options) = (view, options)
    }

    /// Saves what a row says of a customer.
    /// - Parameter newID: The identifier of a customer who has none and is not known by the address.
    mutating func save(_ draft: CustomerDraft, newID: CustomerID) throws -> Outcome {
        let (known, fault) = try find(draft)
        if let fault { return .refused(fault) }
        guard let known else { return try create(draft, newID: newID) }
        let merged = draft.merged(into: known, source: options.source, resubscribes: options.resubscribes)
        if merged.consent == .unsubscribed, let consent = draft.consent, consent != .unsubscribed {
            stayUnsubscribed += 1
        }
        if merged == known { return .unchanged(known.id) }
        record(merged, insteadOf: known)
        return .updated(known.id)
    }

    /// Finds the customer of an order, or creates one where the options allow it. A known customer is left
    /// as is: an order says what held when it was made.
    mutating func resolve(_ draft: CustomerDraft, newID: CustomerID) throws -> Outcome {
        if let id = draft.id, let known = try customer(id) { return .unchanged(known.id) }
        let (known, fault) = try find(draft)
        if let known { return .unchanged(known.id) }
        if let fault { return .refused(fault) }
        guard options.createsCustomers else {
            let name = draft.id.map { "Customer '\($0.text.shortened)'" } ?? "A customer with this address"
            return .refused(
                RowFault("\(name) is not known; import the customers first, or say --create-customers."))
        }
        return try create(draft, newID: newID)
    }

    // MARK: - Finding

    private func find(_ draft: CustomerDraft) throws -> (Customer?, RowFault?) {
        let holder = try draft.addressKey.flatMap { try self.holder(ofAddress: $0) }
        guard let id = draft.id else { return (try holder.flatMap { try customer($0) }, nil) }
        if let holder, holder != id {
            let fault = RowFault(
                "The address belongs to customer '\(holder.text.shortened)'; one address is one customer, so"
                    + " correct the address or the id.")
            return (nil, fault)
        }
        return (try customer(id), nil)
    }

    private func customer(_ id: CustomerID) throws -> Customer? {
        try saved[id] ?? view.customer(id)
    }

    private func holder(ofAddress key: String) throws -> CustomerID? {
        if let holder = holders[key] { return holder }
        return try view.customerID(email: key)
    }

    // MARK: - Recording

    private mutating func create(_ draft: CustomerDraft, newID: CustomerID) throws -> Outcome {
        guard draft.addressKey != nil else {
            return .refused(
                RowFault("The customer is not known yet, and the row has no email; add the address."))
        }
        guard let consent = draft.consent ?? options.consent else {
            return .refused(
                RowFault(
                    "The customer is new and nothing says whether they may be mailed; fill in consent,"
                        + " or say --consent and --source."))
        }
        let customer = draft.created(id: draft.id ?? newID, consent: consent, source: options.source)
        record(customer, insteadOf: nil)
        return .added(customer.id)
    }

    private mutating func record(_ customer: Customer, insteadOf known: Customer?) {
        if let known { holders[known.email.lowercased()] = .some(nil) }
        holders[customer.email.lowercased()] = customer.id
        saved[customer.id] = customer
        events.append(.customerSaved(customer))
    }
}
