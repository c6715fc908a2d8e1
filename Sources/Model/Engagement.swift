/// What a customer did with a mail.
package struct Engagement: Hashable, Sendable {
    /// The ways to do something with it. The raw value is the word in conditions and files.
    package enum Kind: String, CaseIterable, Sendable {
        /// Its pictures were fetched, which mail programs also do for what nobody reads.
        case opened
        /// A person followed one of its links. What programs follow to look for harm is no click: whoever records
        /// one says that it was a person.
        case clicked
    }

    /// The idempotency key, unique in the store: the same click told twice is one.
    package var id: String
    package var customer: CustomerID
    /// The run whose mail it was.
    package var run: RunID
    package var kind: Kind
    /// Where the link leads; nil for what is no click, and where nobody told.
    package var url: String?
    /// When it was done.
    package var occurred: Timestamp
    /// How it reached Boon: `import` for one that a file has told.
    package var via: String

    /// An engagement with all its parts.
    package init(
        id: String, customer: CustomerID, run: RunID, kind: Kind, url: String?, occurred: Timestamp,
        via: String
    ) {
        (self.id, self.customer, self.run, self.kind) = (id, customer, run, kind)
        (self.url, self.occurred, self.via) = (url, occurred, via)
    }
}

extension Engagement {
    func write(to json: inout JSONWriter) {
        json.write("id", id)
        json.write("customer", customer.text)
        json.write("run", run.text)
        json.write("url", url)
        json.write("occurred", occurred)
        json.write("via", via)
    }

    init(_ json: JSONObject, kind: Kind) throws {
        self.init(
            id: try json.required("id"), customer: CustomerID(try json.required("customer")),
            run: RunID(try json.required("run")), kind: kind, url: try json.string("url"),
            occurred: try json.requiredTimestamp("occurred"), via: try json.required("via"))
    }
}
