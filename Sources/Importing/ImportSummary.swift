/// What an import did.
package struct ImportSummary: Hashable, Sendable {
    /// Rows read, the header and empty lines not counted.
    package internal(set) var rows = 0
    /// Customers, orders, events or clicks that are new.
    package internal(set) var added = 0
    /// Customers or orders that were known and are saved anew, since something differs.
    package internal(set) var updated = 0
    /// Customers, orders, events or clicks that were known just so.
    package internal(set) var unchanged = 0
    /// Rows that were not taken.
    package internal(set) var refused = 0
    /// Customers that orders have created.
    package internal(set) var createdCustomers = 0
    /// Customers who have unsubscribed and stay so, although the file says otherwise.
    package internal(set) var stayUnsubscribed = 0
    /// The first refusals, at most twenty; all are in the file.
    package internal(set) var refusals: [Refusal] = []
    /// Whether a quote that is never closed has hidden the rest of the file.
    package internal(set) var isCutShort = false
    /// Where the refused rows are; nil when there are none that could be mended there.
    package internal(set) var rejectedFile: String?
}

/// How far an import has come.
package struct ImportProgress: Hashable, Sendable {
    /// Bytes done. An order file with identifiers is read twice, so its bytes count twice.
    package let bytes: Int
    /// Bytes to do in all.
    package let totalBytes: Int
    /// Rows taken or refused so far.
    package let rows: Int
}
