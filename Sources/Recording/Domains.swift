/// Addresses at some domains. Stored addresses have theirs in lower case, as A-labels.
package enum Domains: Hashable, Sendable {
    case all
    case only(String)
    case except([String])

    /// Goes behind a condition over `recipients`.
    var sql: String {
        if suffixes.isEmpty { return "" }
        let tests = suffixes.map { _ in "email LIKE ?" }.joined(separator: " OR ")
        let known = "EXISTS (SELECT 1 FROM customers WHERE id = recipients.customer AND (\(tests)))"
        if case .only = self { return " AND \(known)" }
        return " AND NOT \(known)"
    }

    /// Patterns of the addresses: a domain holds no wildcard.
    var suffixes: [String] {
        switch self {
        case .all: []
        case .only(let domain): ["%@\(domain)"]
        case .except(let domains): domains.map { "%@\($0)" }
        }
    }
}
