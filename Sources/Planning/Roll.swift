import Model

/// The customers that something is for, in the order of their identifiers; a long list can be read page by page.
struct Roll {
    private var members: [CustomerID]
    private var read = 0
    /// Reads those who come after a customer; nil where all are known.
    private let page: ((_ last: CustomerID?) throws -> [CustomerID])?

    init(_ members: [CustomerID]) {
        (self.members, page) = (members, nil)
    }

    init(page: @escaping (_ last: CustomerID?) throws -> [CustomerID]) throws {
        (members, self.page) = (try page(nil), page)
    }

    /// Who is next; nil at the end.
    var head: CustomerID? { read < members.count ? members[read] : nil }

    /// Goes on to another customer: something can happen twice to one on a day.
    mutating func advance() throws {
        guard let last = head else { return }
        repeat { read += 1 } while head == last
        if head == nil, let page { (members, read) = (try page(last), 0) }
    }
}
