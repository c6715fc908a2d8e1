import Model
import Recording

/// Takes files of customers, orders, events and clicks into the stores (campaign-format.md, "Import columns").
///
/// Rows are read, checked and committed in batches, each whole or not at all. What cannot be taken is put
/// aside row by row; importing the same file again changes nothing, so an import that was interrupted is
/// simply repeated.
package struct Importer {
    let store: Store
    let options: ImportOptions

    /// An importer into a store.
    package init(store: Store, options: ImportOptions) {
        (self.store, self.options) = (store, options)
    }

    /// Imports a file of customers.
    /// - Parameters:
    ///   - path: A table of comma-separated values, or JSON Lines when it ends in `.jsonl` or `.ndjson`.
    ///   - generator: Where the identifiers of customers come from that have none.
    ///   - progress: Called after each batch.
    /// - Throws: `ImportError` when the file or the options are wrong, `StoreError` when the store fails.
    package func importCustomers(
        from path: String, using generator: inout some RandomNumberGenerator,
        progress: (ImportProgress) -> Void = { _ in }
    ) throws -> ImportSummary {
        var work = try CustomerImport(path, store: store, options: options)
        return try work.run(using: &generator, progress: progress)
    }

    /// Imports a file of orders, and with `createsCustomers` the customers who made them.
    ///
    /// Parameters and errors are those of `importCustomers`.
    package func importOrders(
        from path: String, using generator: inout some RandomNumberGenerator,
        progress: (ImportProgress) -> Void = { _ in }
    ) throws -> ImportSummary {
        var work = try OrderImport(path, store: store, options: options)
        return try work.run(using: &generator, progress: progress)
    }

    /// Imports a file of what else happened to customers.
    ///
    /// Parameters and errors are those of `importCustomers`.
    package func importEvents(from path: String, progress: (ImportProgress) -> Void = { _ in }) throws
        -> ImportSummary
    {
        var work = try RowImport<EventParser, EventDecision>(path, store: store, options: options)
        return try work.run(progress: progress)
    }

    /// Imports a file of clicks on links of mails, and of mails that were opened.
    ///
    /// Parameters and errors are those of `importCustomers`.
    package func importEngagements(from path: String, progress: (ImportProgress) -> Void = { _ in }) throws
        -> ImportSummary
    {
        var work = try RowImport<EngagementParser, EngagementDecision>(path, store: store, options: options)
        return try work.run(progress: progress)
    }
}

extension CustomerID {
    /// An identifier for a customer who came without one: `c-` and 80 random bits, which say nothing about
    /// the customer (a hash of the address could be found by trying addresses).
    static func random(using generator: inout some RandomNumberGenerator) -> CustomerID {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var bytes = Array("c-".utf8)
        for _ in 0..<16 { bytes.append(letters[Int(generator.next() >> 59)]) }
        return CustomerID(String(decoding: bytes, as: UTF8.self))
    }
}
